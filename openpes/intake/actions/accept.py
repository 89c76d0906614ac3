"""Accepting a checked batch: its good rows become records through the actions of the room that offers the kind."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from openpes.intake.actions.work import ROWS_AT_ONCE, Tell, begin_work, quiet, refuse_while_working
from openpes.intake.choices import Kind, Remark, kind_of
from openpes.intake.events import BatchAccepted
from openpes.intake.models import Batch, BatchRow
from openpes.intake.queries import cells_of
from openpes.intake.rules import kept, remark_of, values_from
from openpes.kernel import Actor, Refused, action, clock, publish

AT_A_TIME = 500
CONTRADICTION = gettext_noop(
    "This row contradicts what was registered meanwhile. Compare it with the files in question and try again."
)


@action
def start_accepting(*, batch: UUID, all_or_none: bool, by: Actor, at: datetime) -> Batch:
    """Accept a small batch now, or hand a large one to the worker.

    :raises Refused: as `accept_batch`
    """
    row = Batch.objects.visible_to(by.scope).get(pk=batch)
    if row.good_count <= ROWS_AT_ONCE:
        return accept_batch(batch=batch, all_or_none=all_or_none, by=by, at=at)
    refuse_unless_open(row, all_or_none)
    begin_work(
        batch=batch, job="intake.accept", title=row.file_name, by=by, at=at, arguments={"all_or_none": all_or_none}
    )
    return row


class _NotAllGood(Exception):
    """Rolls back the good rows when the clerk wants all or none."""


@action
def accept_batch(
    *, batch: UUID, all_or_none: bool = False, tell: Tell = quiet, by: Actor, at: datetime
) -> Batch:
    """Turn the good rows of a checked batch into records, each row whole or not at all.

    A row that its room refuses becomes a row with an error at the column in question, and nothing of it is written.
    With `all_or_none` one such row keeps all others out, and the batch stays open with the new errors.

    :raises Refused: the batch is not open for acceptance, or has errors although the clerk wants all or none
    """
    row = Batch.objects.visible_to(by.scope).select_for_update().get(pk=batch)
    refuse_while_working(row, at) if tell is quiet else None
    refuse_unless_open(row, all_or_none)
    try:
        with transaction.atomic():
            faults = _accept_rows(row, by, at, tell)
            if faults and all_or_none:
                raise _NotAllGood
            _close(row, by, at)
    except _NotAllGood:
        _keep_faults(row, faults)
    return row


def refuse_unless_open(batch: Batch, all_or_none: bool) -> None:
    """Accept only a checked batch with good rows; with `all_or_none` only one without errors.

    :raises Refused: with what to do next
    """
    if batch.state == Batch.State.ACCEPTED:
        raise Refused(_("This file has been accepted already."), next_step=_("Nothing more needs to be done."))
    if batch.state != Batch.State.CHECKED:
        raise Refused(
            _("This file cannot be accepted; it is “%(state)s”.") % {"state": batch.get_state_display()},
            next_step=_("Bring the file in again."),
        )
    if batch.purged_at:
        raise Refused(
            _("The content of this file is no longer kept."), next_step=_("Bring the file in again.")
        )
    if not batch.good_count:
        raise Refused(
            _("No row of this file is free of errors."),
            next_step=_("Take the marked file, mend it and bring it in again."),
        )
    if all_or_none and batch.bad_count:
        raise Refused(
            ngettext(
                "Nothing was accepted, because %(n)s row has an error and you chose all rows or none.",
                "Nothing was accepted, because %(n)s rows have errors and you chose all rows or none.",
                batch.bad_count,
            )
            % {"n": batch.bad_count},
            next_step=_("Take the marked file, mend it and bring it in again; or accept the good rows only."),
        )


def _accept_rows(batch: Batch, by: Actor, at: datetime, tell: Tell) -> list[BatchRow]:
    """Accept each good row behind a savepoint of its own; gives the rows that were refused."""
    desk = _Desk(kind_of(batch.kind), batch.area, by, at)
    refused: list[BatchRow] = []
    waiting: list[BatchRow] = []
    for done, row in enumerate(_good_rows(batch), start=1):
        desk.take(row)
        if row.errors:
            refused.append(row)
        waiting.append(row)
        if len(waiting) >= AT_A_TIME:
            _save(waiting)
        tell(done, batch.good_count)
    _save(waiting)
    batch.good_count -= len(refused)
    return refused


def _good_rows(batch: Batch) -> Iterator[BatchRow]:
    return BatchRow.objects.filter(batch=batch).good().leaders_first().iterator(AT_A_TIME)


class _Desk:
    """Where rows of one batch become records, one after the other."""

    def __init__(self, kind: Kind, area: str, by: Actor, at: datetime) -> None:
        self.kind, self.area, self.by, self.at = kind, area, by, at
        self.sheet = kind.sheet(area=area, on=clock.day_of(at))
        self.stopped: set[int] = set()

    def take(self, row: BatchRow) -> None:
        """Accept a row, or write on it why not; then nothing of it is left."""
        faults = self._held(row) or self._accept(row)
        if faults:
            row.errors = [kept(fault) for fault in faults]
            self.stopped.add(row.row_no)

    def _held(self, row: BatchRow) -> list[Remark]:
        grouping = self.kind.grouping
        if grouping is None or row.leader_no not in self.stopped:
            return []
        return [Remark(grouping.column, grouping.held, {"row": row.leader_no})]

    def _accept(self, row: BatchRow) -> list[Remark]:
        values, wrong = values_from(self.sheet, cells_of(row))
        if wrong:
            return wrong
        try:
            with transaction.atomic():
                outcome = self.kind.accept_row(values, area=self.area, by=self.by, at=self.at)
        except Refused as refused:
            return [remark_of(reason, self.sheet) for reason in refused.reasons]
        except IntegrityError:
            return [Remark(self.sheet.columns[0].key, CONTRADICTION)]
        row.became = [list(reference) for reference in outcome.became]
        row.notes = [*row.notes, *(kept(note) for note in outcome.notes)]
        return []


def _save(rows: list[BatchRow]) -> None:
    BatchRow.objects.bulk_update(rows, ["errors", "notes", "became"])
    rows.clear()


def _close(batch: Batch, by: Actor, at: datetime) -> None:
    batch.state, batch.accepted_at = Batch.State.ACCEPTED, at
    batch.save(update_fields=["state", "accepted_at", "good_count"])
    publish(
        BatchAccepted(
            batch=str(batch.pk),
            kind=batch.kind,
            area=batch.area,
            accepted=batch.good_count,
            rejected=batch.bad_count,
            by=by.id,
            at=at,
        )
    )


def _keep_faults(batch: Batch, faults: list[BatchRow]) -> None:
    """The batch stays open: only the new errors are kept of what was tried."""
    for row in faults:
        row.became = []
    BatchRow.objects.bulk_update(faults, ["errors"])
    batch.save(update_fields=["good_count"])
