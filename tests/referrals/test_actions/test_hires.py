"""A hire happens whole or not at all."""

from datetime import date, timedelta

import pytest

from openpes.kernel import Refused, listen, within
from openpes.kernel.clock import day_of
from openpes.kernel.events import _listeners
from openpes.kernel.scope import CITY
from openpes.people.actions import move_residence
from openpes.people.models import Person
from openpes.referrals.actions import (
    record_hire,
    refer,
)
from openpes.referrals.choices import Answer
from openpes.referrals.events import Hired
from openpes.registration.actions import withdraw_registration
from openpes.registration.models import StatusPeriod
from openpes.vacancies.actions import close_vacancy
from tests.cast import COUNTY, NEIGHBOUR, TOWN
from tests.referrals.factories import (
    BEGINS_ON,
    CLERK,
    OTHER,
    hire_facts,
    introduced,
    seeker,
    unemployed,
)
from tests.referrals.test_actions.state import everything, stored
from tests.vacancies.factories import make_open


@pytest.fixture
def heard():
    events: list = []

    def listener(event):
        events.append(event)

    listen(Hired)(listener)
    yield events
    _listeners[Hired].remove(listener)


def test_a_hire_fills_the_place_ends_unemployment_begins_employment_and_answers(db, at, heard):
    person, vacancy = unemployed(at), make_open(CLERK, at, openings=2)
    referral = refer(person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at)
    hire = record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at)
    after = everything()
    assert after["fills"] == [(vacancy.pk, 1)]
    assert after["periods"] == [
        (person.pk, "unemployed", date(2026, 11, 2), BEGINS_ON),
        (person.pk, "employed", BEGINS_ON, None),
    ]
    assert after["referrals"] == [(referral.pk, "hired", 2)]
    assert after["public"] == [(vacancy.pk, 1)]
    assert [(e.hire, e.person, e.vacancy, e.referral) for e in heard] == [
        (hire.pk, person.pk, vacancy.pk, referral.pk)
    ]


def test_a_hire_ends_the_wish_and_withdraws_the_other_introductions(db, at):
    person = seeker(at)
    first = refer(person=person.pk, vacancy=make_open(CLERK, at).pk, by=CLERK, at=at)
    second = refer(person=person.pk, vacancy=make_open(OTHER, at, area=NEIGHBOUR).pk, by=CLERK, at=at)
    record_hire(referral=second.pk, facts=hire_facts(), by=CLERK, at=at)
    assert (stored(first).answer, stored(second).answer) == ("elsewhere", "hired")
    assert everything()["wishes"] == [(person.pk, day_of(at))]


def test_who_moved_to_another_county_is_hired_there_and_the_wish_of_the_first_ends(db, at):
    person, vacancy = seeker(at, by=OTHER), make_open(OTHER, at, area=NEIGHBOUR)
    home = TOWN if TOWN.startswith(COUNTY) else COUNTY
    move_residence(person=person.pk, area=home, address="新竹路1号", on=day_of(at), by=OTHER, at=at)
    with pytest.raises(Person.DoesNotExist):
        record_hire(person=person.pk, vacancy=vacancy.pk, facts=hire_facts(), by=OTHER, at=at)
    assert everything()["hires"] == []
    hire = record_hire(person=person.pk, vacancy=vacancy.pk, facts=hire_facts(), by=CLERK, at=at)
    assert (hire.area, hire.vacancy_id) == (home, vacancy.pk)
    assert everything()["wishes"] == [(person.pk, day_of(at))]


def test_a_letter_of_the_former_county_is_answered_by_the_hire_in_the_new_one(db, at):
    letter = introduced(at, by=OTHER, vacancy=make_open(OTHER, at, area=NEIGHBOUR).pk)
    move_residence(person=letter.person_id, area=TOWN, address="新竹路1号", on=day_of(at), by=OTHER, at=at)
    hire = record_hire(person=letter.person_id, vacancy=letter.vacancy_id, facts=hire_facts(), by=CLERK, at=at)
    assert hire.referral_id == letter.pk
    with within(CITY):
        letter.refresh_from_db()
    assert letter.answer == Answer.HIRED


def test_the_last_place_answers_everybody_who_waits_for_it_in_every_area(db, at):
    vacancy = make_open(CLERK, at, openings=1)
    mine, theirs = introduced(at, vacancy=vacancy.pk), introduced(at, by=OTHER, vacancy=vacancy.pk)
    record_hire(referral=mine.pk, facts=hire_facts(), by=CLERK, at=at)
    assert (stored(mine).answer, stored(theirs).answer) == ("hired", "place_taken")
    assert everything()["public"] == []


