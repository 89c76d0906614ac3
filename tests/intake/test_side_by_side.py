"""Parts of a large file accepted side by side: the same city as one after the other, and an exact place at any end."""

from threading import Event
from typing import Any

import pytest
from django.db import OperationalError, connection

from openpes.intake import jobs
from openpes.intake.actions import accept, side_by_side, start_accepting, start_undoing
from openpes.intake.models import Batch
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.models import HouseholdMember
from tests.intake.factories import household, ledger
from tests.intake.test_jobs import CLERK, arguments, bring, everybody, stored, work

HOUSEHOLDS = 9
ROWS = 3 * HOUSEHOLDS


@pytest.fixture(autouse=True)
def _parts_of_two_side_by_side(city, monkeypatch):
    monkeypatch.setattr(accept, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr("openpes.intake.actions.undo.ROWS_AT_ONCE", 2)
    monkeypatch.setattr(accept, "AT_A_TIME", 2)
    monkeypatch.setattr(jobs, "SIDE_BY_SIDE_FROM", 1)


@pytest.fixture
def batch(at) -> Batch:
    """A checked file that waits for the worker to accept it."""
    names = "甲乙丙丁戊己庚辛壬"[:HOUSEHOLDS]
    batch = bring(ledger([row for name in names for row in household(f"H{name}", f"覃大{name}")]), at)
    start_accepting(batch=batch.pk, all_or_none=False, by=CLERK, at=at)
    return batch


def accept_all(batch: Batch) -> None:
    jobs.accept(**arguments(batch), all_or_none=False)


def lanes_seen(monkeypatch) -> list[side_by_side.Part]:
    """The parts that were committed side by side, in their order."""
    seen: list[side_by_side.Part] = []
    real = side_by_side.accept_between

    def noted(*, part: side_by_side.Part, **rest: Any) -> Batch:
        row = real(part=part, **rest)
        seen.append(part)
        return row

    monkeypatch.setattr(side_by_side, "accept_between", noted)
    return seen


def everything_came_in_once(batch: Batch) -> None:
    done = stored(batch)
    assert (done.state, done.good_count, done.done_count, work(batch).state) == ("accepted", ROWS, ROWS, "done")
    assert [entries for *_who, entries in everybody()] == [1] * ROWS
    with within(CITY):
        members = HouseholdMember.objects.values_list("household__booklet_no", "is_head")
        assert sorted(members) == sorted(
            (f"H{name}", head) for name in "甲乙丙丁戊己庚辛壬" for head in (True, False, False)
        )


def test_every_row_comes_in_once_and_heads_before_their_households(batch, monkeypatch):
    seen = lanes_seen(monkeypatch)
    accept_all(batch)
    everything_came_in_once(batch)
    assert len(seen) == 13 and [part.followers for part in seen] == sorted(part.followers for part in seen)
    accept_all(batch)  # the queue may bring a job twice
    assert len(everybody()) == ROWS


def test_what_came_in_side_by_side_is_taken_back_whole(batch, at):
    accept_all(batch)
    start_undoing(batch=batch.pk, by=CLERK, at=at)
    jobs.undo(**arguments(batch))
    assert everybody() == [] and stored(batch).state == "undone"


class Killed(BaseException):
    """What a process that is killed would do: nothing more."""


@pytest.mark.parametrize("at_call", [2, 3, 6, 9])
def test_work_that_was_killed_between_two_lanes_goes_on_where_it_was(batch, monkeypatch, at_call):
    real, calls = accept.take_rows, []

    def killed_once(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == at_call:
            raise Killed
        return real(*given)

    monkeypatch.setattr(accept, "take_rows", killed_once)
    with pytest.raises(Killed):
        accept_all(batch)
    done = stored(batch)
    assert done.state == "accepting" and 2 <= done.done_count < ROWS and done.done_count == len(everybody())
    jobs.resume()
    accept_all(batch)
    everything_came_in_once(batch)


def test_a_part_that_cannot_be_written_holds_up_those_after_it_and_is_tried_alone(batch, monkeypatch):
    real, calls = accept.take_rows, []

    def fails_once(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise OperationalError("the connection was lost")
        return real(*given)

    monkeypatch.setattr(accept, "take_rows", fails_once)
    accept_all(batch)
    everything_came_in_once(batch)


def test_parts_that_wait_for_each_other_are_parted_by_the_database(batch, monkeypatch):
    """The later part holds what the earlier one needs, and waits for the earlier one to be committed."""
    real, both, ended = accept.take_rows, Event(), []
    first_two = iter((False, True))

    def entangled(*given: Any) -> Any:
        later = next(first_two, None) if calls_in_lanes() else None
        if later is not None:
            with connection.cursor() as cursor:
                if later:
                    cursor.execute("SELECT pg_advisory_xact_lock(77)")
                    both.set()
                else:
                    assert both.wait(20)
                    try:
                        cursor.execute("SELECT pg_advisory_xact_lock(77)")
                    except OperationalError:
                        ended.append("earlier")
                        raise
        return real(*given)

    def calls_in_lanes() -> bool:
        return stored_by_now(batch) >= 2

    monkeypatch.setattr(accept, "take_rows", entangled)
    accept_all(batch)
    everything_came_in_once(batch)


def stored_by_now(batch: Batch) -> int:
    return int(Batch.objects.values_list("done_count", flat=True).get(pk=batch.pk))


def test_a_part_that_does_not_wait_for_its_turn_writes_nothing(batch, monkeypatch):
    monkeypatch.setattr(side_by_side, "_take_turn", lambda batch, number: None)
    overtaken: list[side_by_side.Part] = []
    real = side_by_side.accept_between

    def noting(*, part: side_by_side.Part, **rest: Any) -> Batch:
        try:
            return real(part=part, **rest)
        except side_by_side.Overtaken:
            overtaken.append(part)
            raise

    real_take = accept.take_rows

    def held_back(row: Batch, rows: list, *given: Any) -> Any:
        found = real_take(row, rows, *given)
        if [one.row_no for one in rows] == [8, 11]:  # the heads of the first part that is taken side by side
            Event().wait(0.5)
        return found

    monkeypatch.setattr(side_by_side, "accept_between", noting)
    monkeypatch.setattr(accept, "take_rows", held_back)
    accept_all(batch)
    assert overtaken
    everything_came_in_once(batch)


def test_only_a_kind_whose_rows_need_nothing_of_each_other_is_taken_side_by_side(batch, monkeypatch):
    from dataclasses import replace

    from openpes.intake.choices import kind_of

    seen = lanes_seen(monkeypatch)
    monkeypatch.setattr(jobs, "kind_of", lambda code: replace(kind_of(code), side_by_side=False))
    accept_all(batch)
    everything_came_in_once(batch)
    assert seen == []
