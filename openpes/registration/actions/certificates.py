"""Preference certificates: applied for, reviewed, put on notice, decided by another officer, used, checked, revoked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from openpes.codes.queries import code_exists
from openpes.engine.identifiers import mask_name
from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.registration.actions.handbooks import write_line
from openpes.registration.choices import POLICY_SET, CertificateOutcome, Line, Outcome, Subject
from openpes.registration.events import (
    CertificateApplied,
    CertificateChecked,
    CertificateDecided,
    CertificateReviewed,
    CertificateRevoked,
    CertificateUsed,
)
from openpes.registration.models import (
    CertificateCheck,
    CertificateNotice,
    CertificateUse,
    Decision,
    PreferenceCertificate,
)
from openpes.registration.queries import spells_of
from openpes.registration.rules import certificates as rules
from openpes.registration.rules.replay import plain_results, plain_spell, replayed_claim

COUNTY_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What is told at an application: one of the four groups, the documents brought, the former firm."""

    group: str
    documents: tuple[str, ...]
    former_unit: str = ""


@dataclass(frozen=True, kw_only=True)
class UseFacts:
    """A policy drawn on a certificate: its code, the unit that grants it, from when until when, how much in fen."""

    policy: str
    unit: str
    from_on: date
    until_on: date | None = None
    amount_fen: int | None = None


@action
def apply_certificate(*, person: int, facts: CertificateFacts, by: Actor, at: datetime) -> PreferenceCertificate:
    """Take an application; the clocks of review (3) and of the whole procedure (7 working days) begin.

    :raises Person.DoesNotExist: the person is not of the actor's area
    :raises Refused: with every condition that is not met and every document that is missing
    """
    today = clock.day_of(at)
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=person)
    with within(CITY):  # an application at another office counts too
        mine = PreferenceCertificate.objects.filter(person=holder)
        has_one = mine.undecided().exists() or mine.valid_on(today).exists()
    claim = rules.Claim(
        on=today,
        group=facts.group,
        documents=frozenset(facts.documents),
        former_unit=facts.former_unit,
        spells=spells_of(holder.pk),
        has_one=has_one,
    )
    refuse_if(rules.why_not_apply(claim))
    made = PreferenceCertificate.objects.create(
        area=holder.area,
        person=holder,
        group=facts.group,
        documents=sorted(set(facts.documents)),
        former_unit=facts.former_unit.strip(),
        applied_on=today,
        applied_at=at,
        applied_by=by.id,
        review_due_on=rules.review_due_on(today),
        decide_due_on=rules.decide_due_on(today),
    )
    publish(CertificateApplied(person=holder.pk, area=made.area, certificate=made.pk, by=by.id, at=at))
    return made


@action
def review_certificate(*, certificate: int, note: str = "", by: Actor, at: datetime) -> PreferenceCertificate:
    """Find the documents in order and put the application on public notice, with a masked name.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: it was reviewed already
    """
    found = _locked(certificate, by)
    refuse_if(rules.why_not_review(_progress(found)))
    today = clock.day_of(at)
    found.reviewed_at, found.reviewed_by, found.review_note = at, by.id, note.strip()
    found.notice_from_on, found.notice_until_on = today, rules.notice_until_on(today)
    found.save(
        update_fields=["reviewed_at", "reviewed_by", "review_note", "notice_from_on", "notice_until_on"]
    )
    CertificateNotice.objects.create(
        certificate=found.pk,
        masked_name=mask_name(found.person.name),
        group=found.group,
        place=area_full_name(found.area),
        from_on=found.notice_from_on,
        until_on=found.notice_until_on,
    )
    publish(CertificateReviewed(person=found.person_id, area=found.area, certificate=found.pk, by=by.id, at=at))
    return found


@action
def note_objection(
    *, certificate: int, objection: str, answer: str = "", by: Actor, at: datetime
) -> PreferenceCertificate:
    """Write down what somebody said against an application on notice, and the answer after looking into it.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: nothing is said, or the application is not on notice
    """
    found = _locked(certificate, by)
    if found.outcome or found.reviewed_by is None:
        raise Refused(_("This application is not on public notice."), clause=rules.PROCEDURE_CLAUSE)
    if not objection.strip():
        raise Refused(_("Write what was said."), field="objection")
    found.objection, found.objection_answer = objection.strip(), answer.strip()
    found.save(update_fields=["objection", "objection_answer"])
    return found