def test_a_direct_hire_needs_no_referral(db, at):
    person, vacancy = unemployed(at), make_open(OTHER, at, area=NEIGHBOUR)
    hire = record_hire(person=person.pk, vacancy=vacancy.pk, facts=hire_facts(), by=CLERK, at=at)
    assert (hire.referral_id, hire.area, hire.employer_id) == (None, COUNTY, vacancy.employer_id)


def test_a_direct_hire_of_somebody_who_was_introduced_answers_the_letter(db, at):
    referral = introduced(at)
    hire = record_hire(
        person=referral.person_id, vacancy=referral.vacancy_id, facts=hire_facts(), by=CLERK, at=at
    )
    assert hire.referral_id == referral.pk and stored(referral).answer == "hired"


def test_a_second_hire_of_the_same_letter_is_refused(db, at):
    referral = introduced(at)
    record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at)
    before = everything()
    with pytest.raises(Refused):
        record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at)
    assert everything() == before


def test_who_was_introduced_in_time_is_hired_after_the_vacancy_closed(db, at):
    referral = introduced(at)
    close_vacancy(vacancy=referral.vacancy_id, by=CLERK, at=at)
    record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at + timedelta(days=1))
    assert stored(referral).answer == "hired"


# All or nothing: whichever step fails, nothing of the others stays


def test_no_place_left_leaves_no_trace(db, at):
    vacancy = make_open(CLERK, at, openings=1)
    late = introduced(at, vacancy=vacancy.pk)
    record_hire(person=seeker(at).pk, vacancy=vacancy.pk, facts=hire_facts(), by=CLERK, at=at)
    before = everything()
    with pytest.raises(Refused):
        record_hire(person=seeker(at).pk, vacancy=vacancy.pk, facts=hire_facts(), by=CLERK, at=at)
    assert stored(late).answer == "place_taken"
    assert everything()["fills"] == before["fills"] and everything()["hires"] == before["hires"]


def test_an_employment_that_cannot_begin_leaves_no_trace(db, at):
    person, vacancy = unemployed(at), make_open(CLERK, at)
    referral = refer(person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at)
    before = everything()
    for wrong in (
        hire_facts(begins_on=date(2026, 11, 1)),
        hire_facts(begins_on=date(2031, 1, 1)),
        hire_facts(pay_fen=0),
        hire_facts(contract_until_on=BEGINS_ON),
    ):
        with pytest.raises(Refused):
            record_hire(referral=referral.pk, facts=wrong, by=CLERK, at=at)
        assert everything() == before


def test_a_listener_that_fails_at_the_very_end_leaves_no_trace(db, at):
    person, vacancy = unemployed(at), make_open(CLERK, at, openings=1)
    referral = refer(person=person.pk, vacancy=vacancy.pk, by=CLERK, at=at)
    before = everything()

    def breaks(event):
        raise RuntimeError("the planted mistake")

    listen(Hired)(breaks)
    try:
        with pytest.raises(RuntimeError):
            record_hire(referral=referral.pk, facts=hire_facts(), by=CLERK, at=at)
    finally:
        _listeners[Hired].remove(breaks)
    assert everything() == before


def test_steps_outside_one_transaction_would_leave_a_filled_place_behind(db, at):
    """The planted mistake: the same steps one by one. It shows that the comparison above sees a trace."""
    from openpes.vacancies.actions import fill_place

    referral = introduced(at)
    before = everything()
    fill_place(vacancy=referral.vacancy_id, person=referral.person_id, on=day_of(at), by=CLERK, at=at)
    with pytest.raises(Refused):
        record_hire(referral=referral.pk, facts=hire_facts(pay_fen=0), by=CLERK, at=at)
    assert everything() != before


def test_an_employment_that_came_with_a_hire_is_not_taken_back_alone(db, at):
    person, vacancy = unemployed(at), make_open(CLERK, at)
    record_hire(person=person.pk, vacancy=vacancy.pk, facts=hire_facts(begins_on=day_of(at)), by=CLERK, at=at)
    with within(COUNTY):
        period = StatusPeriod.objects.get(person=person, status="employed")
    before = everything()
    with pytest.raises(Refused) as refused:
        withdraw_registration(period=period.pk, by=CLERK, at=at)
    assert "hire" in str(refused.value)
    assert everything() == before
