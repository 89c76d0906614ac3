"""Ending a registration, taking one back, and carrying open ones along when the person moves."""

from datetime import date, datetime

from openpes.codes.queries import code_exists
from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration import rules
from openpes.registration.actions.handbooks import carry_handbook
from openpes.registration.choices import CANCEL_SET, FOUND_WORK, EmploymentEnd, Status
from openpes.registration.events import EmploymentEnded, RegistrationWithdrawn, UnemploymentEnded
from openpes.registration.models import JobWish, StatusPeriod, WithdrawnRegistration
from openpes.registration.queries import spell_of

KEPT = (
    "from_on", "until_on", "reason", "category", "employer_id", "former_employer", "occupation", "pay_fen",
    "contract_until_on", "workplace", "proofs", "note",
)  # fmt: skip


@action
def end_status(*, period: int, reason: str, on: date, by: Actor, at: datetime) -> StatusPeriod:
    """End an open registration on a day: `[from_on, on)`, so the day itself no longer belongs to it.

    `reason` is a code of `unemployment_cancel_reason` (就业服务与就业管理规定 art. 66) or of `EmploymentEnd`.

    :raises StatusPeriod.DoesNotExist: the registration is not of the actor's area
    :raises Refused: it ended already, the day is wrong, or the reason is not one of the list
    """
    found = _locked(period, by)
    unemployed = found.status == Status.UNEMPLOYED
    known = code_exists(CANCEL_SET, reason) if unemployed else reason in EmploymentEnd.values
    refuse_if(rules.why_not_end(spell_of(found), reason=reason, on=on, today=clock.day_of(at), known=known))
    found.until_on, found.end_reason, found.ended_at = on, reason, at
    found.save(update_fields=["until_on", "end_reason", "ended_at"])
    kind = UnemploymentEnded if unemployed else EmploymentEnded
    publish(
        kind(
            person=found.person_id,
            area=found.area,
            period=found.pk,
            number=found.number,
            until_on=on,
            reason=reason,
            by=by.id,
            at=at,
        )
    )
    return found


@action
def withdraw_registration(*, period: int, by: Actor, at: datetime) -> WithdrawnRegistration:
    """Take a registration back within minutes of making it, as if it had not been made.

    The period goes, its number and content stay as a withdrawn registration, and the journal has both acts. An
    unemployment that ended by the employment taken back is open again.

    :raises StatusPeriod.DoesNotExist: the registration is not of the actor's area
    :raises Refused: too late, by somebody else, or something depends on it (listeners may refuse as well)
    """
    found = _locked(period, by)
    with within(CITY):  # what was registered after it may belong to another office
        later = StatusPeriod.objects.filter(person=found.person_id)
        refuse_if(
            rules.why_not_withdraw(
                registered_at=found.registered_at,
                at=at,
                own=found.registered_by == by.id,
                is_last=not later.filter(pk__gt=found.pk).exists(),
                is_open=found.ended_at is None,
                on=clock.day_of(at),
            )
        )
        kept = _keep(found, by, at)
        _tell_withdrawn(found, by, at)
        found.delete()
        if kept.status == Status.EMPLOYED:
            _reopen_unemployment(kept)
    return kept


@action
def carry_registrations(*, person: int, area: str, by: Actor, at: datetime) -> None:
    """Let the open registrations and the wish of a person belong to the area to which the person moved."""
    today = clock.day_of(at)
    with within(CITY):
        for rows in (StatusPeriod.objects, JobWish.objects):
            rows.filter(person=person).not_ended_by(today).update(area=area)
        carry_handbook(person, area)


def _locked(period: int, by: Actor) -> StatusPeriod:
    """The registration, with its person's row locked first, as every other act on the person does."""
    seen = StatusPeriod.objects.visible_to(by.scope).only("person_id").get(pk=period)
    Person.objects.held_by(by).select_for_update().filter(pk=seen.person_id).first()
    return StatusPeriod.objects.visible_to(by.scope).select_for_update().get(pk=period)


def _keep(found: StatusPeriod, by: Actor, at: datetime) -> WithdrawnRegistration:
    values = {name: getattr(found, name) for name in KEPT}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return WithdrawnRegistration.objects.create(
        area=found.area,
        person_id=found.person_id,
        number=found.number,
        status=found.status,
        content=plain,
        registered_at=found.registered_at,
        registered_by=found.registered_by,
        withdrawn_at=at,
        withdrawn_by=by.id,
    )


def _tell_withdrawn(found: StatusPeriod, by: Actor, at: datetime) -> None:
    publish(
        RegistrationWithdrawn(
            person=found.person_id,
            area=found.area,
            period=found.pk,
            number=found.number,
            status=found.status,
            from_on=found.from_on,
            employer=found.employer_id,
            by=by.id,
            at=at,
        )
    )


def _reopen_unemployment(kept: WithdrawnRegistration) -> None:
    """Undo the end that came with the employment: same person, same moment, for having found work."""
    StatusPeriod.objects.unemployed().filter(
        person=kept.person_id, end_reason=FOUND_WORK, ended_at=kept.registered_at
    ).update(until_on=None, end_reason="", ended_at=None)
