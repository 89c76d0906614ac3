"""Check a grid against a sheet: find the headings, read every cell, collect right and wrong."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, repeat
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from openpes.engine.garbage import collector_resting
from openpes.engine.message import Message
from openpes.engine.sheets.coded import CodedRows, Codes
from openpes.engine.sheets.columns import ERRORS_EN, ERRORS_ZH, Column, Sheet, heading
from openpes.engine.sheets.grid import Cell, Grid, HeadingsMissing, SheetRefused, column_letters
from openpes.engine.sheets.parsers import plain_text
from openpes.engine.sheets.readers import EMPTY, FILLED, WRONG, CodedColumn

HEADINGS_WITHIN = 10  # a title and remarks may stand above the headings

Told: TypeAlias = tuple[int, dict[str, Any], list[tuple[str, Message]]]


class Row(NamedTuple):
    """A row without a mistake: its number in Excel and its values by column key (None where empty)."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class CellError:
    """What is wrong in one cell: row in Excel, column key, value as typed, the sentence."""

    row: int
    column: str
    value: str
    message: Message
    cell: str = ""


@dataclass(frozen=True)
class Checked:
    """The outcome: rows to use, mistakes by cell, where the headings stand, which are unknown.

    `wrong` are the rows with a mistake, with what they say as far as it can be read.
    """

    good: list[Row]
    errors: list[CellError]
    heading_row: int
    unknown: tuple[str, ...] = ()
    rows: int = 0
    wrong: list[Row] = field(default_factory=list)

    @property
    def bad_rows(self) -> tuple[int, ...]:
        """The numbers of the rows with a mistake."""
        return tuple(sorted({error.row for error in self.errors}))


@dataclass(frozen=True)
class Headings:
    """Where the headings stand: their row (from 0), the place of each column by key, and names not known."""

    row: int
    places: dict[str, int]
    unknown: tuple[str, ...]


def check(sheet: Sheet, grid: Grid) -> Checked:
    """Read every row under the headings; one with a mistake is never among the good, empty ones are skipped.

    :raises HeadingsMissing: a required column does not stand under any of its names
    :raises SheetRefused: headings given twice, or no rows below them
    """
    headings = headings_of(sheet, grid)
    with collector_resting():
        return _checked(sheet, grid, headings)


def _checked(sheet: Sheet, grid: Grid, headings: Headings) -> Checked:
    reading = _Reading(sheet, headings)
    rows = reading.by_column(grid.rows) if isinstance(grid.rows, CodedRows) else reading.by_row(grid.rows)
    good: list[Row] = []
    bad: list[Row] = []
    errors: list[CellError] = []
    rules, seen = sheet.row_rules, [(key, dict[Any, int]()) for key in sheet.unique]
    for number, values, wrong in rows:
        if not wrong:
            for rule in rules:
                wrong += rule(values)
            for key, first in seen:
                value = values.get(key)
                if value is not None and (before := first.setdefault(value, number)) != number:
                    wrong.append((key, Message("The same value already stands in row %(row)s.", {"row": before})))
        if wrong:
            cells = grid.rows[number - 1]
            errors += [_error(number, key, cells, headings, message) for key, message in wrong]
        (bad if wrong else good).append(Row(number, values))
    if not good and not bad:
        raise SheetRefused("There are no rows below the headings.")
    return Checked(good, errors, headings.row + 1, headings.unknown, len(good) + len(bad), bad)


