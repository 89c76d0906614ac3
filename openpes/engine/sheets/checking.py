"""Check a grid against a sheet: find the headings, read every cell, collect right and wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from openpes.engine.message import Message
from openpes.engine.sheets.columns import ERRORS_EN, ERRORS_ZH, Column, Sheet, heading
from openpes.engine.sheets.grid import Cell, Grid, HeadingsMissing, SheetRefused, column_letters
from openpes.engine.sheets.parsers import plain_text

EMPTY = Message("This cell must be filled in.")
HEADINGS_WITHIN = 10  # a title and remarks may stand above the headings


@dataclass(frozen=True)
class Row:
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
    """The outcome: rows to use, mistakes by cell, where the headings stand, which are unknown."""

    good: list[Row]
    errors: list[CellError]
    heading_row: int
    unknown: tuple[str, ...] = ()
    rows: int = 0

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


@dataclass
class _Seen:
    """The values of the columns that may hold a value only once, with the row that had it first."""

    first: dict[tuple[str, Any], int] = field(default_factory=dict)

    def errors(self, sheet: Sheet, number: int, values: dict[str, Any]) -> list[tuple[str, Message]]:
        found = []
        for key in sheet.unique:
            if (value := values.get(key)) is None:
                continue
            first = self.first.setdefault((key, value), number)
            if first != number:
                found.append((key, Message("The same value already stands in row %(row)s.", {"row": first})))
        return found


def check(sheet: Sheet, grid: Grid) -> Checked:
    """Read every row under the headings; one with a mistake is never among the good, empty ones are skipped.

    :raises HeadingsMissing: a required column does not stand under any of its names
    :raises SheetRefused: headings given twice, or no rows below them
    """
    headings = headings_of(sheet, grid)
    reading = _Reading(sheet, headings)
    good: list[Row] = []
    errors: list[CellError] = []
    seen, count = _Seen(), 0
    for number, cells in enumerate(grid.rows[headings.row + 1 :], start=headings.row + 2):
        values, told_wrong = reading.of(cells)
        if values is None:
            continue
        count += 1
        wrong = told_wrong or _row_errors(sheet, number, values, seen)
        if wrong:
            used = {key: cells[at] if at < len(cells) else None for key, at in headings.places.items()}
            errors += [_error(number, key, used, headings, message) for key, message in wrong]
        else:
            good.append(Row(number, values))
    if not count:
        raise SheetRefused("There are no rows below the headings.")
    return Checked(good, errors, headings.row + 1, headings.unknown, count)


class _Reading:
    """Reads row after row of a table by the columns of its sheet."""

    def __init__(self, sheet: Sheet, headings: Headings) -> None:
        readers = sheet.readers
        self.empty: dict[str, Any] = dict.fromkeys(readers)
        self.required = [column.key for column in sheet.columns if column.required]
        self.places = [(key, at, readers[key].read) for key, at in headings.places.items()]

    def of(self, cells: Sequence[Cell]) -> tuple[dict[str, Any] | None, list[tuple[str, Message]]]:
        """The values of a row, None when it is empty, and what is wrong in its cells in the order of the columns."""
        values, wrong, width, filled = self.empty.copy(), {}, len(cells), False
        for key, at, read in self.places:
            if at >= width or (cell := cells[at]) is None:
                continue
            value, mistake, is_blank = read(cell)
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


def _row_errors(sheet: Sheet, number: int, values: dict[str, Any], seen: _Seen) -> list[tuple[str, Message]]:
    wrong = [found for rule in sheet.row_rules for found in rule(values)]
    return wrong + seen.errors(sheet, number, values)


def _error(number: int, key: str, used: dict[str, Cell], headings: Headings, message: Message) -> CellError:
    at = headings.places.get(key)
    cell = f"{column_letters(at)}{number}" if at is not None else ""
    return CellError(number, key, plain_text(used.get(key)), message, cell)


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
