"""Preference certificates: of a person, on the way, on public notice, with uses, checks and objections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects

from openpes.codes.queries import code_label
from openpes.kernel import within
from openpes.kernel.deadlines import Clock, clock_of
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.people.queries import membership_for_certificate
from openpes.registration.choices import POLICY_SET, CertificateOutcome, Document
from openpes.registration.models import (
    CertificateCheck,
    CertificateNotice,
    CertificateObjection,
    CertificateQuerySet,
    CertificateUse,
    PreferenceCertificate,
)
from openpes.registration.queries.persons import spells_of
from openpes.registration.rules.certificates import CertificateFacts, Claim, certificate_rules
from openpes.registration.rules.eligibility import RuleResult


@dataclass(frozen=True)
class UseRow:
    """A use in words."""

    use: CertificateUse
    policy: str


@dataclass(frozen=True)
class CertificateRow:
    """A certificate or application as a list shows it: where it stands, and the clock of its next step."""

    certificate: PreferenceCertificate
    name: str
    state: str
    tone: str
    clock: Clock | None


@dataclass(frozen=True)
class CertificateView(CertificateRow):
    """A certificate or application with what a page shows of it; the latest check and objection first."""

    documents: list[str]
    uses: list[UseRow]
    checks: list[CertificateCheck]
    objections: list[CertificateObjection]


def certificate(*, scope: str, pk: int) -> PreferenceCertificate:
    """One certificate or application of the area, with its person.

    :raises PreferenceCertificate.DoesNotExist: there is none of that id in the area
    """
    found = PreferenceCertificate.objects.visible_to(scope).get(pk=pk)
    return _with_persons([found])[0]


def certificate_view(row: PreferenceCertificate, *, on: date) -> CertificateView:
    """A certificate with documents, uses, checks, objections, and the clock of its next step."""
    with within(CITY):  # an earlier office may have written uses, checks and objections
        uses = list(CertificateUse.objects.filter(certificate=row).order_by("from_on", "id"))
        checks = list(CertificateCheck.objects.filter(certificate=row).order_by("-year"))
        objections = list(CertificateObjection.objects.filter(certificate=row).order_by("-id"))
    told = _row(row, on)
    return CertificateView(
        told.certificate,
        told.name,
        told.state,
        told.tone,
        told.clock,
        [str(Document(code).label) for code in row.documents],
        [UseRow(use, code_label(POLICY_SET, f"{use.policy:03d}")) for use in uses],
        checks,
        objections,
    )


def certificates_in_words(found: Iterable[PreferenceCertificate], *, on: date) -> list[CertificateRow]:
    """Certificates as rows of a list, the persons read by one query."""
    return [_row(row, on) for row in _with_persons(list(found))]


def certificates_of(*, scope: str, person: int) -> list[PreferenceCertificate]:
    """The certificates and applications of a person of the area, the latest first.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):
        return list(PreferenceCertificate.objects.filter(person=holder).select_related("person").order_by("-id"))


def claim_of(*, person: int, on: date, facts: CertificateFacts) -> Claim:
    """What the rules look at for an application; the caller has made sure that the person is the actor's."""
    with within(CITY):  # an application at another office counts too
        mine = PreferenceCertificate.objects.filter(person=person)
        has_one = mine.undecided().exists() or mine.valid_on(on).exists()
    return Claim(
        on=on,
        group=facts.group,
        documents=frozenset(facts.documents),
        former_unit=facts.former_unit,
        spells=spells_of(person),
        has_one=has_one,
        proved=membership_for_certificate(person=person, group=facts.group, on=on) is not None,
    )


def certificate_eligibility(*, person: int, on: date, facts: CertificateFacts | None = None) -> list[RuleResult]:
    """Every rule of an application as it stands; the caller has made sure that the person is the reader's."""
    return certificate_rules(claim_of(person=person, on=on, facts=facts or CertificateFacts()))


def open_certificates(*, scope: str) -> CertificateQuerySet:
    """The applications of the area that wait for a step, the earliest due first."""
    return PreferenceCertificate.objects.visible_to(scope).undecided().order_by("decide_due_on", "id")


def certificates_to_check(*, scope: str, on: date) -> CertificateQuerySet:
    """The valid certificates of the area whose yearly check is due, the longest due first."""
    return PreferenceCertificate.objects.visible_to(scope).to_check_on(on).order_by("check_due_on", "id")


def public_notices(*, on: date) -> list[CertificateNotice]:
    """The applications on public notice on a day, the latest first; readable by everybody, names masked."""
    found = CertificateNotice.objects.filter(from_on__lte=on, until_on__gt=on)
    return list(found.order_by("-from_on", "id"))


def _state(row: PreferenceCertificate, on: date) -> tuple[str, str]:
    if row.revoked_on is not None:
        return "revoked", "bad"
    if row.outcome == CertificateOutcome.ISSUED:
        return "issued", "ok"
    if row.outcome == CertificateOutcome.REFUSED:
        return "refused", "bad"
    if row.reviewed_by is None:
        return "review", "wait"
    over = row.notice_until_on is not None and on >= row.notice_until_on
    return ("decide", "wait") if over else ("notice", "plain")


def _row(row: PreferenceCertificate, on: date) -> CertificateRow:
    due_on = None if row.outcome else row.decide_due_on if row.reviewed_by else row.review_due_on
    return CertificateRow(row, row.person.name, *_state(row, on), clock_of(due_on, on) if due_on else None)


def _with_persons(found: list[PreferenceCertificate]) -> list[PreferenceCertificate]:
    """The rows with their persons, who may live in another county since a hand-over was returned."""
    with within(CITY):
        prefetch_related_objects(found, "person")
    return found
