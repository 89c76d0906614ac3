"""What the worker does with files that came in: check, accept and undo large ones, forget old content."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from openpes.intake.actions import accept_batch, check_batch, purge_content, refuse_batch, undo_batch
from openpes.intake.actions.work import progress_of
from openpes.kernel import Actor, Refused, clock, job
from openpes.kernel.action import PLATFORM


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
    """Accept a large batch; a refusal stands on its page."""
    _work_or_say(accept_batch, batch, work, Actor(id=account, scope=scope), all_or_none=all_or_none)


@job("intake.undo")
def undo(batch: str, work: str, account: int, scope: str) -> None:
    """Take back a large batch; a refusal stands on its page."""
    _work_or_say(undo_batch, batch, work, Actor(id=account, scope=scope))


@job("intake.purge", every="17 3 * * *")
def purge() -> None:
    """Forget the content of old files."""
    purge_content(by=PLATFORM, at=clock.now())


def _work(act: Callable[..., Any], batch: str, work: str, by: Actor, **arguments: Any) -> None:
    with progress_of(UUID(work), clock.now) as tell:
        act(batch=UUID(batch), by=by, at=clock.now(), tell=tell, **arguments)


def _work_or_say(act: Callable[..., Any], batch: str, work: str, by: Actor, **arguments: Any) -> None:
    try:
        _work(act, batch, work, by, **arguments)
    except Refused:
        return  # its words are on the work, which the batch's page shows
