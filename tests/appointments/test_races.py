"""The same time booked by eight at once is booked once; looking first and writing then books it eight times."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError
from psycopg.errors import DeadlockDetected, ExclusionViolation

from openpes.appointments.actions import ask_recall, cancel_appointment, lapse_offer, take_offer
from openpes.appointments.models import Appointment
from openpes.kernel import Actor, within
from openpes.people.models import Person
from tests.appointments.factories import PURPOSE, a_market, booked, tomorrow
from tests.cast import COUNTY
from tests.owner import as_owner
from tests.people.factories import a_person
from tests.races import at_once, or_refused

pytestmark = pytest.mark.city
CROWD = 8
CLERK = Actor(id=9000, scope=COUNTY)


@pytest.fixture
def crowd(city, at) -> list[Person]:
    return [a_person(by=CLERK, at=at, name=f"预约{letter}") for letter in "甲乙丙丁戊己庚辛"]


def test_a_time_that_eight_book_at_once_is_booked_once(crowd, at):
    market = a_market(at)
    book = or_refused(lambda person: booked(person.pk, market, tomorrow(at), by=CLERK, at=at).person_id)
    answers = at_once(book, crowd)
    assert answers.count("refused") == CROWD - 1
    with within(COUNTY):
        assert Appointment.objects.count() == 1


def test_a_person_who_books_eight_times_at_once_has_one_appointment(crowd, at):
    market = a_market(at)
    times = [tomorrow(at, 8, 30) + timedelta(minutes=20 * n) for n in range(CROWD)]
    book = or_refused(lambda starts_at: booked(crowd[0].pk, market, starts_at, by=CLERK, at=at).pk)
    assert at_once(book, times).count("refused") == CROWD - 1


def test_eight_freed_times_are_offered_to_eight_different_persons(crowd, at):
    market = a_market(at)
    made = []
    for n, person in enumerate(crowd):
        starts_at = tomorrow(at, 8, 30) + timedelta(minutes=20 * n)
        made.append(booked(person.pk, market, starts_at, by=CLERK, at=at).pk)
    for n in range(CROWD):
        person = a_person(by=CLERK, at=at, name=f"候补{'甲乙丙丁戊己庚辛'[n]}")
        told = {"person": person.pk, "point": market.pk, "purpose": PURPOSE, "until_on": at.date() + timedelta(days=9)}
        ask_recall(**told, by=CLERK, at=at)
    at_once(lambda pk: cancel_appointment(appointment=pk, by=CLERK, at=at).pk, made)
    with within(COUNTY):
        offered = Appointment.objects.filter(state="offered").order_by("id").values_list("person", flat=True)
        assert len(offered) == len({*offered}) == CROWD


def test_an_offer_that_lapses_while_it_is_taken_is_either(crowd, at):
    market = a_market(at)
    made = booked(crowd[0].pk, market, tomorrow(at), by=CLERK, at=at)
    told = {"person": crowd[1].pk, "point": market.pk, "purpose": PURPOSE, "until_on": at.date() + timedelta(days=9)}
    ask_recall(**told, by=CLERK, at=at)
    cancel_appointment(appointment=made.pk, by=CLERK, at=at)
    with within(COUNTY):
        offer = Appointment.objects.get(state="offered")
    late, early = offer.held_until, offer.held_until - timedelta(seconds=1)

    def act(which: str) -> bool:
        if which == "take":
            return take_offer(appointment=offer.pk, by=CLERK, at=early).state == "booked"
        return lapse_offer(appointment=offer.pk, by=CLERK, at=late)

    answers = at_once(or_refused(act), ["take", *["lapse"] * 7])
    with within(COUNTY):
        offer.refresh_from_db()
    assert (answers[0] is True) == (offer.state == "booked")
    assert answers.count(True) == 1


def naive(market, at) -> dict:
    return {
        "area": market.area, "point_id": market.pk, "purpose": PURPOSE, "window": 1, "state": "booked", "made_by": 1,
        "made_at": at, "starts_at": tomorrow(at), "ends_at": tomorrow(at, 9, 30),
    }  # fmt: skip


def test_looking_first_and_writing_then_is_stopped_by_nothing_but_the_constraint(crowd, at):
    """The planted mistake: everybody sees that the time is free, then everybody writes."""
    market, between = a_market(at), Barrier(CROWD)
    row = naive(market, at)

    def book(person: Person) -> str:
        with within(COUNTY):
            saw_it_free = not Appointment.objects.filter(point=market, starts_at=row["starts_at"]).exists()
        between.wait(20)
        try:
            with within(COUNTY):
                Appointment.objects.create(person_id=person.pk, **row)
        except (IntegrityError, OperationalError) as error:
            # two that check each other's row wait for each other: the server ends one by a deadlock
            assert isinstance(error.__cause__, ExclusionViolation | DeadlockDetected)
            return f"{saw_it_free}, but taken"
        return f"{saw_it_free}, and booked"

    answers = at_once(book, crowd)
    assert answers.count("True, but taken") == CROWD - 1 and answers.count("True, and booked") == 1


def test_without_the_constraint_the_naive_way_books_eight_times(crowd, at, city):
    as_owner(city, "ALTER TABLE appointments_appointment DROP CONSTRAINT one_appointment_a_window")
    market, between = a_market(at), Barrier(CROWD)

    def book(person: Person) -> int:
        with within(COUNTY):
            free = not Appointment.objects.filter(point=market, starts_at=tomorrow(at)).exists()
            between.wait(20)
            if free:
                Appointment.objects.create(person_id=person.pk, **naive(market, at))
            return free

    assert sum(at_once(book, crowd)) == CROWD
    with within(COUNTY):
        assert Appointment.objects.count() == CROWD