@action
def decide_certificate(
    *, certificate: int, issues: bool, note: str = "", by: Actor, at: datetime
) -> PreferenceCertificate:
    """Issue or refuse a certificate after review and notice, by another officer than took or reviewed it.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: by whom it was prepared, before the notice is over, or a refusal without its reason
    """
    today = clock.day_of(at)
    found = _locked(certificate, by)
    reasons = rules.why_not_decide(_progress(found), by=by.id, on=today, issues=issues)
    if not issues and not note.strip():
        reasons.append(Reason(_("Write why it is refused; the person reads it."), field="note"))
    refuse_if(reasons)
    found.outcome = CertificateOutcome.ISSUED if issues else CertificateOutcome.REFUSED
    found.outcome_note, found.decided_at, found.decided_by = note.strip(), at, by.id
    if issues:
        found.number, found.issued_on = _next_number(found.area, today), today
    found.save(update_fields=["outcome", "outcome_note", "decided_at", "decided_by", "number", "issued_on"])
    _keep_decision(found, by, at)
    if issues:
        write_line(person=found.person_id, kind=Line.CERTIFIED, on=today, told=_told(found), by=by, at=at)
    publish(
        CertificateDecided(
            person=found.person_id, area=found.area, certificate=found.pk, outcome=found.outcome, by=by.id, at=at
        )
    )
    return found


@action
def use_certificate(*, certificate: int, facts: UseFacts, by: Actor, at: datetime) -> CertificateUse:
    """Write a policy that a unit grants into a certificate and the handbook; one of each kind at a time.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: the certificate is not valid or its check is due, or the policy is drawn already in that time
    """
    found = _locked(certificate, by)
    known = code_exists(POLICY_SET, facts.policy)
    valid = PreferenceCertificate.objects.filter(pk=found.pk).valid_on(facts.from_on).exists()
    refuse_if(
        rules.why_not_use(
            valid=valid,
            check_due=check_due_on(found),
            on=clock.day_of(at),
            policy_known=known,
            unit=facts.unit,
        )
    )
    use = _store_use(found, facts, by, at)
    told = {"policy": facts.policy, "unit": use.unit}
    write_line(person=found.person_id, kind=Line.POLICY, on=facts.from_on, told=told, by=by, at=at)
    publish(
        CertificateUsed(
            person=found.person_id, area=found.area, certificate=found.pk, policy=facts.policy, by=by.id, at=at
        )
    )
    return use


@action
def check_certificate(
    *, certificate: int, passed: bool, note: str = "", by: Actor, at: datetime
) -> CertificateCheck:
    """Check a certificate for this year; who fails loses it at once.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: it is not valid, was checked this year, or fails without a reason
    """
    today = clock.day_of(at)
    found = _locked(certificate, by)
    checked = CertificateCheck.objects.filter(certificate=found, year=today.year).exists()
    refuse_if(_why_not_check(found, checked=checked, passed=passed, note=note))
    made = CertificateCheck.objects.create(
        area=found.area,
        person_id=found.person_id,
        certificate=found,
        year=today.year,
        passed=passed,
        note=note.strip(),
        checked_on=today,
        checked_at=at,
        checked_by=by.id,
    )
    publish(
        CertificateChecked(
            person=found.person_id, area=found.area, certificate=found.pk, passed=passed, by=by.id, at=at
        )
    )
    if not passed:
        _revoke(found, note, by, at)
    return made


@action
def revoke_certificate(*, certificate: int, reason: str, by: Actor, at: datetime) -> PreferenceCertificate:
    """Revoke a certificate from today on, with its reason; uses that go on end today.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: it is not valid, or no reason is given
    """
    found = _locked(certificate, by)
    refuse_if(_why_not_check(found, checked=False, passed=False, note=reason))
    _revoke(found, reason, by, at)
    return found


