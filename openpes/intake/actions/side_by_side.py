"""Accepting parts of a large batch side by side, on a connection each, while the place that was reached stays one."""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from threading import Barrier, Event
from uuid import UUID

from django.conf import settings
from django.db import OperationalError, connection
from django.utils.translation import get_language, override

from openpes.intake.actions import accept
from openpes.intake.actions.work import Tell
from openpes.intake.models import Batch, BatchRow, BatchRowQuerySet
from openpes.kernel import Actor, action

LANES, LONGEST_SECONDS = 2, 60
# A transaction holds the lock of its part until it ends, so that the next one waits for it where the database sees it:
# should the two wait for each other, it ends one of them instead of letting both wait for ever.
TAKE_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 450103))"

Place = tuple[bool, int]


class Overtaken(Exception):
    """The place that was reached is not where this part begins; nothing of it was written."""


@dataclass(frozen=True)
class Part:
    """Good rows of one pass after one row up to another, and the place that is reached before them."""

    number: int
    before: Place
    followers: bool
    after: int
    upto: int


def accept_side_by_side(*, batch: UUID, tell: Tell, by: Actor, at: datetime) -> None:
    """Accept the good rows that are left in parts, some at once; each commits after the one before it.

    Ends early when parts got into each other's way; what was reached is exact then too, and the next part may be
    accepted alone. Whoever may cancel is heard between the parts.

    :raises Refused: as `accept_part`
    """
    for parts in _passes(batch=batch, by=by, at=at):
        try:
            _run(batch, parts, tell, by, at)
        except (Overtaken, OperationalError):
            return


@action
def accept_between(*, batch: UUID, part: Part, begun: Event, by: Actor, at: datetime) -> Batch:
    """Turn the rows of a part into records, and note the place as soon as the part before it is committed.

    :raises Refused: the batch is not open for acceptance
    :raises Overtaken: the part before it was not committed
    """
    _take_turn(batch, part.number)
    begun.set()
    row = Batch.objects.visible_to(by.scope).defer("content").get(pk=batch)
    accept.refuse_unless_open(row, all_or_none=False)
    rows = accept.loaded(_good_rows(row, part.followers).filter(row_no__gt=part.after, row_no__lte=part.upto))
    refused = accept.take_rows(row, rows, by, at)
    _take_turn(batch, part.number - 1)
    row = Batch.objects.visible_to(by.scope).defer("content").select_for_update().get(pk=batch)
    if row.state not in accept.OPEN or (row.followers_reached, row.reached_row) != part.before:
        raise Overtaken
    row.followers_reached = part.followers
    accept.note_place(row, rows, refused)
    return row


@action
def _passes(*, batch: UUID, by: Actor, at: datetime) -> list[list[Part]]:
    """The parts that are left: of the rows that stand alone or lead, then of those that follow one."""
    row = Batch.objects.visible_to(by.scope).defer("content").get(pk=batch)
    numbers, before = count(1), (row.followers_reached, row.reached_row)
    passes = []
    for followers in (True,) if row.followers_reached else (False, True):
        after = row.reached_row if followers == row.followers_reached else 0
        parts = []
        for upto in _ends(row, followers, after):
            parts.append(Part(next(numbers), before, followers, after, upto))
            before, after = (followers, upto), upto
        passes.append(parts)
    return passes


def _good_rows(batch: Batch, followers: bool) -> BatchRowQuerySet:
    return BatchRow.objects.filter(batch=batch).good().following(followers).order_by("row_no")


def _ends(batch: Batch, followers: bool, after: int) -> Iterator[int]:
    """The last row of each part."""
    numbers = list(_good_rows(batch, followers).filter(row_no__gt=after).values_list("row_no", flat=True))
    for first in range(0, len(numbers), accept.AT_A_TIME):
        yield numbers[first : first + accept.AT_A_TIME][-1]


def _run(batch: UUID, parts: Sequence[Part], tell: Tell, by: Actor, at: datetime) -> None:
    going: deque[Future[Batch]] = deque()
    language = get_language() or settings.LANGUAGE_CODE
    with ThreadPoolExecutor(LANES) as lanes:
        try:
            for part in parts:
                if len(going) == LANES:
                    _tell(going.popleft(), tell)
                begun = Event()
                going.append(lanes.submit(copy_context().run, _in_lane, language, batch, part, begun, by, at))
                begun.wait()
            while going:
                _tell(going.popleft(), tell)
        finally:
            gate = Barrier(LANES)  # so that each lane gets one
            wait([lanes.submit(_close, gate) for _ in range(LANES)])


def _tell(part: Future[Batch], tell: Tell) -> None:
    row = part.result()
    tell(row.done_count, row.good_count)


def _in_lane(language: str, batch: UUID, part: Part, begun: Event, by: Actor, at: datetime) -> Batch:
    try:
        with override(language):  # a thread begins in the city's language
            return accept_between(batch=batch, part=part, begun=begun, by=by, at=at)
    finally:
        begun.set()


def _close(gate: Barrier) -> None:
    try:
        gate.wait(LONGEST_SECONDS)
    finally:
        connection.close()  # of this thread


def _take_turn(batch: UUID, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(TAKE_TURN, [f"{batch} {number}"])
