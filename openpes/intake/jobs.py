"""What the worker does with files that came in: check, accept and undo large ones, forget old content."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from openpes.intake.actions import (
    accept_batch,
    accept_part,
    check_batch,
    purge_content,
    refuse_batch,
    resume_work,
    undo_batch,
)
from openpes.intake.actions.side_by_side import accept_side_by_side
from openpes.intake.actions.work import HeldByAnother, Tell, progress_of
from openpes.intake.choices import kind_of
from openpes.intake.models import Batch
from openpes.kernel import Actor, Refused, clock, job
from openpes.kernel.action import PLATFORM

SIDE_BY_SIDE_FROM = 10_000


@job("intake.check")
def check(batch: str, work: str, account: int, scope: str) -> None:
    """Read and check a large file; one that cannot be read is kept as refused, with the reasons."""
    by = Actor(id=account, scope=scope)
    try:
        _work(check_batch, batch, work, by)
    except Refused as refused:
        refuse_batch(batch=UUID(batch), refused=refused, by=by, at=clock.now())


@job("intake.accept")
def accept(batch: str, work: str, account: int, scope: str, all_or_none: bool) -> None:
    """Accept a large batch; a refusal stands on its page.

    The good rows come in in parts, each committed with the place that was reached; all rows or none are one part.
    """
    act = accept_batch if all_or_none else _accept_in_parts
    arguments = {"all_or_none": True} if all_or_none else {}
    _work_or_say(act, batch, work, Actor(id=account, scope=scope), **arguments)


@job("intake.undo")
def undo(batch: str, work: str, account: int, scope: str) -> None:
    """Take back a large batch; a refusal stands on its page."""
    _work_or_say(undo_batch, batch, work, Actor(id=account, scope=scope))


@job("intake.resume", every="* * * * *")
def resume() -> None:
    """Go on with the work of a worker that was killed."""
    resume_work(by=PLATFORM, at=clock.now())


@job("intake.purge", every="17 3 * * *")
def purge() -> None:
    """Forget the content of old files."""
    purge_content(by=PLATFORM, at=clock.now())


def _accept_in_parts(*, batch: UUID, tell: Tell, by: Actor, at: datetime) -> None:
    tell(0, 0)  # somebody may have asked to cancel before it began
    while (part := accept_part(batch=batch, by=by, at=at)).state != Batch.State.ACCEPTED:
        tell(part.done_count, part.good_count)
        if kind_of(part.kind).side_by_side and part.good_count - part.done_count >= SIDE_BY_SIDE_FROM:
            accept_side_by_side(batch=batch, tell=tell, by=by, at=at)


def _work(act: Callable[..., Any], batch: str, work: str, by: Actor, **arguments: Any) -> None:
    with suppress(HeldByAnother), progress_of(UUID(work), clock.now) as tell:
        act(batch=UUID(batch), by=by, at=clock.now(), tell=tell, **arguments)


def _work_or_say(act: Callable[..., Any], batch: str, work: str, by: Actor, **arguments: Any) -> None:
    with suppress(Refused):  # its words are on the work, which the batch's page shows
        _work(act, batch, work, by, **arguments)
