"""Eight desks at once change one life; beside each the way without its guard, which is shown to break it."""

from collections import Counter
from datetime import date
from threading import Barrier, Semaphore

import pytest
from django.db import IntegrityError, OperationalError
from django.db.models import QuerySet

from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.actions import (
    DepartureFacts,
    HouseholdFacts,
    NumberFacts,
    Paper,
    answer_file,
    answer_number,
    ask_number,
    departures,
    form_household,
    households,
    join_household,
    move_residence,
    name_head,
    record_departure,
)
from openpes.people.models import FileHandover, FormerNumber, HouseholdMember, NumberChange, Person
from openpes.registration.actions import periods, register_unemployment
from openpes.registration.models import StatusPeriod
from tests import races
from tests.cast import COUNTY, NEIGHBOUR, VILLAGE
from tests.owner import as_owner
from tests.people.factories import a_person, id_number
from tests.registration.factories import unemployment

pytestmark = pytest.mark.city
DESKS = 8
CLERKS = [Actor(id=number, scope=COUNTY) for number in range(1, DESKS + 1)]
OTHERS = [Actor(id=number, scope=NEIGHBOUR) for number in range(11, 11 + DESKS)]
SINCE, ON = date(2020, 1, 1), date(2026, 11, 20)
CARD = Paper(evidence="card")
GATE = 20


def at_once(act, who=CLERKS) -> Counter:
    """The same at the same moment; how often it was done, refused, or stopped by the database."""

    def tried(clerk: Actor) -> str:
        try:
            act(clerk)
        except Refused:
            return "refused"
        except (IntegrityError, OperationalError):
            return "stopped"
        return "done"

    return Counter(races.at_once(tried, who))


def without_locks(monkeypatch, module: str) -> None:
    """The planted mistake: rows are read without their lock, and everybody has asked before anybody writes."""
    gate = Barrier(DESKS)

    def refuse_together(reasons) -> None:
        refuse_if(reasons)
        gate.wait(GATE)

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    monkeypatch.setattr(f"openpes.people.actions.{module}.refuse_if", refuse_together)


def count(kind, **wanted) -> int:
    with within(CITY):
        return kind.objects.filter(**wanted).count()


def told(event: str) -> int:
    return count(JournalEntry, event=event)


# One number of one person


def ask_at_once(at) -> Counter:
    person = a_person(by=CLERKS[0], at=at).pk
    numbers = {clerk.id: id_number() for clerk in CLERKS}

    def act(clerk: Actor) -> None:
        facts = NumberFacts(id_number=numbers[clerk.id], on=ON, paper=CARD)
        ask_number(person=person, facts=facts, by=clerk, at=at)

    return at_once(act)


def test_two_clerks_change_the_number_of_one_person_once(city, at):
    assert ask_at_once(at) == Counter(done=1, refused=DESKS - 1)
    assert count(NumberChange, answer="") == told("people.NumberChangeAsked") == 1


def test_without_lock_and_constraint_many_numbers_wait_for_one_person(city, at, monkeypatch):
    as_owner(city, "DROP INDEX one_waiting_number")
    without_locks(monkeypatch, "numbers")
    assert ask_at_once(at)["done"] == count(NumberChange, answer="") > 1


def a_waiting_number(at) -> dict:
    person = a_person(by=CLERKS[0], at=at).pk
    facts = NumberFacts(id_number=id_number(), on=ON, paper=CARD)
    asked = ask_number(person=person, facts=facts, by=Actor(id=99, scope=COUNTY), at=at)
    told = {"change": asked.pk, "answer": "confirmed", "content_hash": asked.content_hash}
    return {**told, "typed": facts.id_number, "at": at}


def test_a_number_is_confirmed_once(city, at):
    answer = a_waiting_number(at)
    got = at_once(lambda clerk: answer_number(**answer, by=clerk))
    assert got == Counter(done=1, refused=DESKS - 1)
    assert (count(FormerNumber), told("people.NumberChanged"), count(Person, version=2)) == (1, 1, 1)


def test_without_the_lock_a_number_is_confirmed_many_times(city, at, monkeypatch):
    answer = a_waiting_number(at)
    without_locks(monkeypatch, "numbers")
    got = at_once(lambda clerk: answer_number(**answer, by=clerk))
    assert got["done"] == told("people.NumberChanged") > 1


# A number that is somebody's former one


