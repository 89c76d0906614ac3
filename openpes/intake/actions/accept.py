"""Accepting a checked batch: its good rows become records through the actions of the room that offers the kind."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from openpes.engine.garbage import collector_resting
from openpes.intake.actions.work import ROWS_AT_ONCE, Tell, begin_work, quiet, refuse_while_working
from openpes.intake.choices import Accepted, Incoming, Kind, Remark, kind_of
from openpes.intake.events import BatchAccepted
from openpes.intake.models import Batch, BatchRow
from openpes.intake.queries import cells_of, sheet_of
from openpes.intake.rules import kept, remark_of, values_of_each
from openpes.kernel import Actor, Refused, action, clock, publish
from openpes.kernel.rows import array_text

AT_A_TIME = 2000
CONTRADICTION = gettext_noop(
    "This row contradicts what was registered meanwhile. Compare it with the files in question and try again."
)
OPEN = (Batch.State.CHECKED, Batch.State.ACCEPTING)
WRITE_OUTCOMES = """
UPDATE intake_batchrow AS row
SET errors = x.errors::jsonb, notes = x.notes::jsonb, became = x.became::jsonb
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS x(id, errors, notes, became)
WHERE row.id = x.id
"""
# Most rows became records and nothing else is to be said about them.
WRITE_BECAME = """
UPDATE intake_batchrow AS row SET became = x.became::jsonb
FROM unnest(%s::bigint[], %s::text[]) AS x(id, became) WHERE row.id = x.id
"""


@action
def start_accepting(*, batch: UUID, all_or_none: bool, by: Actor, at: datetime) -> Batch:
    """Accept a small batch now, or hand a large one to the worker.

    :raises Refused: as `accept_batch`
    """
    row = Batch.objects.visible_to(by.scope).defer("content").get(pk=batch)
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
    """Turn the good rows of a checked batch into records in one transaction, each row whole or not at all.

    A row that its room refuses becomes a row with an error at the column in question, and nothing of it is written.
    With `all_or_none` one such row keeps all others out, and the batch stays open with the new errors.

    :raises Refused: the batch is not open for acceptance, or has errors although the clerk wants all or none
    """
    row = Batch.objects.visible_to(by.scope).defer("content").select_for_update().get(pk=batch)
    refuse_while_working(row, at) if tell is quiet else None
    refuse_unless_open(row, all_or_none)
    faults: list[BatchRow] = []
    try:
        with transaction.atomic():
            while rows := _next_rows(row):
                faults += _take(row, rows, by, at)
                tell(row.done_count, row.good_count)
            if faults and all_or_none:
                raise _NotAllGood
            _close(row, by, at)
    except _NotAllGood:
        _keep_faults(row, faults)
    return row


@action
def accept_part(*, batch: UUID, by: Actor, at: datetime) -> Batch:
    """Turn the next good rows of a batch into records, and note how far that is; after the last ones it is accepted.

    To be called until the batch is accepted. Each call is a transaction, so a worker that is killed has lost nothing
    and goes on after the rows that were reached.

    :raises Refused: the batch is not open for acceptance
    """
    row = Batch.objects.visible_to(by.scope).defer("content").select_for_update().get(pk=batch)
    refuse_unless_open(row, all_or_none=False)
    rows = _next_rows(row)
    if rows:
        note_place(row, rows, take_rows(row, rows, by, at))
    else:
        _close(row, by, at)
    return row


def refuse_unless_open(batch: Batch, all_or_none: bool) -> None:
    """Accept only a checked batch with good rows; with `all_or_none` only one without errors.

    :raises Refused: with what to do next
    """
    if batch.state == Batch.State.ACCEPTED:
        raise Refused(_("This file has been accepted already."), next_step=_("Nothing more needs to be done."))
    if batch.state not in OPEN:
        raise Refused(
            _("This file cannot be accepted; it is “%(state)s”.") % {"state": batch.get_state_display()},
            next_step=_("Bring the file in again."),
        )
    if batch.state == Batch.State.ACCEPTING and all_or_none:
        raise Refused(
            _("A part of this file has been accepted already, so that all rows or none is no longer possible."),
            next_step=_("Go on with the good rows, or take back what was accepted."),
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


OUTCOMES = ("errors", "notes", "became")
REACHED = ("reached_row", "followers_reached", "done_count")


def _next_rows(batch: Batch) -> list[BatchRow]:
    """The good rows after those that were reached: first all that stand alone or lead, then those that follow one."""
    rows = BatchRow.objects.filter(batch=batch).good().following(batch.followers_reached)
    found = loaded(rows.filter(row_no__gt=batch.reached_row).order_by("row_no")[:AT_A_TIME])
    if found or batch.followers_reached:
        return found
    batch.followers_reached, batch.reached_row = True, 0
    return _next_rows(batch)


def loaded(good: QuerySet[BatchRow]) -> list[BatchRow]:
    """Good rows to be accepted; they have no errors and became nothing, so that neither is read."""
    rows = list(good.defer("errors", "became"))
    for row in rows:
        row.errors, row.became = [], []
    return rows


def _take(batch: Batch, rows: list[BatchRow], by: Actor, at: datetime) -> list[BatchRow]:
    """Accept rows and note on each what it became or why not; gives those that were refused."""
    refused = take_rows(batch, rows, by, at)
    _move_on(batch, rows, refused)
    return refused


def take_rows(batch: Batch, rows: list[BatchRow], by: Actor, at: datetime) -> list[BatchRow]:
    """Accept rows of a batch and note on each what it became or why not, but not on the batch; gives the refused."""
    with collector_resting():
        desk = _Desk(batch, by, at)
        desk.take(rows, _leaders_refused(batch, rows))
        _save(rows)
    return [row for row in rows if row.errors]


def note_place(batch: Batch, rows: list[BatchRow], refused: list[BatchRow]) -> None:
    """Write that the rows of a part are reached."""
    _move_on(batch, rows, refused)
    batch.state = Batch.State.ACCEPTING
    batch.save(update_fields=["state", "good_count", *REACHED])


def _move_on(batch: Batch, rows: list[BatchRow], refused: list[BatchRow]) -> None:
    batch.good_count -= len(refused)
    batch.done_count += len(rows) - len(refused)
    batch.reached_row = rows[-1].row_no


def _leaders_refused(batch: Batch, rows: list[BatchRow]) -> set[int]:
    """Which of the rows that these follow have an error by now."""
    leaders = {row.leader_no for row in rows} - {None}
    found = BatchRow.objects.filter(batch=batch, row_no__in=leaders).bad() if leaders else BatchRow.objects.none()
    return set(found.values_list("row_no", flat=True))


class _Desk:
    """Where rows of one batch become records."""

    def __init__(self, batch: Batch, by: Actor, at: datetime) -> None:
        self.kind: Kind = kind_of(batch.kind)
        self.area, self.by, self.at = batch.area, by, at
        self.about = self.kind.about(batch.subject)
        self.sheet = sheet_of(batch, clock.day_of(at))

    def take(self, rows: Sequence[BatchRow], leaders_refused: set[int]) -> None:
        """Accept rows, or write on them why not; then nothing of such a row is left."""
        ready: list[tuple[BatchRow, Incoming]] = []
        for row, (values, wrong) in zip(rows, values_of_each(self.sheet, map(cells_of, rows)), strict=True):
            faults = self._held(row, leaders_refused) or wrong
            if faults:
                row.errors = [kept(fault) for fault in faults]
            else:
                ready.append((row, Incoming(row.row_no, values)))
        self._accept(ready)

    def _held(self, row: BatchRow, leaders_refused: set[int]) -> list[Remark]:
        grouping = self.kind.grouping
        if grouping is None or row.leader_no not in leaders_refused:
            return []
        return [Remark(grouping.column, grouping.held, {"row": row.leader_no})]

    def _accept(self, ready: Sequence[tuple[BatchRow, Incoming]]) -> None:
        """Accept rows together; when the database finds a contradiction, in halves until the row is found."""
        if not ready:
            return
        try:
            with transaction.atomic():
                rows = [incoming for _row, incoming in ready]
                outcomes = self.kind.accept_rows(rows, area=self.area, by=self.by, at=self.at, **self.about)
        except IntegrityError:
            if len(ready) == 1:
                ready[0][0].errors = [kept(Remark(self.sheet.columns[0].key, CONTRADICTION))]
            else:
                self._accept(ready[: len(ready) // 2])
                self._accept(ready[len(ready) // 2 :])
            return
        for (row, _incoming), outcome in zip(ready, outcomes, strict=True):
            self._note(row, outcome)

    def _note(self, row: BatchRow, outcome: Accepted | Refused) -> None:
        if isinstance(outcome, Refused):
            row.errors = [kept(remark_of(reason, self.sheet)) for reason in outcome.reasons]
            return
        row.became = [list(reference) for reference in outcome.became]
        row.notes = [*row.notes, *(kept(note) for note in outcome.notes)]


def _save(rows: Sequence[BatchRow]) -> None:
    told = [row for row in rows if row.errors or row.notes]
    plain = [row for row in rows if not (row.errors or row.notes)]
    for statement, of, names in ((WRITE_OUTCOMES, told, OUTCOMES), (WRITE_BECAME, plain, OUTCOMES[-1:])):
        if of:
            columns = [[json.dumps(getattr(row, name)) for row in of] for name in names]
            with connection.cursor() as cursor:
                cursor.execute(statement, [array_text(cells) for cells in ([row.pk for row in of], *columns)])


def _close(batch: Batch, by: Actor, at: datetime) -> None:
    batch.state, batch.accepted_at, batch.outline = Batch.State.ACCEPTED, at, b""
    batch.save(update_fields=["state", "accepted_at", "outline", "good_count", *REACHED])
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
    batch.reached_row, batch.followers_reached, batch.done_count = 0, False, 0
    batch.save(update_fields=["good_count", *REACHED])
