"""Confirmations of unemployment, reminders, and the end by silence."""

from datetime import datetime

from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.actions.endings import finish, send_handbook_home
from openpes.registration.choices import CANCELLED_BY_SILENCE, Way
from openpes.registration.events import ConfirmationReminded, UnemploymentConfirmed
from openpes.registration.models import Contact, StatusPeriod, Transfer
from openpes.registration.rules.contacts import Rhythm, rhythm, why_not_confirm
from openpes.registration.rules.endings import why_not_act_in_transfer


@action
def confirm_unemployment(*, person: int, way: str = Way.OWN_PAGE, note: str = "", by: Actor, at: datetime) -> Contact:
    """Write down that a person is still unemployed and looks for work; silence begins anew from today.

    Done by the office of the person, or by the person on the own page (就业服务与就业管理规定 art. 66, no. 5).

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: no unemployment is registered, it was confirmed today, or a hand-over waits for its answer
    """
    today = clock.day_of(at)
    holder = Person.objects.held_by(by).select_for_update().get(pk=person)
    period = StatusPeriod.objects.unemployed().select_for_update().filter(person=holder, until_on=None).first()
    waits = Transfer.objects.waiting().filter(person=holder).exists()
    refuse_if(
        [
            *why_not_confirm(is_open=period is not None, last_on=period.contacted_on if period else None, on=today),
            *why_not_act_in_transfer(waits=waits and not by.person),
        ]
    )
    assert period is not None
    period.contacted_on, period.reminded_on = today, None
    period.save(update_fields=["contacted_on", "reminded_on"])
    made = Contact.objects.create(
        area=period.area,
        person=holder,
        number=period.number,
        on=today,
        way=Way.OWN_PAGE if by.person else Way(way),
        note=note.strip(),
        made_at=at,
        made_by=by.id,
    )
    publish(
        UnemploymentConfirmed(
            person=holder.pk, area=period.area, period=period.pk, on=today, way=made.way, by=by.id, at=at
        )
    )
    return made


@action
def remind_of_confirmation(*, period: int, by: Actor, at: datetime) -> bool:
    """Remind a person whose confirmation is due, once; False when there was nothing to remind of any more.

    :raises StatusPeriod.DoesNotExist: the registration is not of the actor's area
    """
    found, days = _silent(period, by, at)
    if found.until_on is not None or found.reminded_on is not None or not days.is_due(clock.day_of(at)):
        return False
    found.reminded_on = clock.day_of(at)
    found.save(update_fields=["reminded_on"])
    publish(
        ConfirmationReminded(
            person=found.person_id, area=found.area, period=found.pk, last_on=days.last_on, by=by.id, at=at
        )
    )
    return True


@action
def end_silent_registration(*, period: int, by: Actor, at: datetime) -> bool:
    """End a registration whose person kept silent past the months of the law and the days of grace.

    Asked again behind the lock of the person, so that a confirmation that came meanwhile wins; False then.

    :raises StatusPeriod.DoesNotExist: the registration is not of the actor's area
    """
    today = clock.day_of(at)
    found, days = _silent(period, by, at)
    if found.until_on is not None or not days.is_over(today):
        return False
    finish(found, reason=CANCELLED_BY_SILENCE, on=today, note="", by=by, at=at)
    send_handbook_home(found.person_id)
    return True


def _silent(period: int, by: Actor, at: datetime) -> tuple[StatusPeriod, Rhythm]:
    seen = StatusPeriod.objects.visible_to(by.scope).unemployed().only("person_id").get(pk=period)
    with within(CITY):  # the person may have moved since; the row is locked before the period, as everywhere
        Person.objects.select_for_update().filter(pk=seen.person_id).first()
    found = StatusPeriod.objects.visible_to(by.scope).select_for_update().get(pk=period)
    last_on = found.contacted_on or clock.day_of(found.registered_at)
    return found, rhythm(last_on=last_on, reminded_on=found.reminded_on, on=clock.day_of(at))