def take_old_numbers(at) -> tuple[Counter, list[str]]:
    """One desk after the other gives a person another number; at the same moment somebody registers the old one."""
    numbers = [id_number() for _pair in range(DESKS // 2)]
    asked = {}
    for number in numbers:
        person = a_person(by=CLERKS[0], at=at, id_number=number).pk
        facts = NumberFacts(id_number=id_number(), on=ON, paper=CARD)
        change = ask_number(person=person, facts=facts, by=Actor(id=99, scope=COUNTY), at=at)
        told = {"change": change.pk, "answer": "confirmed", "content_hash": change.content_hash}
        asked[number] = told | {"typed": facts.id_number}

    def act(clerk: Actor) -> None:
        number = numbers[(clerk.id - 1) // 2]
        if clerk.id % 2:
            answer_number(**asked[number], by=clerk, at=at)
        else:
            a_person(by=clerk, at=at, id_number=number)

    return at_once(act), numbers


def test_nobody_is_registered_under_a_number_that_is_corrected_in_the_same_moment(city, at):
    got, _numbers = take_old_numbers(at)
    assert got == Counter(done=DESKS // 2, refused=DESKS // 2)
    assert count(Person) == count(FormerNumber) == DESKS // 2


def test_without_the_trigger_one_number_is_of_two_persons(city, at):
    as_owner(city, "DROP TRIGGER new_numbers_are_free ON people_person")
    _got, numbers = take_old_numbers(at)
    for number in numbers:  # whoever came too early comes again
        try:
            a_person(by=CLERKS[0], at=at, id_number=number)
        except Refused:
            continue
    assert count(Person) > DESKS // 2


# Two households claim one member


def claim_at_once(at) -> Counter:
    person = a_person(by=CLERKS[0], at=at).pk
    houses = []
    for clerk in CLERKS:
        head = a_person(by=clerk, at=at).pk
        facts = HouseholdFacts(area=VILLAGE, booklet_no=f"B-{clerk.id}")
        houses.append(form_household(facts=facts, head=head, from_on=SINCE, by=clerk, at=at).pk)
    told = {"person": person, "relation": "8", "from_on": ON, "at": at}
    return at_once(lambda clerk: join_household(household=houses[clerk.id - 1], **told, by=clerk))


def test_one_of_eight_households_gets_the_member(city, at):
    assert claim_at_once(at) == Counter(done=1, refused=DESKS - 1)
    assert count(HouseholdMember) == DESKS + 1


def test_without_lock_and_constraint_a_person_is_in_many_households(city, at, monkeypatch):
    as_owner(city, "ALTER TABLE people_householdmember DROP CONSTRAINT one_household_at_a_time")
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)
    gate = Barrier(DESKS)
    add = households.add_member

    def add_together(*arguments):
        if arguments[2] == "8":
            gate.wait(GATE)
        return add(*arguments)

    monkeypatch.setattr(households, "add_member", add_together)
    assert claim_at_once(at)["done"] > 1


# One head


def lead_at_once(at) -> Counter:
    members = [a_person(by=CLERKS[0], at=at).pk for _member in range(DESKS + 1)]
    facts = HouseholdFacts(area=VILLAGE)
    house = form_household(facts=facts, head=members[0], from_on=SINCE, by=CLERKS[0], at=at).pk
    for member in members[1:]:
        join_household(household=house, person=member, relation="2", from_on=SINCE, by=CLERKS[0], at=at)
    return at_once(lambda clerk: name_head(household=house, person=members[clerk.id], on=ON, by=clerk, at=at))


def heads() -> int:
    return count(HouseholdMember, is_head=True, until_on=None)


def test_a_household_has_one_head_after_eight_were_named(city, at):
    got = lead_at_once(at)
    assert got["done"] >= 1 and got["done"] + got["refused"] == DESKS
    assert heads() == 1 and count(HouseholdMember, until_on=None) == DESKS + 1


def test_without_lock_and_constraint_a_household_has_many_heads(city, at, monkeypatch):
    for name in ("one_head_at_a_time", "one_household_at_a_time"):
        as_owner(city, f"ALTER TABLE people_householdmember DROP CONSTRAINT {name}")
    without_locks(monkeypatch, "household_changes")
    lead_at_once(at)
    assert heads() > 1


# Death while a registration is made


def die_and_register(at, after_death=lambda: None) -> Counter:
    persons = [a_person(by=CLERKS[0], at=at, resides_from_on=SINCE).pk for _pair in range(DESKS // 2)]

    def act(clerk: Actor) -> None:
        person = persons[(clerk.id - 1) // 2]
        if clerk.id % 2:
            facts = DepartureFacts(kind="died", on=ON, paper=Paper(evidence="medical"), reporter="relative")
            record_departure(person=person, facts=facts, by=clerk, at=at)
            after_death()
        else:
            register_unemployment(person=person, facts=unemployment(), by=clerk, at=at)

    return at_once(act)


def test_nobody_who_died_stays_registered(city, at):
    got = die_and_register(at)
    assert got["done"] >= DESKS // 2 and got["done"] + got["refused"] == DESKS
    assert count(StatusPeriod, until_on=None) == 0
    assert count(StatusPeriod) == got["done"] - DESKS // 2 == count(StatusPeriod, end_reason="70")


def test_without_the_lock_the_dead_are_registered(city, at, monkeypatch):
    dead, store = Semaphore(0), periods._store

    def store_late(period):
        assert dead.acquire(timeout=GATE)
        return store(period)

    without_locks(monkeypatch, "departures")
    monkeypatch.setattr(periods, "refuse_if", departures.refuse_if)
    monkeypatch.setattr(periods, "_store", store_late)
    die_and_register(at, after_death=dead.release)
    assert count(StatusPeriod, until_on=None) > 0


# One answer to a file


def a_waiting_file(at) -> int:
    person = a_person(by=CLERKS[0], at=at, resides_from_on=SINCE).pk
    move_residence(person=person, area="450105001001", address="", on=ON, by=CLERKS[0], at=at)
    with within(CITY):
        return FileHandover.objects.get().pk


def test_a_file_is_accepted_or_returned_and_never_both(city, at):
    told_to = {"handover": a_waiting_file(at), "note": "查无此人", "at": at}
    got = at_once(lambda clerk: answer_file(**told_to, accepts=bool(clerk.id % 2), by=clerk), OTHERS)
    assert got["done"] == told("people.FileAnswered") == 1
    with within(CITY):
        row, person = FileHandover.objects.get(), Person.objects.get()
    assert person.area == (row.area if row.answer == "accepted" else row.from_area)


def test_without_the_lock_a_file_is_answered_many_times(city, at, monkeypatch):
    handover = a_waiting_file(at)
    without_locks(monkeypatch, "homes")
    at_once(lambda clerk: answer_file(handover=handover, accepts=True, by=clerk, at=at), OTHERS)
    assert told("people.FileAnswered") > 1
