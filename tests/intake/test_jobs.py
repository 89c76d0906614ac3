"""Large files: checked, accepted and taken back by the worker, with progress that others see, and a cancel."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection

from openpes.intake import jobs
from openpes.intake.actions import (
    accept_batch,
    accept_part,
    cancel_work,
    receive_file,
    start_accepting,
    start_undoing,
)
from openpes.intake.actions.work import progress_of
from openpes.intake.models import Batch, BatchRow
from openpes.intake.queries import work_of
from openpes.kernel import Actor, Refused, within
from openpes.kernel.models import LongWork
from openpes.kernel.scope import CITY
from openpes.people.models import LedgerEntry, Person
from tests.intake.factories import household, ledger, member

CLERK = Actor(id=1, scope="450103001", name="clerk")
ROWS = 2001


@pytest.fixture(autouse=True)
def _quiet_audience(city):
    """A database of its own: what the worker commits is seen at once on the line that tells the progress."""


def bring(content: bytes, at) -> Batch:
    return receive_file(
        kind="rural_ledger", name="大台账.xlsx", content=content, area=CLERK.scope, by=CLERK, at=at
    )


def arguments(batch: Batch) -> dict:
    with within(CITY):
        work = str(Batch.objects.get(pk=batch.pk).work_id)
    return {"batch": str(batch.pk), "work": work, "account": CLERK.id, "scope": CLERK.scope}


def deferred() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE 'intake.%%' ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def stored(batch: Batch) -> Batch:
    with within(CITY):
        return Batch.objects.get(pk=batch.pk)


def stored_of(batch) -> Batch:
    with within(CITY):
        return Batch.objects.get(pk=batch)


def work(batch: Batch) -> LongWork:
    return LongWork.objects.get(pk=stored(batch).work_id)


def large_ledger() -> bytes:
    numbers = count(1)
    return ledger([member(f"H{next(numbers)}", "覃大山", "覃大山", "户主") for _ in range(ROWS)])


def test_a_file_of_over_two_thousand_rows_is_checked_by_the_worker(at):
    batch = bring(large_ledger(), at)
    assert (stored(batch).state, work(batch).state, deferred()) == ("received", "waiting", ["intake.check"])
    with pytest.raises(Refused, match="still working"):
        accept_batch(batch=batch.pk, by=CLERK, at=at)
    jobs.check(**arguments(batch))
    done = stored(batch)
    assert (done.state, done.row_count) == ("checked", ROWS)
    assert (work(batch).state, work(batch).done) == ("done", 2 * ROWS)
    with within(CITY):
        assert BatchRow.objects.filter(batch=batch).count() == ROWS
    line = work_of(done, at)
    assert line and not line.goes_on


def test_a_large_file_that_cannot_be_read_is_kept_as_refused_with_its_reasons(at):
    batch = bring(b"\x00nothing" * 200_000, at)
    jobs.check(**arguments(batch))
    assert stored(batch).state == "refused"
    assert ".xlsx" in stored(batch).reasons[0]["text"]
    assert work(batch).state == "failed"


@pytest.fixture
def _few_are_many(monkeypatch):
    for module in ("accept", "undo"):
        monkeypatch.setattr(f"openpes.intake.actions.{module}.ROWS_AT_ONCE", 2)


@pytest.mark.usefixtures("_few_are_many")
def test_acceptance_and_undo_of_many_rows_are_long_work(at):
    batch = bring(ledger(household()), at)
    start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)
    assert stored(batch).state == "checked"
    jobs.accept(**arguments(batch), all_or_none=False)
    assert (stored(batch).state, work(batch).state) == ("accepted", "done")
    start_undoing(batch=batch.pk, by=CLERK, at=at)
    jobs.undo(**arguments(batch))
    assert (stored(batch).state, work(batch).state) == ("undone", "done")
    with within(CITY):
        assert Person.objects.count() == 0
    assert deferred() == ["intake.accept", "intake.undo"]


@pytest.mark.usefixtures("_few_are_many")
def test_cancelled_work_leaves_nothing(at):
    batch = bring(ledger(household()), at)
    start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)
    cancel_work(batch=batch.pk, by=CLERK, at=at)
    jobs.accept(**arguments(batch), all_or_none=False)
    assert (stored(batch).state, work(batch).state) == ("checked", "cancelled")
    with within(CITY):
        assert Person.objects.count() == 0


@pytest.mark.usefixtures("_few_are_many")
def test_work_on_a_batch_begins_once_and_again_only_when_it_was_killed(at):
    batch = bring(ledger(household()), at)
    start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)
    with pytest.raises(Refused, match="still working"):
        start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)
    later = at + timedelta(minutes=11)
    start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=later)
    assert deferred() == ["intake.accept", "intake.accept"]


@pytest.fixture
def _parts_of_two(monkeypatch, _few_are_many):
    monkeypatch.setattr("openpes.intake.actions.accept.AT_A_TIME", 2)


def many_households(at) -> Batch:
    return bring(ledger([row for name in "甲乙丙丁" for row in household(f"H{name}", f"覃大{name}")]), at)


def everybody() -> list[tuple[str, str, int]]:
    """Everybody once, with how many ledger entries each has."""
    with within(CITY):
        return sorted(Person.objects.annotate(entries=_entries()).values_list("id_mask", "name", "entries"))


def _entries():
    from django.db.models import Count, OuterRef, Subquery

    mine = LedgerEntry.objects.filter(person=OuterRef("pk")).order_by().values("person")
    return Subquery(mine.annotate(n=Count("pk")).values("n"))


@pytest.mark.usefixtures("_parts_of_two")
def test_work_that_was_killed_goes_on_where_it_was_and_takes_no_row_twice(at, monkeypatch):
    batch = many_households(at)
    start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)

    class Killed(BaseException):
        """What a process that is killed would do: nothing more."""

    def two_parts_and_no_more(*, batch, by, at):
        if stored_of(batch).done_count == 4:
            raise Killed
        return accept_part(batch=batch, by=by, at=at)

    monkeypatch.setattr(jobs, "accept_part", two_parts_and_no_more)
    with pytest.raises(Killed):
        jobs.accept(**arguments(batch), all_or_none=False)
    monkeypatch.setattr(jobs, "accept_part", accept_part)
    assert (stored(batch).state, stored(batch).done_count, work(batch).state) == ("accepting", 4, "running")
    with pytest.raises(Refused, match="still working"):
        start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)
    before = deferred()
    jobs.resume()
    assert deferred() == [*before, "intake.accept"]
    jobs.accept(**arguments(batch), all_or_none=False)
    assert (stored(batch).state, stored(batch).done_count, work(batch).state) == ("accepted", 12, "done")
    assert [entries for *_who, entries in everybody()] == [1] * 12
    jobs.accept(**arguments(batch), all_or_none=False)  # the queue may bring a job twice
    assert len(everybody()) == 12
    start_undoing(batch=batch.pk, by=CLERK, at=at)
    jobs.undo(**arguments(batch))
    assert everybody() == [] and stored(batch).state == "undone"


@pytest.mark.usefixtures("_parts_of_two")
def test_work_that_somebody_does_is_not_handed_out_again(at):
    batch = many_households(at)
    start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)
    with progress_of(stored(batch).work_id, lambda: at) as tell:
        tell(1, 12)
        before = deferred()
        jobs.resume()
        jobs.accept(**arguments(batch), all_or_none=False)
        assert deferred() == before
        assert stored(batch).state == "checked"


@pytest.mark.usefixtures("_parts_of_two")
def test_acceptance_that_was_cancelled_in_the_middle_goes_on_or_is_taken_back(at, monkeypatch):
    batch = many_households(at)
    start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)

    def cancelled_after_the_first(*, batch, by, at):
        part = accept_part(batch=batch, by=by, at=at)
        cancel_work(batch=batch, by=by, at=at)
        return part

    monkeypatch.setattr(jobs, "accept_part", cancelled_after_the_first)
    jobs.accept(**arguments(batch), all_or_none=False)
    assert (stored(batch).state, stored(batch).done_count, work(batch).state) == ("accepting", 2, "cancelled")
    with pytest.raises(Refused, match="no longer possible"):
        start_accepting(batch=batch.pk, all_or_none=True, by=CLERK, at=at)
    start_undoing(batch=batch.pk, by=CLERK, at=at)
    jobs.undo(**arguments(batch))
    assert everybody() == []


def test_progress_is_seen_by_others_while_the_work_has_not_committed(at):
    batch = bring(ledger(household()), at)
    row = LongWork.objects.create(account_id=1, title="x", started_at=at, changed_at=at)
    with progress_of(row.pk, lambda: at) as tell, within(CITY):
        Batch.objects.filter(pk=batch.pk).update(file_name="not yet")
        tell(1, 4)
        line = connection.copy()
        with line.cursor() as cursor:
            cursor.execute("SELECT state, done, total FROM kernel_longwork WHERE id = %s", [row.pk])
            assert cursor.fetchone() == ("running", 1, 4)
        line.close()
    assert LongWork.objects.get(pk=row.pk).state == "done"


@pytest.mark.usefixtures("_parts_of_two")
def test_progress_counts_what_became_records_and_never_says_more_than_all(at, monkeypatch):
    first = bring(ledger(household("H乙", "陆另一")), at)
    batch = many_households(at)
    accept_batch(batch=first.pk, by=CLERK, at=at)  # another household of this booklet came in meanwhile
    told: list[tuple[int, int]] = []
    start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)
    jobs._accept_in_parts(batch=batch.pk, tell=lambda done, total: told.append((done, total)), by=CLERK, at=at)
    done = stored(batch)
    assert (done.row_count, done.good_count, done.done_count) == (12, 9, 9)
    assert told[-1] == (9, 9)
    assert all(ours <= total for ours, total in told)
    with within(CITY):
        assert BatchRow.objects.filter(batch=batch).exclude(became=[]).count() == done.done_count
