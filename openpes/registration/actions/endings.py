"""Ending a registration with what follows from it, and taking one back."""

from datetime import date, datetime

from openpes.codes.queries import code_exists
from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration import rules
from openpes.registration.actions.decisions import keep_end
from openpes.registration.actions.filed import keep_filing
from openpes.registration.actions.handbooks import carry_handbook
from openpes.registration.actions.locks import locked_person
from openpes.registration.choices import CANCEL_SET, FOUND_WORK, EmploymentEnd, Filed, Status
from openpes.registration.events import EmploymentEnded, JobWishEnded, RegistrationWithdrawn, UnemploymentEnded
from openpes.registration.models import JobWish, StatusPeriod, Transfer, WithdrawnRegistration
from openpes.registration.queries import spell_of
from openpes.registration.rules.endings import consequence_of, why_not_act_in_transfer

KEPT = (
    "from_on", "until_on", "reason", "category", "employer_id", "former_employer", "occupation", "pay_fen",
    "contract_until_on", "workplace", "proofs", "note",
)  # fmt: skip


@action
def end_status(
    *, period: int, reason: str, on: date, note: str = "", by: Actor, at: datetime
) -> StatusPeriod:
    """End an open registration on a day: `[from_on, on)`, so the day itself no longer belongs to it.

    `reason` is a code of `unemployment_cancel_reason` (就业服务与就业管理规定 art. 66) or of `EmploymentEnd`. What
    follows from it happens with it: see `rules.endings`.

    :raises StatusPeriod.DoesNotExist: the registration is not of the actor's area
    :raises Refused: it ended already, the day is wrong, the reason is not one of the list, or it waits in a transfer
    """
    found, here = _locked(period, by)
    unemployed = found.status == Status.UNEMPLOYED
    known = code_exists(CANCEL_SET, reason, on=clock.day_of(at)) if unemployed else reason in EmploymentEnd.values
    waits = unemployed and bool(by.id) and Transfer.objects.waiting().filter(person=found.person_id).exists()
    refuse_if(
        [
            *rules.why_not_end(spell_of(found), reason=reason, on=on, today=clock.day_of(at), known=known),
            *why_not_act_in_transfer(waits=waits),
        ]
    )
    finish(found, reason=reason, on=on, note=note, by=by, at=at)
    if not here:
        send_handbook_home(found.person_id)
    return found


def finish(
    found: StatusPeriod, *, reason: str, on: date, note: str, by: Actor, at: datetime
) -> StatusPeriod:
    """End a locked registration with everything that follows; the rules were asked before."""
    found.until_on, found.end_reason, found.ended_at, found.end_note = on, reason, at, note.strip()
    found.save(update_fields=["until_on", "end_reason", "ended_at", "end_note"])
    unemployed = found.status == Status.UNEMPLOYED
    if unemployed:
        keep_end(found, on, by, at)
    else:
        keep_filing(found, Filed.END, on, by, at)
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
    if unemployed and consequence_of(reason).ends_wish:
        end_wish_early(found.person_id, on, by, at)
    return found


@action
def withdraw_registration(*, period: int, by: Actor, at: datetime) -> WithdrawnRegistration:
    """Take a registration back within minutes of making it, as if it had not been made.

    The period goes, its number and content stay as a withdrawn registration, and the journal has both acts. An
    unemployment that ended by the employment taken back is open again.

    :raises StatusPeriod.DoesNotExist: the registration is not of the actor's area
    :raises Refused: too late, by somebody else, or something depends on it (listeners may refuse as well)
    """
    found, _here = _locked(period, by)
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
        return take_back_period(found, by, at)


def take_back_period(found: StatusPeriod, by: Actor, at: datetime) -> WithdrawnRegistration:
    """Take a locked registration back as if it had not been made; the rules were asked before.

    The caller sees the whole city.
    """
    kept = _keep(found, by, at)
    _tell_withdrawn(found, by, at)
    found.delete()
    if kept.status == Status.EMPLOYED:
        _reopen_unemployment(kept)
    return kept


def _locked(period: int, by: Actor) -> tuple[StatusPeriod, bool]:
    """The registration, with its person's row locked first, as every other act on the person does.

    The second value is whether the person lives in the actor's area; a returned hand-over leaves matters behind.
    """
    seen = StatusPeriod.objects.visible_to(by.scope).only("person_id").get(pk=period)
    holder = locked_person(seen.person_id)
    found = StatusPeriod.objects.visible_to(by.scope).select_for_update().get(pk=period)
    return found, holder.area.startswith(by.scope)


def send_handbook_home(person: int) -> None:
    """When the last matter that was left behind ends, the handbook belongs to the office of the person again."""
    with within(CITY):
        carry_handbook(person, Person.objects.get(pk=person).area)


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


def end_wish_early(person: int, on: date, by: Actor, at: datetime) -> None:
    """The wish of a person who can no longer be placed ends with the registration."""
    with within(CITY):
        wish = JobWish.objects.select_for_update().filter(person=person).not_ended_by(on).first()
        if wish is None:
            return
        wish.planned_until_on, wish.until_on = wish.until_on, max(on, wish.from_on)
        wish.version += 1
        wish.save(update_fields=["until_on", "planned_until_on", "version"])
        publish(
            JobWishEnded(person=person, area=wish.area, wish=wish.pk, until_on=wish.until_on, by=by.id, at=at)
        )
