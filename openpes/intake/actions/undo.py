"""Taking back: a batch that became records, a batch that shall become none, content that is old."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.engine.parameters import parameters
from openpes.intake.actions.work import ROWS_AT_ONCE, Tell, begin_work, quiet, refuse_while_working
from openpes.intake.choices import Kind, kind_of
from openpes.intake.events import BatchDropped, BatchUndone
from openpes.intake.models import Batch, BatchRow
from openpes.kernel import Actor, Reason, Refused, action, clock, publish

ROWS_NAMED = 10
AT_A_TIME = 2000
DROPPABLE = (Batch.State.RECEIVED, Batch.State.MATCHING, Batch.State.CHECKED, Batch.State.REFUSED)


@action
def undo_batch(*, batch: UUID, tell: Tell = quiet, by: Actor, at: datetime) -> Batch:
    """Take back everything that an accepted batch became, newest first; the journal keeps both.

    :raises Refused: the batch is not accepted, or other records depend on some of its rows by now (all are named)
    """
    row = Batch.objects.visible_to(by.scope).defer("content").select_for_update().get(pk=batch)
    refuse_while_working(row, at) if tell is quiet else None
    _refuse_unless_accepted(row)
    undone = _undo_rows(row, by, at, tell)
    row.state, row.undone_at = Batch.State.UNDONE, at
    row.save(update_fields=["state", "undone_at"])
    publish(BatchUndone(batch=str(row.pk), kind=row.kind, area=row.area, rows=undone, by=by.id, at=at))
    return row


@action
def start_undoing(*, batch: UUID, by: Actor, at: datetime) -> Batch:
    """Take back a small batch now, or hand a large one to the worker.

    :raises Refused: as `undo_batch`
    """
    row = Batch.objects.visible_to(by.scope).get(pk=batch)
    if row.good_count <= ROWS_AT_ONCE:
        return undo_batch(batch=batch, by=by, at=at)
    _refuse_unless_accepted(row)
    begin_work(batch=batch, job="intake.undo", title=row.file_name, by=by, at=at)
    return row


@action
def drop_batch(*, batch: UUID, by: Actor, at: datetime) -> Batch:
    """Give up a batch that is not accepted; its content and its rows are gone at once.

    :raises Refused: the batch became records already, or work on it goes on
    """
    row = Batch.objects.visible_to(by.scope).select_for_update().get(pk=batch)
    refuse_while_working(row, at)
    if row.state not in DROPPABLE:
        raise Refused(
            _("Only a file that was not accepted yet can be dropped."),
            next_step=_("Take the batch back instead, if nothing depends on it."),
        )
    BatchRow.objects.filter(batch=row).delete()
    row.state, row.content, row.outline, row.purged_at = Batch.State.DROPPED, b"", b"", at
    row.save(update_fields=["state", "content", "outline", "purged_at"])
    publish(BatchDropped(batch=str(row.pk), kind=row.kind, area=row.area, by=by.id, at=at))
    return row


@action
def purge_content(*, by: Actor, at: datetime) -> int:
    """Forget the personal values of files older than the dated number of days `import_content_days`.

    What the rows became stays known, so that a batch can still be taken back. Returns the number of files.
    """
    days = parameters().value("import_content_days", clock.day_of(at))
    old = Batch.objects.visible_to(by.scope).filter(received_at__lt=at - timedelta(days=days), purged_at=None)
    numbers = list(old.values_list("pk", flat=True))
    BatchRow.objects.filter(batch__in=numbers).update(sealed_values=b"", notes=[])
    return Batch.objects.filter(pk__in=numbers).update(content=b"", outline=b"", purged_at=at)


def _refuse_unless_accepted(batch: Batch) -> None:
    if batch.state not in (Batch.State.ACCEPTED, Batch.State.ACCEPTING):
        raise Refused(
            _("Only an accepted file can be taken back; this one is “%(state)s”.")
            % {"state": batch.get_state_display()}
        )


def _undo_rows(batch: Batch, by: Actor, at: datetime, tell: Tell) -> int:
    """Take the rows back from the last to the first, those that follow another one before it."""
    rows = BatchRow.objects.filter(batch=batch).exclude(became=[])
    total, desk = rows.count(), _Desk(kind_of(batch.kind), by, at)
    for following in (True, False):
        part = rows.following(following).order_by("-row_no")
        for some in _in_parts(part.values_list("row_no", "leader_no", "became").iterator(AT_A_TIME)):
            desk.take(some)
            tell(desk.done, total)
    if desk.kept:
        raise Refused(*_reasons(sorted(desk.kept, key=lambda pair: pair[0])))
    rows.update(became=[])
    return total


Made = tuple[int, int | None, list]


def _in_parts(rows: Iterable[Made]) -> Iterator[list[Made]]:
    waiting = iter(rows)
    while part := list(islice(waiting, AT_A_TIME)):
        yield part


class _Desk:
    """Where rows are taken back; `kept` are those that cannot be, and why."""

    def __init__(self, kind: Kind, by: Actor, at: datetime) -> None:
        self.kind, self.by, self.at = kind, by, at
        self.done = 0
        self.kept: list[tuple[int, Refused]] = []
        self.leading: set[int | None] = set()  # rows that stay only because a row which follows them stays

    def take(self, rows: list[Made]) -> None:
        """Take rows back together; when one of them cannot be, in halves until it is found."""
        self._undo([row for row in rows if row[0] not in self.leading])
        self.done += len(rows)

    def _undo(self, rows: list[Made]) -> None:
        if not rows:
            return
        try:
            with transaction.atomic():
                made = [[(label, pk) for label, pk in became] for _row, _leader, became in rows]
                self.kind.undo_rows(made, by=self.by, at=self.at)
        except Refused as refused:
            if len(rows) == 1:
                ((row, leader, _became),) = rows
                self.kept.append((row, refused))
                self.leading.add(leader)
                return
            self._undo(rows[: len(rows) // 2])
            self._undo(rows[len(rows) // 2 :])


def _reasons(kept: list[tuple[int, Refused]]) -> list[Reason]:
    named = [
        Reason(_("Row %(row)s cannot be taken back: %(why)s") % {"row": row, "why": refused})
        for row, refused in kept[:ROWS_NAMED]
    ]
    more = len(kept) - ROWS_NAMED
    if more > 0:
        named.append(
            Reason(ngettext("And %(n)s more row.", "And %(n)s more rows.", more) % {"n": more})
        )
    return named
