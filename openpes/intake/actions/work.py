"""Long work on a batch: begun once, done by the worker, told while it runs, taken up again when it was killed."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from openpes.intake.models import Batch
from openpes.intake.rules import work_goes_on
from openpes.kernel import Actor, Refused, action, defer, long_work
from openpes.kernel.models import LongWork

Tell = Callable[[int, int], None]
PARTS_TOLD = 200
ROWS_AT_ONCE = 2000
HOLD = "SELECT pg_try_advisory_lock(hashtextextended(%s, 450102))"


def quiet(done: int, total: int) -> None:
    """Progress of work that nobody waits for."""


@action
def begin_work(
    *, batch: UUID, job: str, title: str, arguments: Mapping[str, Any] = MappingProxyType({}), by: Actor, at: datetime
) -> UUID:
    """Hand work on a batch to the worker, in the present transaction; `arguments` go to the job as they are.

    :raises Refused: other work on the batch still runs
    """
    row = Batch.objects.visible_to(by.scope).select_for_update().get(pk=batch)
    refuse_while_working(row, at)
    row.work_id = long_work.start(title=title, total=row.row_count, account=by.id, at=at)
    told = {"batch": str(row.pk), "work": str(row.work_id), "account": by.id, "scope": by.scope, **arguments}
    row.work_call = {"job": job, "arguments": told}
    row.save(update_fields=["work_id", "work_call"])
    defer(job, **told)
    return row.work_id


@action
def resume_work(*, by: Actor, at: datetime) -> int:
    """Hand the work of a worker that was killed to the worker again; returns how many were lying about.

    Work in progress is held by a lock of the connection that tells its progress, so the lock is free when its
    process is gone. Work that waits is left alone until it has waited for ten minutes.
    """
    open_works = LongWork.objects.filter(state__in=long_work.OPEN).order_by("started_at", "id")
    calls = {
        row.work_id: row.work_call
        for row in Batch.objects.visible_to(by.scope).filter(work_id__in=[work.pk for work in open_works])
    }
    lost = [work for work in open_works if work.pk in calls and _is_lost(work, at)]
    for work in lost:
        long_work.progress(work.pk, done=work.done, at=at)
        defer(calls[work.pk]["job"], once=f"intake {work.pk}", **calls[work.pk]["arguments"])
    return len(lost)


def refuse_while_working(batch: Batch, at: datetime) -> None:
    """Let nobody touch a batch on which the worker works.

    :raises Refused: work on the batch waits or runs
    """
    work = LongWork.objects.filter(pk=batch.work_id).first() if batch.work_id else None
    if work and work_goes_on(work.state, work.changed_at, at):
        raise Refused(
            _("The platform is still working on this file."),
            next_step=_("Wait until the progress on its page has ended."),
        )


class Cancelled(Exception):
    """Somebody asked to cancel the work; what it has not committed is rolled back."""


class HeldByAnother(Exception):
    """The work has ended, or another job does it at this moment; there is nothing to do."""


@contextmanager
def progress_of(work: UUID, now: Callable[[], datetime]) -> Iterator[Tell]:
    """Tell the progress of a work at once, on a connection of its own, whatever the main transaction does.

    Ends the work as done, cancelled, or failed with the words of the refusal; an unexpected error is raised on.

    :raises Refused: as the work inside
    :raises HeldByAnother: the work has ended, or another job does it
    """
    with long_work.side_line() as line:
        if not _hold(line, work):
            raise HeldByAnother

        told = 0

        def tell(done: int, total: int) -> None:
            nonlocal told
            if told < done < total and done - told < total / PARTS_TOLD:
                return
            told = done
            if long_work.progress(work, done=done, total=total or None, at=now(), line=line):
                raise Cancelled

        try:
            yield tell
            long_work.finish(work, at=now(), line=line)
        except Cancelled:
            long_work.finish(work, at=now(), state=LongWork.State.CANCELLED, line=line)
        except Refused as refused:
            long_work.finish(work, at=now(), state=LongWork.State.FAILED, message=str(refused), line=line)
            raise
        except Exception:
            words = _("An unexpected error; nothing was changed.")
            long_work.finish(work, at=now(), state=LongWork.State.FAILED, message=words, line=line)
            raise


@action
def cancel_work(*, batch: UUID, by: Actor, at: datetime) -> None:
    """Ask the worker to stop its work on a batch; the part that it is at is rolled back."""
    row = Batch.objects.visible_to(by.scope).get(pk=batch)
    work = LongWork.objects.filter(pk=row.work_id).first()
    if work:
        long_work.ask_cancel(work.pk, account=work.account_id, at=at)


def _hold(line: BaseDatabaseWrapper, work: UUID) -> bool:
    """Take the work for this connection, which keeps it until it closes; False when it is taken or has ended."""
    with line.cursor() as cursor:
        cursor.execute(HOLD, [str(work)])
        free = bool(cursor.fetchone()[0])
        cursor.execute(f"SELECT 1 FROM {long_work.TABLE} WHERE id = %s AND state = ANY(%s)", [work, [*long_work.OPEN]])
        return free and cursor.fetchone() is not None


def _is_lost(work: LongWork, at: datetime) -> bool:
    if work.state == LongWork.State.WAITING:
        return not work_goes_on(work.state, work.changed_at, at)
    with long_work.side_line() as line:
        return _hold(line, work.pk)
