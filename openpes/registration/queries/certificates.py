"""Preference certificates: of a person, on the way, on public notice, with their uses and checks."""

from dataclasses import dataclass
from datetime import date

from openpes.codes.queries import code_label
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.choices import POLICY_SET, CertificateOutcome, Document
from openpes.registration.models import (
    CertificateCheck,
    CertificateNotice,
    CertificateQuerySet,
    CertificateUse,
    PreferenceCertificate,
)
from openpes.registration.queries.handbooks import clock_of
from openpes.registration.queries.persons import spells_of
from openpes.registration.rules.certificates import Claim, certificate_rules, check_due_on
from openpes.registration.rules.eligibility import RuleResult


@dataclass(frozen=True)
class UseRow:
    """A use in words."""

    use: CertificateUse
    policy: str


@dataclass(frozen=True)
class CertificateView:
    """A certificate or application with what a page shows of it."""

    certificate: PreferenceCertificate
    documents: list[str]
    uses: list[UseRow]
    checks: list[CertificateCheck]
    check_due_on: date | None
    state: str
    tone: str
    due_on: date | None
    days_left: int = 0
    days_late: int = 0
    clock_tone: str = "plain"


def certificate(*, scope: str, pk: int) -> PreferenceCertificate:
    """One certificate or application of the area.

    :raises PreferenceCertificate.DoesNotExist: there is none of that id in the area
    """
    return PreferenceCertificate.objects.visible_to(scope).select_related("person").get(pk=pk)


def certificate_view(row: PreferenceCertificate, *, on: date) -> CertificateView:
    """A certificate with documents, uses, checks and the clock of its next step."""
    with within(CITY):  # uses may have been written by an earlier office
        uses = list(CertificateUse.objects.filter(certificate=row).order_by("from_on", "id"))
        checks = list(CertificateCheck.objects.filter(certificate=row).order_by("-year"))
    due_on = None if row.outcome else row.decide_due_on if row.reviewed_by else row.review_due_on
    left, clock_tone = clock_of(due_on, on) if due_on else (0, "plain")
    passed = next((check.checked_on for check in checks if check.passed), row.issued_on)
    state, tone = _state(row, on)
    return CertificateView(
        row,
        [str(Document(code).label) for code in row.documents],
        [UseRow(use, code_label(POLICY_SET, f"{use.policy:03d}")) for use in uses],
        checks,
        check_due_on(passed) if passed else None,
        state,
        tone,
        due_on,
        left,
        max(-left, 0),
        clock_tone,
    )


def certificates_of(*, scope: str, person: int) -> list[PreferenceCertificate]:
    """The certificates and applications of a person of the area, the latest first.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    holder = Person.objects.visible_to(scope).get(pk=person)
    with within(CITY):
        return list(PreferenceCertificate.objects.filter(person=holder).select_related("person").order_by("-id"))


def certificate_eligibility(
    *, person: int, on: date, group: str = "", documents: tuple[str, ...] = (), former_unit: str = ""
) -> list[RuleResult]:
    """Every rule of an application as it stands; the caller has made sure that the person is the reader's."""
    with within(CITY):
        mine = PreferenceCertificate.objects.filter(person=person)
        has_one = mine.undecided().exists() or mine.valid_on(on).exists()
    claim = Claim(
        on=on,
        group=group,
        documents=frozenset(documents),
        former_unit=former_unit,
        spells=spells_of(person),
        has_one=has_one,
    )
    return certificate_rules(claim)


def open_certificates(*, scope: str) -> CertificateQuerySet:
    """The applications of the area that wait for a step, the earliest due first."""
    found = PreferenceCertificate.objects.visible_to(scope).undecided()
    return found.select_related("person").order_by("decide_due_on", "id")


def certificates_to_check(*, scope: str, on: date) -> list[CertificateView]:
    """The valid certificates of the area whose yearly check is due."""
    found = PreferenceCertificate.objects.visible_to(scope).valid_on(on).select_related("person").order_by("issued_on")
    views = (certificate_view(row, on=on) for row in found)
    return [view for view in views if view.check_due_on and view.check_due_on <= on]


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