class _Reading:
    """Reads row after row of a table by the columns of its sheet."""

    def __init__(self, sheet: Sheet, headings: Headings) -> None:
        readers = sheet.readers
        self.empty: dict[str, Any] = dict.fromkeys(readers)
        self.required = [column.key for column in sheet.columns if column.required]
        self.places = [(key, at, readers[key]) for key, at in headings.places.items()]
        self.readers, self.at, self.first = readers, headings.places, headings.row + 1

    def by_row(self, rows: Sequence[Sequence[Cell]]) -> Iterator[Told]:
        """The number, the values and the mistakes of each row that is not empty."""
        for number, cells in enumerate(rows[self.first :], start=self.first + 1):
            values, wrong = self.of(cells)
            if values is not None:
                yield number, values, wrong

    def by_column(self, rows: CodedRows) -> Iterator[Told]:
        """The same as `by_row`, reading each different cell of a column once."""
        columns = {
            key: CodedColumn(reader, rows, required=key in self.required)
            for key, reader in self.readers.items()
            if key in self.at
        }
        for first, piece in rows.pieces():
            above = max(self.first - first, 0)
            yield from self._piece(first + above + 1, piece[above:], columns)

    def _piece(self, number: int, codes: Codes, columns: dict[str, CodedColumn]) -> Iterator[Told]:
        short = max(self.at.values()) + 1 - codes.shape[1]
        by_column = np.pad(codes, ((0, 0), (0, max(short, 0))), constant_values=-1).T
        states = np.zeros(len(codes), np.uint8)
        values: dict[str, Iterable[Any]] = dict.fromkeys(self.empty, repeat(None))
        for key, column in columns.items():
            values[key], found = column.read(by_column[self.at[key]])
            states |= found
        lines = zip(count(number), by_column.T, states.tolist(), zip(*values.values(), strict=False), strict=False)
        mistakes = [(key, columns[key].mistakes, self.at[key]) for key in columns]
        for row, line, state, cells in lines:
            if state & FILLED:
                wrong = []
                if state & WRONG:
                    told = line.tolist()
                    wrong = [(key, of_column[told[at]]) for key, of_column, at in mistakes if told[at] in of_column]
                yield row, dict(zip(values, cells, strict=True)), wrong

    def of(self, cells: Sequence[Cell]) -> tuple[dict[str, Any] | None, list[tuple[str, Message]]]:
        """The values of a row, None when it is empty, and what is wrong in its cells in the order of the columns."""
        values, wrong, width, filled = self.empty.copy(), {}, len(cells), False
        for key, at, reader in self.places:
            if at >= width or (cell := cells[at]) is None:
                continue
            value, mistake, is_blank = reader.read(cell)
            if is_blank:
                continue
            filled = True
            if mistake is None:
                values[key] = value
            else:
                wrong[key] = mistake
        if not filled:
            return None, []
        for key in self.required:
            if values[key] is None and key not in wrong:
                wrong[key] = EMPTY
        return values, [(key, wrong[key]) for key in values if key in wrong] if wrong else []


def _error(number: int, key: str, cells: Sequence[Cell], headings: Headings, message: Message) -> CellError:
    at = headings.places.get(key)
    if at is None:
        return CellError(number, key, "", message, "")
    typed = plain_text(cells[at]) if at < len(cells) else ""
    return CellError(number, key, typed, message, f"{column_letters(at)}{number}")


def headings_of(sheet: Sheet, grid: Grid) -> Headings:
    """Find the row that holds most of the headings and where each column stands in it."""
    by_name = {heading(name): column for column in sheet.columns for name in column.names}
    top = grid.rows[:HEADINGS_WITHIN]
    if not top:
        raise SheetRefused("The worksheet is empty.")
    hits = [sum(heading(cell) in by_name for cell in row) for row in top]
    at = hits.index(max(hits))
    _refuse_twice(by_name, top[at])
    places = {by_name[heading(c)].key: i for i, c in enumerate(top[at]) if heading(c) in by_name}
    ours = {"", heading(ERRORS_ZH), heading(ERRORS_EN)}
    unknown = tuple(plain_text(c) for c in top[at] if heading(c) not in by_name and heading(c) not in ours)
    _refuse_missing(sheet, places, unknown if max(hits) else ())
    return Headings(at, places, unknown)


def _refuse_twice(by_name: dict[str, Column], row: Sequence[Cell]) -> None:
    keys = [by_name[heading(cell)] for cell in row if heading(cell) in by_name]
    twice = sorted({column.title_zh for column in keys if sum(column is other for other in keys) > 1})
    if twice:
        raise SheetRefused("These headings stand twice: %(names)s. Delete one of the columns.", names="、".join(twice))


def _refuse_missing(sheet: Sheet, places: dict[str, int], unknown: tuple[str, ...]) -> None:
    missing = [column.title_zh for column in sheet.columns if column.required and column.key not in places]
    if not missing:
        return
    names = "、".join(missing)
    if unknown:
        raise HeadingsMissing(
            "These headings are missing: %(missing)s. These are not known: %(unknown)s. "
            "Use the template, or rename the columns.",
            missing=names,
            unknown="、".join(unknown),
        )
    raise HeadingsMissing("These headings are missing: %(missing)s. Use the template.", missing=names)
