"""Checking a file: every row is read and compared with what is registered, and nothing else is written."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language, override

from openpes.codes.queries import in_words
from openpes.engine.garbage import collector_resting
from openpes.engine.sheets import (
    Checked,
    Grid,
    HeadingsMissing,
    Outline,
    Row,
    Sheet,
    SheetRefused,
    check,
    headings_in,
    outline_of,
    proposals,
    signature_of,
)
from openpes.engine.sheets.checking import headings_of
from openpes.intake.actions.work import Tell, quiet, refuse_while_working
from openpes.intake.choices import Incoming, Kind, Remark, kind_of
from openpes.intake.models import Batch, BatchRow
from openpes.intake.queries import content_of, known_mapping, read_from, sheet_of
from openpes.intake.rules import Groups, Spelling, as_json, kept, outline_kept, worth_matching
from openpes.kernel import Actor, Refused, action, clock
from openpes.kernel.rows import insert_rows
from openpes.kernel.sensitive import seal, seal_each

AT_A_TIME = 2000
NOTHING = "[]"
Remarks = dict[int, list[Remark]]
Columns = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A file that could be read: its cells, and what its sheet says about them."""

    sheet: Sheet
    grid: Grid
    checked: Checked

    @cached_property
    def rows(self) -> list[Row]:
        """All rows, good and bad, in the order of the file, with what they say as far as it can be read."""
        return sorted([*self.checked.good, *self.checked.wrong], key=itemgetter(0))

    @cached_property
    def spelling(self) -> Spelling:
        """What makes the rows into the texts that are kept."""
        return Spelling(self.grid, headings_of(self.sheet, self.grid).places)


@action
def check_batch(*, batch: UUID, tell: Tell = quiet, by: Actor, at: datetime) -> Batch:
    """Read a file that waits to be checked, and keep its rows with what is wrong in them.

    :raises Refused: the file cannot be read, or was checked already
    """
    row = Batch.objects.visible_to(by.scope).select_for_update().get(pk=batch)
    refuse_while_working(row, at) if tell is quiet else None
    if row.state == Batch.State.RECEIVED:
        store_table(row, read_table(row, content_of(row), at), by, at, tell)
    return row


@action
def refuse_batch(*, batch: UUID, refused: Refused, by: Actor, at: datetime) -> None:
    """Keep why a file that waited to be checked cannot be read."""
    row = Batch.objects.visible_to(by.scope).select_for_update().get(pk=batch)
    row.state = Batch.State.REFUSED
    row.reasons = [{"text": str(why.text), "next_step": str(why.next_step)} for why in refused.reasons]
    row.save(update_fields=["state", "reasons"])


def read_table(batch: Batch, content: bytes, at: datetime) -> Table | Outline:
    """Read the bytes of a file, in a process of its own that no file can make large or slow.

    It is read by the mapping of the batch, else by the one that the office saved for these headings, else as its kind
    asks for it. A table whose columns are called otherwise gives its outline, for somebody to say what they mean.

    :raises Refused: it is no table, is damaged, too large, or resembles nothing of its kind
    """
    try:
        return read_from(content, lambda grid: _read(batch, grid, clock.day_of(at)))
    except SheetRefused as refused:
        raise Refused(in_words(refused.message), field="file") from None


def _read(batch: Batch, grid: Grid, on: date) -> Table | Outline:
    batch.mapping = batch.mapping or known_mapping(batch, signature_of(headings_in(grid)[1]))
    sheet = sheet_of(batch, on)
    try:
        return Table(sheet, grid, check(sheet, grid))
    except HeadingsMissing:
        outline = outline_of(grid)
        plain = kind_of(batch.kind).sheet(area=batch.area, on=on)
        if not worth_matching(plain, outline, proposals(plain, outline)):
            raise
        return outline


def store_table(batch: Batch, table: Table | Outline, by: Actor, at: datetime, tell: Tell = quiet) -> None:
    """Keep what was read: the rows with what is wrong in them, or the outline of a table to be matched."""
    if isinstance(table, Table):
        store_rows(batch, table, by, at, tell)
    else:
        ask_for_columns(batch, table)


def ask_for_columns(batch: Batch, outline: Outline) -> None:
    """Let the batch wait until somebody says what its columns mean."""
    batch.state, batch.mapping, batch.outline = Batch.State.MATCHING, None, _sealed(outline)
    batch.save(update_fields=["state", "mapping", "outline"])


def _outline(batch: Batch, table: Table) -> bytes:
    """The outline of a table whose columns may be matched anew: it was mapped, or has columns that were not read."""
    return _sealed(outline_of(table.grid)) if batch.mapping or table.checked.unknown else b""


