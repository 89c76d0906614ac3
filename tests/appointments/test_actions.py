"""Appointments: booked once, freed times recalled in their order, reminders, arrivals, no-shows, constraints."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from openpes.appointments.actions import (
    ask_recall,
    cancel_appointment,
    lapse_offer,
    leave_recall,
    receive_arrival,
    take_offer,
)
from openpes.appointments.jobs import keep_time
from openpes.appointments.models import Appointment, Recall
from openpes.appointments.queries import appointments_of, day_of_point, free_days, own_appointments, points_for
from openpes.audit.models import JournalEntry
from openpes.counter.actions import call_next, take_ticket, welcome
from openpes.kernel import Refused, clock, within
from openpes.network.actions import post_staff
from openpes.network.models import ServicePoint
from openpes.people.models import Person
from tests.appointments.factories import PURPOSE, a_market, booked, slot, tomorrow
from tests.cast import COUNTY, NEIGHBOUR, TOWN, self_service
from tests.network.factories import a_point
from tests.people.factories import a_person


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def market(cast, at):
    return a_market(at)


@pytest.fixture
def people(cast, at):
    return [a_person(by=cast.county_clerk.actor, at=at, name=name) for name in ("覃秀兰", "韦国强", "农志华", "梁桂英")]


@pytest.fixture
def by(cast):
    return cast.county_clerk.actor


def free_at(market, at, starts_at) -> tuple[int, ...]:
    days = free_days(point=market.pk, purpose=PURPOSE, at=at)
    return next((one.windows for day in days for one in day.times if one.starts_at == starts_at), ())


def waits(person, market, by, at, days=10) -> Recall:
    until_on = at.date() + timedelta(days=days)
    return ask_recall(person=person.pk, point=market.pk, purpose=PURPOSE, until_on=until_on, by=by, at=at)


def offers() -> list[Appointment]:
    with within("4501"):
        return list(Appointment.objects.filter(state="offered").order_by("id"))


def test_times_follow_hours_windows_and_what_is_booked(market, people, by, at):
    days = free_days(point=market.pk, purpose=PURPOSE, at=at)
    assert [day.on.isoformat() for day in days[:2]] == ["2026-11-23", "2026-11-24"]
    assert f"{days[0].times[0].starts_at:%H:%M}" == "10:30"  # an hour's notice at 9:30
    assert f"{days[1].times[0].starts_at:%H:%M}" == "08:30" and len(days[1].times) == 10 + 9
    assert all(day.on.isoweekday() < 6 for day in days)
    assert free_at(market, at, tomorrow(at)) == (1,)  # one of the two windows takes appointments
    booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    assert free_at(market, at, tomorrow(at)) == ()


def test_a_time_that_is_taken_too_near_or_not_offered_is_refused(market, people, by, at):
    booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    for starts_at, sentence in (
        (tomorrow(at), "just been taken"), (tomorrow(at, 9, 11), "offers no appointment"),
        (tomorrow(at, 12, 10), "offers no appointment"), (at.replace(minute=50), "too near"),
        (tomorrow(at) + timedelta(days=60), "offers no appointment"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            booked(people[1].pk, market, starts_at, by=by, at=at)


def test_a_person_has_one_appointment_ahead_for_a_purpose_and_is_in_one_place_at_a_time(market, people, by, at):
    booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    with pytest.raises(Refused, match="has an appointment"):
        booked(people[0].pk, market, tomorrow(at, 10, 30), by=by, at=at)
    office = a_market(at, TOWN)
    with pytest.raises(Refused, match="has an appointment"):
        booked(people[0].pk, office, tomorrow(at), by=by, at=at)


def test_an_office_that_does_not_serve_the_home_is_not_offered(market, people, by, at):
    far = a_market(at, NEIGHBOUR)
    with within(COUNTY):
        assert [place.pk for place in points_for(person=people[0], on=at.date())] == [market.pk]
    with pytest.raises(ServicePoint.DoesNotExist):
        booked(people[0].pk, far, tomorrow(at), by=by, at=at)
    bare = a_point(TOWN, at)
    with pytest.raises(ServicePoint.DoesNotExist):
        booked(people[0].pk, bare, tomorrow(at), by=by, at=at)


def test_a_freed_time_is_offered_to_who_waits_longest_and_kept_for_a_limited_time(market, people, by, at):
    first, second, third, _fourth = people
    made = booked(first.pk, market, tomorrow(at), by=by, at=at)
    waits(second, market, by, at)
    waits(third, market, by, at + timedelta(minutes=1))
    cancel_appointment(appointment=made.pk, by=by, at=at)
    (offer,) = offers()
    assert (offer.person_id, offer.starts_at, offer.window) == (second.pk, made.starts_at, made.window)
    assert offer.held_until == at + timedelta(hours=2)
    assert free_at(market, at, tomorrow(at)) == ()  # kept: nobody else books it meanwhile
    assert not lapse_offer(appointment=offer.pk, by=by, at=at + timedelta(minutes=119))
    with clock.stopped(at + timedelta(hours=2)):
        assert keep_time()[0] == 1
    (again,) = offers()
    assert again.person_id == third.pk
    with pytest.raises(Refused, match="lapsed"):
        take_offer(appointment=offer.pk, by=by, at=at + timedelta(hours=2))
    take_offer(appointment=again.pk, by=by, at=at + timedelta(hours=3))
    with within("4501"):
        assert Recall.objects.get(person=third).closed_for == "taken"
        assert Recall.objects.get(person=second).closed_at is None


def test_a_time_that_nobody_takes_is_free_for_everybody(market, people, by, at):
    made = booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    waits(people[1], market, by, at)
    cancel_appointment(appointment=made.pk, by=by, at=at)
    cancel_appointment(appointment=offers()[0].pk, by=by, at=at)
    assert offers() == [] and free_at(market, at, tomorrow(at)) == (1,)


def test_whose_days_do_not_hold_the_time_and_who_is_elsewhere_is_passed_over(market, people, by, at):
    made = booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    waits(people[1], market, by, at, days=1)  # until the day before it
    waits(people[2], market, by, at)
    booked(people[2].pk, a_market(at, TOWN), tomorrow(at, 9, 10), by=by, at=at)
    waits(people[3], market, by, at)
    cancel_appointment(appointment=made.pk, by=by, at=at)
    assert [offer.person_id for offer in offers()] == [people[3].pk]


def test_a_place_on_the_list_is_asked_for_once_and_ends_with_its_days(market, people, by, at):
    made = waits(people[0], market, by, at)
    with pytest.raises(Refused, match="on this list already"):
        waits(people[0], market, by, at)
    with pytest.raises(Refused, match="last day"):
        waits(people[1], market, by, at, days=0)
    leave_recall(recall=made.pk, by=by, at=at)
    waits(people[0], market, by, at, days=2)
    with clock.stopped(at + timedelta(days=2)):
        assert keep_time() == (0, 0, 0, 1)
        assert keep_time() == (0, 0, 0, 0)


def test_people_are_reminded_once_and_missed_after_the_grace(market, people, by, at):
    made = booked(people[0].pk, market, tomorrow(at, 10, 30), by=by, at=at)
    assert keep_time() == (0, 0, 0, 0)
    with clock.stopped(made.starts_at - timedelta(hours=23)):
        assert keep_time() == (0, 1, 0, 0)
        assert keep_time() == (0, 0, 0, 0)
    with clock.stopped(made.starts_at + timedelta(minutes=15)):
        assert keep_time() == (0, 0, 0, 0)
    with clock.stopped(made.starts_at + timedelta(minutes=16)):
        assert keep_time() == (0, 0, 1, 0)
    with within("4501"):
        assert Appointment.objects.get(pk=made.pk).state == "missed"
        lines = JournalEntry.objects.filter(payload__appointment=made.pk).order_by("id")
        names = [line.event.rsplit(".", 1)[-1] for line in lines]
    assert names == ["AppointmentBooked", "AppointmentReminded", "AppointmentMissed"]


def test_who_comes_to_an_appointment_gets_a_number_and_goes_before_who_came_just_now(market, people, cast, by, at):
    made = booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    came = made.starts_at - timedelta(minutes=5)
    post_staff(account=by.id, point=market.pk, by=cast.city_clerk.actor, at=came)
    take_ticket(point=market.pk, purpose=PURPOSE, by=by, at=came - timedelta(minutes=2))
    with pytest.raises(Refused, match="not today"):
        welcome(appointment=made.pk, by=by, at=at)
    ticket = welcome(appointment=made.pk, by=by, at=came)
    assert (ticket.number, ticket.appointment_id, ticket.taken_at) == ("B002", made.pk, came)
    assert call_next(window=1, by=by, at=came) == ticket
    with pytest.raises(Refused, match="is over"):
        welcome(appointment=made.pk, by=by, at=came)


def test_only_the_office_of_the_point_receives(market, people, cast, by, at):
    made = booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    with pytest.raises(Appointment.DoesNotExist):
        receive_arrival(appointment=made.pk, by=cast.township_clerk.actor, at=made.starts_at)


def test_a_person_books_cancels_and_takes_for_themselves_only(market, people, by, at):
    own = self_service(username="booker", person=people[0].pk, at=at).actor
    other = self_service(username="other", person=people[1].pk, at=at).actor
    made = booked(people[0].pk, market, tomorrow(at), by=own, at=at)
    with pytest.raises(Person.DoesNotExist):
        booked(people[1].pk, market, tomorrow(at, 10, 30), by=own, at=at)
    for act in (cancel_appointment, take_offer):
        with pytest.raises(Appointment.DoesNotExist):
            act(appointment=made.pk, by=other, at=at)
    waiting = waits(people[1], market, other, at)
    with pytest.raises(Recall.DoesNotExist):
        leave_recall(recall=waiting.pk, by=own, at=at)
    cancel_appointment(appointment=made.pk, by=own, at=at)
    take_offer(appointment=offers()[0].pk, by=other, at=at)
    with other.standing():
        assert [row.state for row in own_appointments(actor=other)] == ["booked"]
        assert Appointment.objects.count() == 1  # the database itself shows no other
    with within(NEIGHBOUR):
        assert not Appointment.objects.exists() and not Recall.objects.exists()


def test_who_has_the_file_open_sees_the_appointments_wherever_they_are(market, people, cast, by, at):
    booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    with within(TOWN):
        assert len(appointments_of(scope=TOWN, person=people[0].pk)) == 1
        assert day_of_point(scope=TOWN, point=market.pk, on=tomorrow(at).date()) == []
    with within(COUNTY):
        (row,) = day_of_point(scope=COUNTY, point=market.pk, on=tomorrow(at).date())
    assert row.name == people[0].name
    with pytest.raises(Person.DoesNotExist), within(NEIGHBOUR):
        appointments_of(scope=NEIGHBOUR, person=people[0].pk)


@pytest.mark.parametrize("shift", [0, 10, 19])
def test_the_database_refuses_two_appointments_that_overlap_at_a_window(market, people, by, at, shift):
    made = booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    made.pk, made.person_id = None, people[1].pk
    made.starts_at += timedelta(minutes=shift)
    made.ends_at += timedelta(minutes=shift)
    with pytest.raises(IntegrityError, match="one_appointment_a_window"), within(COUNTY), transaction.atomic():
        made.save(force_insert=True)


def test_the_database_refuses_a_person_in_two_places(market, people, by, at):
    made = booked(people[0].pk, market, tomorrow(at), by=by, at=at)
    made.pk, made.window, made.purpose = None, 9, "training"
    with pytest.raises(IntegrityError, match="one_place_at_a_time"), within(COUNTY), transaction.atomic():
        made.save(force_insert=True)
    assert slot(market, made.starts_at).purpose == PURPOSE
