"""What happens to an issued preference certificate: policies drawn on it, yearly checks, revocation."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from openpes.codes.queries import code_exists
from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.registration.actions.certificate_groups import end_group_of
from openpes.registration.actions.certificates import locked_certificate, told_of
from openpes.registration.actions.handbooks import write_line
from openpes.registration.choices import POLICY_SET, CertificateOutcome, Line, Outcome, Subject
from openpes.registration.events import CertificateChecked, CertificateRevoked, CertificateUsed
from openpes.registration.models import (
    CertificateCheck,
    CertificateUse,
    Decision,
    PreferenceCertificate,
    StatusPeriod,
)
from openpes.registration.rules import certificates as rules

CHECKED, REVOKED = "yearly check", "revoked"  # by which rule a certificate ended, as its decision keeps it


@dataclass(frozen=True, kw_only=True)
class UseFacts:
    """A policy drawn on a certificate: its code, the unit that grants it, from when until when, how much in fen.

    `employer` is the id of the one that draws it for having hired the person; None when the person draws it.
    """

    policy: str
    unit: str
    from_on: date
    until_on: date | None = None
    amount_fen: int | None = None
    employer: int | None = None


@action
def use_certificate(*, certificate: int, facts: UseFacts, by: Actor, at: datetime) -> CertificateUse:
    """Write a policy that a unit grants into a certificate and the handbook; one of each kind at a time.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: the certificate is not valid or its check is due, the policy is drawn already in that time, or
        the employer named does not employ the person
    """
    found, _holder = locked_certificate(certificate, by)
    refuse_if(rules.why_not_use(_use_case(found, facts, clock.day_of(at))))
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
    found, _holder = locked_certificate(certificate, by)
    with within(CITY):  # an earlier office may have checked it
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
    if passed:
        found.check_due_on = rules.check_due_on(today)
        found.save(update_fields=["check_due_on"])
    else:
        _revoke(found, note, CHECKED, by, at)
    return made


@action
def revoke_certificate(*, certificate: int, reason: str, by: Actor, at: datetime) -> PreferenceCertificate:
    """Revoke a certificate from today on, with its reason; uses that go on end today.

    :raises PreferenceCertificate.DoesNotExist: it is not of the actor's area
    :raises Refused: it is not valid, or no reason is given
    """
    found, _holder = locked_certificate(certificate, by)
    refuse_if(_why_not_check(found, checked=False, passed=False, note=reason))
    _revoke(found, reason, REVOKED, by, at)
    return found


def _use_case(found: PreferenceCertificate, facts: UseFacts, today: date) -> rules.UseCase:
    with within(CITY):
        valid = PreferenceCertificate.objects.filter(pk=found.pk).valid_on(facts.from_on).exists()
        work = StatusPeriod.objects.employed().filter(person=found.person_id).in_force_on(facts.from_on).first()
    return rules.UseCase(
        valid=valid,
        check_due_on=found.check_due_on or found.applied_on,
        on=today,
        policy_known=code_exists(POLICY_SET, facts.policy, on=today),
        unit=facts.unit,
        employer=facts.employer,
        works_at=work.employer_id if work else None,
    )


def _store_use(found: PreferenceCertificate, facts: UseFacts, by: Actor, at: datetime) -> CertificateUse:
    try:
        with within(CITY):
            return CertificateUse.objects.create(
                area=found.area,
                person_id=found.person_id,
                certificate=found,
                policy=int(facts.policy),
                unit=facts.unit.strip(),
                employer_id=facts.employer,
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


def _revoke(found: PreferenceCertificate, reason: str, rule: str, by: Actor, at: datetime) -> None:
    today = clock.day_of(at)
    found.revoked_on, found.revoked_by, found.revocation = today, by.id, reason.strip()
    found.save(update_fields=["revoked_on", "revoked_by", "revocation"])
    _keep_decision(found, rule, by, at)
    with within(CITY):  # an earlier office may have written them in
        going_on = CertificateUse.objects.filter(certificate=found).not_ended_by(today)
        going_on.filter(from_on__lt=today).update(until_on=today)
        going_on.filter(from_on__gte=today).delete()
    end_group_of(found, reason, by, at)
    write_line(person=found.person_id, kind=Line.REVOKED, on=today, told=told_of(found), by=by, at=at)
    publish(
        CertificateRevoked(person=found.person_id, area=found.area, certificate=found.pk, by=by.id, at=at)
    )


def _keep_decision(found: PreferenceCertificate, rule: str, by: Actor, at: datetime) -> None:
    """Keep how a certificate ended, so that it can be told again and appealed against."""
    assert found.revoked_on is not None
    days = {"on": found.revoked_on, "issued_on": found.issued_on, "check_due_on": found.check_due_on}
    told = {name: day.isoformat() if day else None for name, day in days.items()}
    Decision.objects.create(
        area=found.area,
        person_id=found.person_id,
        subject=Subject.CERTIFICATE,
        number=found.number or "",
        on=found.revoked_on,
        outcome=Outcome.ENDED,
        facts=told | {"group": found.group, "revocation": found.revocation},
        results=[{"code": rule, "state": "no"}],
        decided_at=at,
        decided_by=by.id,
        decided_hands=by.hands,
    )
