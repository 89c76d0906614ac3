"""Long work: begun by somebody, done by a job, watched and cancelled on its own page.

A job that commits in parts writes its progress as it goes. A job that is one transaction gives `side_line()` to
`progress` and `finish`, so that the page sees them before the transaction ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from openpes.kernel.models import LongWork

TABLE = LongWork._meta.db_table
OPEN = (LongWork.State.WAITING, LongWork.State.RUNNING)


def start(*, title: str, total: int, account: int, at: datetime) -> UUID:
    """Write down that work waits for the worker; the caller then defers the job with this number."""
    work = LongWork(id=uuid4(), account_id=account, title=title, total=total, started_at=at, changed_at=at)
    work.save(force_insert=True)
    return work.pk


def progress(
    work: UUID, *, done: int, at: datetime, total: int | None = None, line: BaseDatabaseWrapper | None = None
) -> bool:
    """Write how much is done, and of how much when that was not known at the start.

    True when somebody asked to cancel, so the job stops and finishes as cancelled.
    """
    state = LongWork.State.RUNNING
    changes = f"done = %s, total = coalesce(%s, total), state = %s, changed_at = %s WHERE id = %s AND {_open()}"
    found = _change(work, line, changes, done, total, state, at)
    return bool(found and found[0])


def finish(
    work: UUID,
    *,
    at: datetime,
    state: LongWork.State = LongWork.State.DONE,
    message: str = "",
    result_url: str = "",
    line: BaseDatabaseWrapper | None = None,
) -> None:
    """Write how the work ended; the first end counts."""
    changes = f"state = %s, message = %s, result_url = %s, changed_at = %s WHERE id = %s AND {_open()}"
    _change(work, line, changes, state, message[:500], result_url, at)


def ask_cancel(work: UUID, *, account: int, at: datetime) -> bool:
    """Ask the job to stop; False when this account has no such work that still goes on."""
    mine = LongWork.objects.filter(pk=work, account_id=account, state__in=OPEN)
    return bool(mine.update(cancel_asked=True, changed_at=at))


def seconds_left(work: LongWork, at: datetime) -> int | None:
    """How long the rest takes if it goes on as so far; None as long as nothing is done."""
    if work.state not in OPEN or not work.done or not work.total:
        return None
    passed = (work.changed_at - work.started_at).total_seconds()
    whole = passed * work.total / work.done
    return max(round(whole - (at - work.started_at).total_seconds()), 0)


@contextmanager
def side_line() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own, whose writes are seen at once, whatever the main transaction does."""
    line = connection.copy()
    try:
        yield line
    finally:
        line.close()


def _open() -> str:
    return f"state IN ('{OPEN[0].value}', '{OPEN[1].value}')"


def _change(work: UUID, line: BaseDatabaseWrapper | None, changes: str, *values: Any) -> tuple | None:
    with (line or connection).cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET {changes} RETURNING cancel_asked", [*values, work])
        return cursor.fetchone()