def _sealed(outline: Outline) -> bytes:
    return seal(outline_kept(outline), context="batch.outline")


def store_rows(batch: Batch, table: Table, by: Actor, at: datetime, tell: Tell = quiet) -> None:
    """Keep every row of a table that was read, sealed, with its errors and notes; the batch is checked then."""
    with collector_resting():
        survey = _store(batch, table, by, at, tell)
    batch.state, batch.row_count, batch.outline = Batch.State.CHECKED, len(table.rows), _outline(batch, table)
    batch.good_count = len(table.rows) - len(survey.errors)
    batch.reasons = [{"unused": list(table.checked.unknown)}] if table.checked.unknown else []
    batch.save(update_fields=["state", "row_count", "good_count", "reasons", "mapping", "outline"])


def _store(batch: Batch, table: Table, by: Actor, at: datetime, tell: Tell) -> "_Survey":
    survey = _Survey(kind_of(batch.kind), batch, by, at)
    survey.take_errors(table.checked)
    rows = table.rows
    for first in range(0, len(rows), AT_A_TIME):
        part = rows[first : first + AT_A_TIME]
        survey.look_at([Incoming(*row) for row in part])
        tell(first + len(part), 2 * len(rows))
    survey.look_between()
    numbers = [row.number for row in rows]
    parts = [numbers[first : first + AT_A_TIME] for first in range(0, len(numbers), AT_A_TIME)]
    done = len(rows)
    for columns in _ahead(lambda part: survey.stored(part, table.spelling.texts(part)), parts):
        done += len(insert_rows(BatchRow, columns, count=len(columns["row_no"])))
        tell(done, 2 * len(rows))
    return survey


def _ahead(make: Callable[[list[int]], Columns], parts: Iterable[list[int]]) -> Iterator[Columns]:
    """What is made of each part; the next one is made while the database takes the one before."""
    language = get_language() or settings.LANGUAGE_CODE

    def made(part: list[int]) -> Columns:
        with override(language):  # a thread begins in the city's language
            return make(part)

    with ThreadPoolExecutor(1) as beside:
        before: Future[Columns] | None = None
        for part in parts:
            following = beside.submit(copy_context().run, made, part)
            if before:
                yield before.result()
            before = following
        if before:
            yield before.result()


class _Survey:
    """What is found out about the rows of one batch before any of them is kept."""

    def __init__(self, kind: Kind, batch: Batch, by: Actor, at: datetime) -> None:
        self.kind, self.batch, self.by, self.at = kind, batch, by, at
        self.errors: Remarks = defaultdict(list)
        self.notes: Remarks = defaultdict(list)
        self.groups = Groups(kind.grouping) if kind.grouping else None
        self.leader_of: dict[int, int] = {}

    def take_errors(self, checked: Checked) -> None:
        """Take what the sheet found in single cells and rows."""
        for error in checked.errors:
            self.errors[error.row].append(Remark(error.column, error.message.text, error.message.params))

    def look_at(self, rows: list[Incoming]) -> None:
        """Compare rows with what is registered, as far as they can be read."""
        if self.groups:
            for row in rows:
                self.groups.add(row)
        if self.kind.check_rows:
            about = self.kind.about(self.batch.subject)
            found = self.kind.check_rows(rows, area=self.batch.area, by=self.by, at=self.at, **about)
            for number, remark in found:
                (self.notes if remark.is_note else self.errors)[number].append(remark)

    def look_between(self) -> None:
        """Find rows whose leading row is missing or has an error."""
        if self.groups is None:
            return
        self.leader_of = self.groups.leader_of()
        known = self.groups.grouping.known(self.groups.without_leader(), area=self.batch.area)
        for number, remark in list(self.groups.faults(set(self.errors), known)):
            self.errors[number].append(remark)

    def stored(self, numbers: list[int], texts: Sequence[str]) -> Columns:
        """Rows as they are kept, by column."""
        return {
            "area": self.batch.area,
            "batch_id": self.batch.pk,
            "row_no": numbers,
            "leader_no": [self.leader_of.get(number) for number in numbers],
            "sealed_values": seal_each(texts, context="batchrow.values"),
            "errors": [_as_json(self.errors.get(number)) for number in numbers],
            "notes": [_as_json(self.notes.get(number)) for number in numbers],
            "became": NOTHING,
        }


def _as_json(remarks: Sequence[Remark] | None) -> str:
    return as_json([kept(remark) for remark in remarks]) if remarks else NOTHING
