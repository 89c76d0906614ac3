"""Long work on a batch: begun once, done by the worker, with progress that others see while it runs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from openpes.intake.models import Batch
from openpes.intake.rules import work_goes_on
from openpes.kernel import Actor, Refused, action, defer
from openpes.kernel.models import LongWork

Tell = Callable[[int, int], None]
PARTS_TOLD = 200
ROWS_AT_ONCE = 2000


def quiet(done: int, total: int) -> None:
    """Progress of work that nobody waits for."""


@action
def begin_work(
    *, batch: UUID, job: str, title: str, arguments: Mapping[str, Any] = MappingProxyType({}), by: Actor, at: datetime
) -> LongWork:
    """Hand work on a batch to the worker, in the present transaction; `arguments` go to the job as they are.

    :raises Refused: other work on the batch still runs
    """
    row = Batch.objects.visible_to(by.scope).select_for_update().get(pk=batch)
    refuse_while_working(row, at)
    work = LongWork.objects.create(
        id=uuid4(), account_id=by.id, title=title, total=row.row_count, started_at=at, changed_at=at
    )
    row.work_id = work.pk
    row.save(update_fields=["work_id"])
    defer(job, batch=str(row.pk), work=str(work.pk), account=by.id, scope=by.scope, **arguments)
    return work


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
    """Somebody asked to cancel the work; everything that it did is rolled back."""


@contextmanager
def progress_of(work: UUID, now: Callable[[], datetime]) -> Iterator[Tell]:
    """Tell the progress of a work at once, on a connection of its own, whatever the main transaction does.

    Ends the work as done, cancelled, or failed with the words of the refusal; an unexpected error is raised on.

    :raises Refused: as the work inside
    """
    line = connection.copy()

    def tell(done: int, total: int) -> None:
        due = done == total or done % max(total // PARTS_TOLD, 1) == 0
        if due and _write(line, work, now(), done=done, total=total):
            raise Cancelled

    try:
        _write(line, work, now(), state=LongWork.State.RUNNING)
        yield tell
        _write(line, work, now(), state=LongWork.State.DONE)
    except Cancelled:
        _write(line, work, now(), state=LongWork.State.CANCELLED)
    except Refused as refused:
        _write(line, work, now(), state=LongWork.State.FAILED, message=str(refused)[:500])
        raise
    except Exception:
        _write(line, work, now(), state=LongWork.State.FAILED, message=_("An unexpected error; nothing was changed."))
        raise
    finally:
        line.close()


@action
def cancel_work(*, batch: UUID, by: Actor, at: datetime) -> None:
    """Ask the worker to stop its work on a batch; what it did so far is rolled back."""
    row = Batch.objects.visible_to(by.scope).get(pk=batch)
    LongWork.objects.filter(pk=row.work_id).update(cancel_asked=True, changed_at=at)


def _write(line: BaseDatabaseWrapper, work: UUID, at: datetime, **changes: Any) -> bool:
    """Change the row of a work; tells whether somebody asked to cancel it."""
    names = ", ".join(f"{name} = %s" for name in changes)
    sentence = f"UPDATE {LongWork._meta.db_table} SET {names}, changed_at = %s WHERE id = %s RETURNING cancel_asked"
    with line.cursor() as cursor:
        cursor.execute(sentence, [*changes.values(), at, work])
        found = cursor.fetchone()
    return bool(found and found[0])