def check_due_on(found: PreferenceCertificate) -> date:
    """By when a certificate is checked again; one that is not issued has today's day of application."""
    last = CertificateCheck.objects.filter(certificate=found, passed=True).order_by("-year").first()
    return rules.check_due_on(last.checked_on if last else found.issued_on or found.applied_on)


def _locked(certificate: int, by: Actor) -> PreferenceCertificate:
    rows = PreferenceCertificate.objects.visible_to(by.scope).select_related("person")
    return rows.select_for_update(of=("self",)).get(pk=certificate)


def _progress(found: PreferenceCertificate) -> rules.Progress:
    return rules.Progress(
        applied_by=found.applied_by,
        reviewed_by=found.reviewed_by,
        notice_until_on=found.notice_until_on,
        objection=found.objection,
        objection_answer=found.objection_answer,
        outcome=found.outcome,
        revoked_on=found.revoked_on,
    )


def _next_number(area: str, on: date) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('registration_certificate_serial')")
        serial = cursor.fetchone()[0]
    return f"{area[:COUNTY_DIGITS]:0<6}{on.year}{serial:06d}"


def _told(found: PreferenceCertificate) -> dict[str, str]:
    return {"number": found.number or ""}


def _keep_decision(found: PreferenceCertificate, by: Actor, at: datetime) -> None:
    facts = {
        "on": found.applied_on.isoformat(),
        "group": found.group,
        "documents": found.documents,
        "former_unit": found.former_unit,
        "note": found.outcome_note,
        "spells": [plain_spell(spell) for spell in spells_of(found.person_id)],
    }
    granted = found.outcome == CertificateOutcome.ISSUED
    Decision.objects.create(
        area=found.area,
        person_id=found.person_id,
        subject=Subject.CERTIFICATE,
        number=found.number or "",
        on=clock.day_of(at),
        outcome=Outcome.GRANTED if granted else Outcome.REFUSED,
        facts=facts,
        results=plain_results(replayed_claim(facts)),
        decided_at=at,
        decided_by=by.id,
    )


def _store_use(found: PreferenceCertificate, facts: UseFacts, by: Actor, at: datetime) -> CertificateUse:
    try:
        with transaction.atomic():
            return CertificateUse.objects.create(
                area=found.area,
                person_id=found.person_id,
                certificate=found,
                policy=int(facts.policy),
                unit=facts.unit.strip(),
                from_on=facts.from_on,
                until_on=facts.until_on,
                amount_fen=facts.amount_fen,
                written_at=at,
                written_by=by.id,
            )
    except IntegrityError as error:
        if "one_use_of_a_policy_at_a_time" in str(error):
            reason = _("This policy is drawn already in that time.")
            raise Refused(Reason(reason, clause=rules.USE_CLAUSE, field="policy")) from error
        if "certificate_use_period" in str(error):
            raise Refused(Reason(_("The last day lies before the first."), field="until_on")) from error
        raise


def _why_not_check(found: PreferenceCertificate, *, checked: bool, passed: bool, note: str) -> list[Reason]:
    reasons = []
    if found.outcome != CertificateOutcome.ISSUED or found.revoked_on is not None:
        reasons.append(Reason(_("This certificate is not valid."), clause=rules.USE_CLAUSE))
    if checked:
        reasons.append(Reason(_("This certificate was checked this year already."), clause=rules.USE_CLAUSE))
    if not passed and not note.strip():
        reasons.append(Reason(_("Write the reason; the person reads it."), field="note"))
    return reasons


def _revoke(found: PreferenceCertificate, reason: str, by: Actor, at: datetime) -> None:
    today = clock.day_of(at)
    found.revoked_on, found.revoked_by, found.revocation = today, by.id, reason.strip()
    found.save(update_fields=["revoked_on", "revoked_by", "revocation"])
    going_on = CertificateUse.objects.filter(certificate=found).not_ended_by(today)
    going_on.filter(from_on__lt=today).update(until_on=today)
    going_on.filter(from_on__gte=today).delete()
    write_line(person=found.person_id, kind=Line.REVOKED, on=today, told=_told(found), by=by, at=at)
    publish(
        CertificateRevoked(person=found.person_id, area=found.area, certificate=found.pk, by=by.id, at=at)
    )
