"""Eight desks at once do what may happen once; beside each the naive way that would do it many times.

The last place, the cap of introductions, one letter, one unemployment, one wish: `test_races.py` of their rooms.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError
from django.db.models import QuerySet

from openpes.audit.models import JournalEntry
from openpes.intake.actions import accept_batch, drop_batch, receive_file, undo_batch
from openpes.intake.models import Batch
from openpes.kernel import Actor, Refused, refuse_if, within
from openpes.kernel.clock import day_of
from openpes.kernel.scope import CITY
from openpes.people.models import Household, Person
from openpes.vacancies.actions import publish_vacancy
from openpes.vacancies.models import PublishedVacancy
from tests import races
from tests.cast import COUNTY
from tests.employers.factories import make_employer
from tests.intake.factories import household, ledger
from tests.owner import as_owner
from tests.people.factories import a_person, id_number
from tests.vacancies.factories import make_draft

pytestmark = pytest.mark.city
DESKS = 8
CLERKS = [Actor(id=number, scope=COUNTY) for number in range(1, DESKS + 1)]


def at_once(act: Callable[[Actor], object]) -> Counter:
    """Eight clerks do the same at the same moment; how often it was done, refused, or stopped by the database."""

    def tried(clerk: Actor) -> str:
        try:
            act(clerk)
        except Refused:
            return "refused"
        except (IntegrityError, OperationalError):
            return "stopped"
        return "done"

    return Counter(races.at_once(tried, CLERKS))


def told(event: str) -> int:
    """How often the journal says that something happened."""
    with within(CITY):
        return JournalEntry.objects.filter(event=event).count()


def without_locks(monkeypatch) -> None:
    """The planted mistake: rows are read without their lock."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)


# One publication


def publish_at_once(vacancy: int, at) -> Counter:
    closes_on = day_of(at) + timedelta(days=30)
    return at_once(lambda by: publish_vacancy(vacancy=vacancy, closes_on=closes_on, by=by, at=at))


def a_draft(at) -> int:
    """A draft of an employer that the city has known for long, so that nobody has to look twice."""
    return make_draft(CLERKS[0], at, employer=make_employer(CLERKS[0], at - timedelta(days=200)).pk).pk


def test_a_vacancy_is_published_once(city, at):
    draft = a_draft(at)
    assert publish_at_once(draft, at) == Counter(done=1, refused=DESKS - 1)
    assert told("vacancies.VacancyPublished") == PublishedVacancy.objects.count() == 1


def test_without_the_lock_a_vacancy_is_published_many_times(city, at, monkeypatch):
    draft = a_draft(at)
    gate = Barrier(DESKS, timeout=20)

    def refuse_together(reasons) -> None:
        refuse_if(reasons)
        gate.wait()

    without_locks(monkeypatch)
    monkeypatch.setattr("openpes.vacancies.actions.publication.refuse_if", refuse_together)
    assert publish_at_once(draft, at)["done"] == told("vacancies.VacancyPublished") > 1


# One acceptance of a batch


def a_batch(at) -> Batch:
    content = ledger([*household("H001"), *household("H002", "黄大明")])
    return receive_file(kind="rural_ledger", name="台账.xlsx", content=content, area=COUNTY, by=CLERKS[0], at=at)


def counts() -> tuple[int, int]:
    with within(CITY):
        return Household.objects.count(), Person.objects.count()


def test_a_batch_is_accepted_once(city, at):
    batch = a_batch(at)
    got = at_once(lambda by: accept_batch(batch=batch.pk, by=by, at=at))
    assert got == Counter(done=1, refused=DESKS - 1)
    assert counts() == (2, 6) and told("intake.BatchAccepted") == 1


def test_without_the_lock_a_batch_is_accepted_many_times(city, at, monkeypatch):
    from openpes.intake.actions import accept

    batch, gate, check = a_batch(at), Barrier(DESKS, timeout=20), accept.refuse_unless_open

    def check_together(*arguments) -> None:
        check(*arguments)
        gate.wait()

    without_locks(monkeypatch)
    monkeypatch.setattr(accept, "refuse_unless_open", check_together)
    got = at_once(lambda by: accept_batch(batch=batch.pk, by=by, at=at))
    assert got["done"] == told("intake.BatchAccepted")
    assert got != Counter(done=1, refused=DESKS - 1)  # many accept it, or they wait for each other in a circle


def test_a_batch_is_undone_once_and_nothing_of_it_stays(city, at):
    batch = a_batch(at)
    accept_batch(batch=batch.pk, by=CLERKS[0], at=at)
    got = at_once(lambda by: undo_batch(batch=batch.pk, by=by, at=at))
    assert got == Counter(done=1, refused=DESKS - 1)
    assert counts() == (0, 0) and told("intake.BatchUndone") == 1


def test_a_batch_is_accepted_or_dropped_and_never_both(city, at):
    batch = a_batch(at)

    def act(by: Actor) -> None:
        if by.id % 2:
            accept_batch(batch=batch.pk, by=by, at=at)
        else:
            drop_batch(batch=batch.pk, by=by, at=at)

    assert at_once(act) == Counter(done=1, refused=DESKS - 1)
    with within(CITY):
        state = Batch.objects.get().state
    assert counts() == ((2, 6) if state == Batch.State.ACCEPTED else (0, 0))


# One file


def receive_at_once(at) -> Counter:
    content = ledger(household())
    return at_once(
        lambda by: receive_file(kind="rural_ledger", name="台账.xlsx", content=content, area=COUNTY, by=by, at=at)
    )


def test_a_file_comes_in_once(city, at):
    assert receive_at_once(at) == Counter(done=1, refused=DESKS - 1)
    assert told("intake.FileReceived") == 1


def test_without_the_constraint_a_file_comes_in_many_times(city, at):
    as_owner(city, "DROP INDEX same_file_once")
    assert receive_at_once(at) == Counter(done=DESKS)


# One person


def register_at_once(at) -> Counter:
    number = id_number()
    return at_once(lambda by: a_person(by=by, at=at, id_number=number))


def test_a_person_is_registered_once(city, at):
    assert register_at_once(at) == Counter(done=1, refused=DESKS - 1)
    assert counts() == (0, 1) and told("people.PersonRegistered") == 1


def test_without_the_constraint_a_person_is_registered_many_times(city, at):
    as_owner(city, "ALTER TABLE people_person DROP CONSTRAINT people_person_id_number_index_key")
    assert register_at_once(at)["done"] == told("people.PersonRegistered") == DESKS
