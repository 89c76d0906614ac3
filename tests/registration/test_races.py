"""Eight offices at once: one registration wins, the others get the sentence; and what happens without the guards."""

from collections import Counter
from datetime import date
from threading import Barrier

import pytest
from django.db import OperationalError, connection
from psycopg.errors import DeadlockDetected

from openpes.kernel import Refused, within
from openpes.kernel.action import PLATFORM
from openpes.people.models import Person
from openpes.registration.actions import register_unemployment
from openpes.registration.actions.periods import next_number
from openpes.registration.models import StatusPeriod
from tests import races
from tests.owner import as_owner
from tests.people.factories import a_person, id_number
from tests.registration.factories import SINCE, employed, unemployed, unemployment, wishing

THREADS = 8
pytestmark = pytest.mark.city


def at_once(act) -> Counter:
    """Do the same in eight threads that start together; what each of them got."""

    def tried(number: int) -> str:
        try:
            act(number)
        except Refused as refused:
            return str(refused)
        return "won"

    return Counter(races.at_once(tried, range(THREADS)))


def periods() -> int:
    with within("4501"):
        return StatusPeriod.objects.count()


def test_one_identity_number_is_registered_once(city, at):
    number = id_number(date(1980, 1, 1), "1", 5)
    got = at_once(lambda n: a_person(by=PLATFORM, at=at, id_number=number, name="甲乙丙丁戊己庚辛"[n] + "某"))
    with within("4501"):
        assert Person.objects.count() == 1
    assert got.pop("won") == 1
    assert list(got.values()) == [7] and "already registered in your area" in next(iter(got))


def test_one_unemployment_is_registered_once(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    got = at_once(lambda _n: unemployed(person, by=PLATFORM, at=at))
    assert periods() == 1
    assert got.pop("won") == 1
    assert sum(got.values()) == 7 and all("Already registered as unemployed" in words for words in got)


def test_one_hire_ends_one_unemployment(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    unemployed(person, by=PLATFORM, at=at)
    got = at_once(lambda _n: employed(person, by=PLATFORM, at=at))
    assert periods() == 2
    assert got.pop("won") == 1 and sum(got.values()) == 7


def test_one_wish_is_registered_once(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    got = at_once(lambda _n: wishing(person, by=PLATFORM, at=at))
    assert got == Counter({"won": 1, next(word for word in got if word != "won"): 7})


def test_numbers_are_never_given_twice(city, at):
    people = [a_person(by=PLATFORM, at=at).pk for _n in range(THREADS)]
    assert at_once(lambda n: unemployed(people[n], by=PLATFORM, at=at)) == Counter({"won": THREADS})
    with within("4501"):
        assert StatusPeriod.objects.values("number").distinct().count() == THREADS


def without_constraint(city) -> None:
    """The planted mistake: the owner takes the exclusion constraint away."""
    as_owner(city, "ALTER TABLE registration_statusperiod DROP CONSTRAINT one_status_at_a_time")


def naive_registration(person: int, gate: Barrier, at) -> None:
    """What the action would be without a lock: look, and write if nothing was seen."""
    with within("4501"):
        seen = StatusPeriod.objects.filter(person=person).exists()
        gate.wait()
        if seen:
            raise Refused("Already registered.")
        StatusPeriod.objects.create(
            area="450103", person_id=person, status="unemployed", reason="20", from_on=SINCE,
            number=next_number("450103", SINCE), registered_at=at, registered_by=0,
        )  # fmt: skip


def test_without_lock_and_constraint_a_person_is_registered_many_times(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    without_constraint(city)
    gate = Barrier(THREADS, timeout=20)
    assert at_once(lambda _n: naive_registration(person, gate, at)) == Counter({"won": THREADS})
    assert periods() == THREADS


def test_the_lock_alone_is_enough(city, at):
    person = a_person(by=PLATFORM, at=at).pk
    without_constraint(city)
    got = at_once(lambda _n: unemployed(person, by=PLATFORM, at=at))
    assert got["won"] == 1 and periods() == 1


def test_the_constraint_alone_is_enough_and_speaks_in_words(city, at, monkeypatch):
    """The planted mistake: the row is read without its lock, and all have looked before anybody writes."""
    person = a_person(by=PLATFORM, at=at).pk
    gate = Barrier(THREADS, timeout=20)
    store = "openpes.registration.actions.periods._store"
    from openpes.registration.actions.periods import _store

    def store_together(period):
        gate.wait()
        return _store(period)

    def register(_number: int) -> None:
        try:
            register_unemployment(person=person, facts=unemployment(), by=PLATFORM, at=at)
        except OperationalError as error:
            # without the lock two that check each other's row wait for each other: the server ends one of them
            assert isinstance(error.__cause__, DeadlockDetected)
            raise Refused("periods cannot overlap, and two waited for each other") from error

    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_options: self)
    monkeypatch.setattr(store, store_together)
    got = at_once(register)
    assert got.pop("won") == 1 and periods() == 1
    assert got.total() == 7 and all("periods cannot overlap" in words for words in got)
    assert connection.is_usable()
