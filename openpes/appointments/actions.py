"""Appointments: booked, cancelled, kept and missed; a freed time goes to the next on the recall list."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from openpes.appointments import queries, rules
from openpes.appointments.choices import AppointmentState, RecallEnd
from openpes.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentKept,
    AppointmentMissed,
    AppointmentReminded,
    OfferLapsed,
    RecallAsked,
    RecallEnded,
    TimeOffered,
)
from openpes.appointments.models import Appointment, Recall, RecallQuerySet
from openpes.appointments.rules import Terms
from openpes.kernel import Actor, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.network.choices import WindowPurpose
from openpes.network.models import ServicePoint
from openpes.network.queries import windows_of
from openpes.people.actions.locks import held_person, lock_persons
from openpes.people.models import Person


@dataclass(frozen=True)
class Slot:
    """A time at a point for a purpose."""

    point: int
    purpose: str
    starts_at: datetime


@action
def book_appointment(*, person: int, slot: Slot, by: Actor, at: datetime) -> Appointment:
    """Book a time for a person at the first free window; at the counter or on the person's own page.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises ServicePoint.DoesNotExist: the point does not serve the person's home
    :raises Refused: the point offers no such time, it is too near or taken, or the person has one already
    """
    holder = held_person(person=person, by=by)
    known = rules.terms(clock.day_of(at))
    with within(CITY):
        place = _point(holder, slot.point, at)
        _lock_point(place.pk)
        day = clock.day_of(slot.starts_at)
        offered = queries.times_offered(point=place.pk, purpose=slot.purpose, day=day, known=known)
        in_reach = offered if day in rules.days_offered(at.astimezone(clock.BUSINESS_ZONE), known) else {}
        refuse_if(rules.why_not_book(starts_at=slot.starts_at, times=in_reach, at=at, known=known))
        made = _first_free(place, holder.pk, slot, offered[slot.starts_at], known, by, at)
        _close_recalls(made, RecallEnd.TAKEN, by, at)
        _tell_booked(made, by, at)
    return made


@action
def cancel_appointment(*, appointment: int, by: Actor, at: datetime) -> Appointment:
    """Cancel an appointment; its time is offered to the next on the recall list.

    :raises Appointment.DoesNotExist: neither the appointment nor the person is one of the actor's
    :raises Refused: it is over or was cancelled already
    """
    with within(CITY):
        found = _own(appointment, by)
        refuse_if(rules.why_not_cancel(ahead=found.state in (AppointmentState.BOOKED, AppointmentState.OFFERED)))
        was_offered = found.state == AppointmentState.OFFERED
        _end(found, AppointmentState.LAPSED if was_offered else AppointmentState.CANCELLED, by, at)
        told = {"person": found.person_id, "area": found.area, "appointment": found.pk, "point": found.point_id}
        if was_offered:
            publish(OfferLapsed(**told, by=by.id, at=at))
        else:
            publish(AppointmentCancelled(**told, starts_at=found.starts_at, by=by.id, at=at))
        _recall(found, by, at)
    return found


@action
def take_offer(*, appointment: int, by: Actor, at: datetime) -> Appointment:
    """Take a time that was offered from the recall list.

    :raises Appointment.DoesNotExist: neither the appointment nor the person is one of the actor's
    :raises Refused: the offer has lapsed
    """
    with within(CITY):
        found = _own(appointment, by)
        offered = found.state == AppointmentState.OFFERED
        refuse_if(rules.why_not_take(offered=offered, held_until=found.held_until, at=at))
        found.state, found.held_until = AppointmentState.BOOKED, None
        found.save(update_fields=["state", "held_until"])
        _close_recalls(found, RecallEnd.TAKEN, by, at)
        _tell_booked(found, by, at)
    return found


@action
def lapse_offer(*, appointment: int, by: Actor, at: datetime) -> bool:
    """End an offer whose time is over and offer the time to the next; False when it was taken meanwhile.

    :raises Appointment.DoesNotExist: there is none of that number
    """
    with within(CITY):
        found = _locked(appointment)
        if found.state != AppointmentState.OFFERED or found.held_until is None or at < found.held_until:
            return False
        _end(found, AppointmentState.LAPSED, by, at)
        publish(
            OfferLapsed(
                person=found.person_id, area=found.area, appointment=found.pk, point=found.point_id, by=by.id, at=at
            )
        )
        _recall(found, by, at)
    return True


@action
def ask_recall(*, person: int, point: int, purpose: str, until_on: date, by: Actor, at: datetime) -> Recall:
    """Put a person on the list of those who are told when a time is free again, from today on.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises ServicePoint.DoesNotExist: the point does not serve the person's home
    :raises Refused: nothing is offered there, the person is on the list already, or the days are over
    """
    holder, today = held_person(person=person, by=by), clock.day_of(at)
    with within(CITY):
        place = _point(holder, point, at)
        known = dict(queries.purposes_at(point=place.pk))
        waits = Recall.objects.filter(person=holder, point=place, purpose=purpose, closed_at=None).exists()
        refuse_if(
            rules.why_not_recall(offered=purpose in known, waits=waits, from_on=today, until_on=until_on, on=today)
        )
        made = Recall.objects.create(
            area=place.area, point=place, purpose=purpose, person=holder, from_on=today, until_on=until_on,
            asked_at=at, asked_by=by.id,
        )  # fmt: skip
        publish(
            RecallAsked(
                person=holder.pk, area=made.area, recall=made.pk, point=place.pk, from_on=today, until_on=until_on,
                by=by.id, at=at,
            )
        )  # fmt: skip
    return made


@action
def leave_recall(*, recall: int, by: Actor, at: datetime) -> Recall:
    """Take a person off a recall list.

    :raises Recall.DoesNotExist: neither the list nor the person is one of the actor's, or the place ended already
    """
    with within(CITY):
        found = Recall.objects.select_for_update().get(pk=recall, closed_at=None)
        if not _may(found.area, found.person_id, by):
            raise Recall.DoesNotExist
        _close(found, RecallEnd.WITHDRAWN, by, at)
    return found


@action
def end_recall(*, recall: int, by: Actor, at: datetime) -> bool:
    """End a place on a recall list whose days have passed; False when it ended already."""
    with within(CITY):
        found = Recall.objects.select_for_update().filter(pk=recall, closed_at=None).first()
        if found is None or clock.day_of(at) < found.until_on:
            return False
        _close(found, RecallEnd.OVER, by, at)
    return True


@action
def receive_arrival(*, appointment: int, by: Actor, at: datetime) -> tuple[Appointment, datetime]:
    """Note that a person came to an appointment; gives it, and from when the person counts as waiting in the hall.

    :raises Appointment.DoesNotExist: the point is not of one's area
    :raises Refused: it is over, was cancelled, or is not today
    """
    Appointment.objects.visible_to(by.scope).only("pk").get(pk=appointment)
    found = _locked(appointment)
    today = clock.day_of(found.starts_at) == clock.day_of(at)
    refuse_if(rules.why_not_arrive(booked=found.state == AppointmentState.BOOKED, today=today))
    _end(found, AppointmentState.ARRIVED, by, at)
    publish(
        AppointmentKept(
            person=found.person_id, area=found.area, appointment=found.pk, point=found.point_id, by=by.id, at=at
        )
    )
    return found, rules.queues_from(found.starts_at, at, rules.terms(clock.day_of(at)))


@action
def remind_of_appointment(*, appointment: int, by: Actor, at: datetime) -> bool:
    """Remind a person of an appointment, once; False when there is nothing to remind of any more.

    :raises Appointment.DoesNotExist: there is none of that number
    """
    with within(CITY):
        found = _locked(appointment)
        if found.state != AppointmentState.BOOKED or found.reminded_at is not None or found.starts_at <= at:
            return False
        found.reminded_at = at
        found.save(update_fields=["reminded_at"])
        publish(
            AppointmentReminded(
                person=found.person_id, area=found.area, appointment=found.pk, point=found.point_id,
                starts_at=found.starts_at, by=by.id, at=at,
            )
        )  # fmt: skip
    return True


@action
def note_missed(*, appointment: int, by: Actor, at: datetime) -> bool:
    """Note that a person did not come in time; False when they came or cancelled meanwhile.

    :raises Appointment.DoesNotExist: there is none of that number
    """
    with within(CITY):
        found = _locked(appointment)
        late = at > found.starts_at + rules.terms(clock.day_of(at)).grace
        if found.state != AppointmentState.BOOKED or not late:
            return False
        _end(found, AppointmentState.MISSED, by, at)
        publish(
            AppointmentMissed(
                person=found.person_id, area=found.area, appointment=found.pk, point=found.point_id,
                starts_at=found.starts_at, by=by.id, at=at,
            )
        )  # fmt: skip
    return True


def _first_free(
    place: ServicePoint, person: int, slot: Slot, windows: tuple[int, ...], known: Terms, by: Actor, at: datetime
) -> Appointment:
    """Book the first window that the exclusion constraint leaves free.

    :raises Refused: none is, or the person has an appointment already
    """
    for window in windows:
        try:
            with transaction.atomic():
                return Appointment.objects.create(
                    area=place.area, point=place, purpose=slot.purpose, window=window, starts_at=slot.starts_at,
                    ends_at=slot.starts_at + known.slot, person_id=person, state=AppointmentState.BOOKED,
                    made_at=at, made_by=by.id,
                )  # fmt: skip
        except IntegrityError as taken:
            if "one_appointment_ahead" in str(taken):
                raise Refused(rules.why_not_second()) from taken
            if "one_place_at_a_time" in str(taken):
                raise Refused(rules.why_not_elsewhere()) from taken
    raise Refused(rules.why_not_free())


def _recall(freed: Appointment, by: Actor, at: datetime) -> None:
    """Offer a freed time to the one who waits longest, would come then, has no other and was not offered it before.

    One person is taken at a time, with the row of the list; those on whom others act at this moment are passed over,
    so that freed times go to different persons and nobody who holds one person waits for another.
    """
    until = rules.held_until(at, freed.starts_at, rules.terms(clock.day_of(at)))
    waiting = _waiting_for(freed)
    while until is not None:
        found = waiting.select_for_update(skip_locked=True, of=("self", "person")).select_related("person").first()
        if found is None or _offered(freed, found, until, by, at):
            return
        waiting = waiting.exclude(pk=found.pk)


def _waiting_for(freed: Appointment) -> RecallQuerySet:
    before = Appointment.objects.filter(point=freed.point, starts_at=freed.starts_at).values("person")
    ahead = Appointment.objects.ahead().filter(person=OuterRef("person"))
    elsewhere = ahead.filter(starts_at__lt=freed.ends_at, ends_at__gt=freed.starts_at)
    has_one = ahead.filter(point=freed.point, purpose=OuterRef("purpose"))
    waiting = Recall.objects.filter(point=freed.point, purpose__in=_purposes(freed))
    waiting = waiting.waiting_on(clock.day_of(freed.starts_at)).exclude(person__in=before)
    return waiting.filter(~Exists(elsewhere), ~Exists(has_one))


def _offered(freed: Appointment, found: Recall, until: datetime, by: Actor, at: datetime) -> bool:
    """Keep a freed time for somebody; False when they have booked meanwhile, or the window is taken."""
    try:
        with transaction.atomic():
            made = Appointment.objects.create(
                area=freed.area, point=freed.point, purpose=found.purpose, window=freed.window,
                person_id=found.person_id, starts_at=freed.starts_at, ends_at=freed.ends_at,
                state=AppointmentState.OFFERED, held_until=until, made_at=at, made_by=by.id,
            )  # fmt: skip
    except IntegrityError:
        return False
    publish(
        TimeOffered(
            person=found.person_id, area=made.area, appointment=made.pk, point=made.point_id,
            starts_at=made.starts_at, held_until=until, by=by.id, at=at,
        )
    )  # fmt: skip
    return True


def _purposes(freed: Appointment) -> frozenset[str]:
    """What the window of a freed time serves."""
    served = windows_of(scope=CITY, point=freed.point_id).get(freed.window, frozenset({freed.purpose}))
    return frozenset(dict(queries.purposes_at(point=freed.point_id))) if WindowPurpose.GENERAL in served else served


def _point(holder: Person, point: int, at: datetime) -> ServicePoint:
    found = {place.pk: place for place in queries.points_for(person=holder, on=clock.day_of(at))}
    if point not in found:
        raise ServicePoint.DoesNotExist
    return found[point]


def _lock_point(point: int) -> None:
    """Whoever gives or takes a time at a point waits here, not inside a rule of the database."""
    ServicePoint.objects.select_for_update(no_key=True).only("pk").get(pk=point)


def _own(appointment: int, by: Actor) -> Appointment:
    found = _locked(appointment)
    if not _may(found.area, found.person_id, by):
        raise Appointment.DoesNotExist
    return found


def _locked(appointment: int) -> Appointment:
    """An appointment, locked after its person and its point, which is the order in which everybody locks them."""
    with within(CITY):
        seen = Appointment.objects.only("person_id", "point_id").get(pk=appointment)
        lock_persons([seen.person_id])
        _lock_point(seen.point_id)
        return Appointment.objects.select_for_update(of=("self",)).select_related("point").get(pk=appointment)


def _may(area: str, person: int, by: Actor) -> bool:
    """Whether the point of that area, or the person, is one of the actor's."""
    if by.person is not None or not by.scope:
        return by.person == person
    if area.startswith(by.scope):
        return True
    with by.standing():  # so that the database is asked as well
        return Person.objects.visible_to(by.scope).filter(pk=person).exists()


def _end(found: Appointment, state: AppointmentState, by: Actor, at: datetime) -> None:
    found.state, found.ended_at, found.ended_by = state, at, by.id
    found.save(update_fields=["state", "ended_at", "ended_by"])


def _close_recalls(made: Appointment, why: RecallEnd, by: Actor, at: datetime) -> None:
    waiting = Recall.objects.filter(person=made.person_id, point=made.point_id, purpose=made.purpose, closed_at=None)
    for found in waiting.select_for_update().order_by("id"):
        _close(found, why, by, at)


def _close(found: Recall, why: RecallEnd, by: Actor, at: datetime) -> None:
    found.closed_at, found.closed_for = at, why
    found.save(update_fields=["closed_at", "closed_for"])
    publish(RecallEnded(person=found.person_id, area=found.area, recall=found.pk, reason=str(why), by=by.id, at=at))


def _tell_booked(made: Appointment, by: Actor, at: datetime) -> None:
    publish(
        AppointmentBooked(
            person=made.person_id, area=made.area, appointment=made.pk, point=made.point_id, subject=made.purpose,
            starts_at=made.starts_at, by=by.id, at=at,
        )
    )  # fmt: skip
