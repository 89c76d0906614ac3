"""Everybody locks the person, then the point, then the appointment: nobody waits for somebody who waits for them."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import OperationalError
from psycopg.errors import DeadlockDetected

from openpes.appointments.actions import (
    ask_recall,
    cancel_appointment,
    lapse_offer,
    receive_arrival,
    remind_of_appointment,
    take_offer,
)
from openpes.appointments.models import Appointment
from openpes.kernel import Actor, within
from openpes.people.actions.locks import lock_persons
from openpes.people.models import Person
from tests.appointments.factories import PURPOSE, a_market, booked, tomorrow
from tests.cast import COUNTY
from tests.people.factories import a_person
from tests.races import at_once, or_refused

pytestmark = pytest.mark.city
CROWD = 8
CLERK = Actor(id=9000, scope=COUNTY)


@pytest.fixture
def crowd(city, at) -> list[Person]:
    return [a_person(by=CLERK, at=at, name=f"预约{letter}") for letter in "甲乙丙丁戊己庚辛"]


def wishing(person: Person, market, at) -> None:
    told = {"person": person.pk, "point": market.pk, "purpose": PURPOSE, "until_on": at.date() + timedelta(days=9)}
    ask_recall(**told, by=CLERK, at=at)


def offered(market, crowd, at, starts_at) -> Appointment:
    """A time that the first of the crowd gave back and the second is offered."""
    first = booked(crowd[0].pk, market, starts_at, by=CLERK, at=at)
    wishing(crowd[1], market, at)
    cancel_appointment(appointment=first.pk, by=CLERK, at=at)
    with within(COUNTY):
        return Appointment.objects.get(state="offered", starts_at=starts_at)


@pytest.mark.parametrize("minutes", [0, 20, 40])
def test_taking_lapsing_cancelling_and_booking_one_time_at_once_meet_no_deadlock(crowd, at, minutes):
    market = a_market(at, windows={PURPOSE: (1, 2, 3, 4)})
    starts_at = tomorrow(at, 8, 30) + timedelta(minutes=minutes)
    offer = offered(market, crowd, at, starts_at)
    beside = booked(crowd[2].pk, market, starts_at, by=CLERK, at=at)
    wishing(crowd[3], market, at)
    early, late = offer.held_until - timedelta(seconds=1), offer.held_until
    acts = [
        lambda: take_offer(appointment=offer.pk, by=CLERK, at=early),
        lambda: lapse_offer(appointment=offer.pk, by=CLERK, at=late),
        lambda: cancel_appointment(appointment=beside.pk, by=CLERK, at=at),
        lambda: remind_of_appointment(appointment=beside.pk, by=CLERK, at=at),
        lambda: receive_arrival(appointment=beside.pk, by=CLERK, at=starts_at),
        *[lambda one=one: booked(one.pk, market, starts_at, by=CLERK, at=at) for one in crowd[3:6]],
    ]
    at_once(or_refused(lambda act: act()), acts)
    with within(COUNTY):
        held = Appointment.objects.filter(starts_at=starts_at, state__in=("offered", "booked", "arrived"))
        assert held.count() <= 2


def test_whoever_locks_the_appointment_before_the_person_waits_for_who_does_it_the_right_way(crowd, at):
    """The planted mistake: two orders, and the database ends one of the two."""
    made = booked(crowd[0].pk, a_market(at), tomorrow(at), by=CLERK, at=at)
    first_lock = Barrier(2)

    def act(in_order: bool) -> str:
        steps = [lambda: lock_persons([crowd[0].pk]), lambda: list(Appointment.objects.select_for_update())]
        try:
            with within(COUNTY):
                steps[not in_order]()
                first_lock.wait(20)
                steps[in_order]()
        except OperationalError as error:
            assert isinstance(error.__cause__, DeadlockDetected)
            return "ended"
        return "done"

    assert sorted(at_once(act, [True, False])) == ["done", "ended"]
    assert cancel_appointment(appointment=made.pk, by=CLERK, at=at).state == "cancelled"
