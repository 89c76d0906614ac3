"""The tables of a report as every page and file prints them: titles, columns, rows with their names, depth and key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.codes.queries import in_language, occupation_label
from openpes.engine.indicators import KEYS, TABLES, UNRECORDED, Gap, OfficialRow, Tables
from openpes.engine.indicators.agencies import COLUMNS as FORM_COLUMNS
from openpes.engine.indicators.agencies import FORM, ROW, Cells, FormColumn
from openpes.engine.indicators.names import ROWS_EN, ROWS_ZH, TITLES
from openpes.statistics.choices import Origin

FORM_TITLE = ("职业介绍机构工作情况", "Work of employment agencies")
FORM_ROWS_EN = {row.name: row.name_en for row in ROW.values()}
ORIGINS = {"上期结转": Origin.CARRIED, "本期新增": Origin.NEW}
SHORTAGE, SURPLUS = 6, 7


@dataclass(frozen=True)
class PrintedRow:
    """A row: its official name, its key, how deep it stands under others, its cells in the order of the columns.

    A cell is a number of persons, a decimal as printed, a word for what nobody measures, or nothing. `recorded` is not
    where no register tells it.
    """

    row: str
    key: str
    depth: int
    cells: tuple[int | Decimal | str | None, ...]
    origin: str = Origin.ALL
    recorded: bool = True
    is_sum: bool = False

    @property
    def name(self) -> str:
        """The row in the language of the reader."""
        return row_name(self.row)


@dataclass(frozen=True)
class Head:
    """One heading over columns or rows of headings, the first over the names of the rows."""

    text: str
    columns: int = 1
    rows: int = 1
    is_first: bool = False


@dataclass(frozen=True)
class PrintedTable:
    """A table: its number, the names of its columns (`demand`, `demand_pct`, …) and its rows.

    The number is that of the quarterly report, or `FORM` for the one table of the annual form.
    """

    number: int | str
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]

    @property
    def title(self) -> str:
        """The title in the language of the reader."""
        return in_language(*FORM_TITLE) if isinstance(self.number, str) else in_language(*TITLES[self.number])

    @property
    def unrecorded(self) -> str:
        """What stands in a row of which no register tells."""
        return _("not yet measured") if self.number == FORM else _("not recorded yet")

    @property
    def head_rows(self) -> list[list[Head]]:
        """The headings as they stand, in one row, or in two where columns have a heading together."""
        first, *others = self.headings
        if self.number != FORM:
            return [[Head(first, is_first=True), *map(Head, others)]]
        upper, lower, seen = [Head(first, rows=2, is_first=True)], [], set()
        for column in FORM_COLUMNS:
            group = in_language(column.group, column.group_en)
            if not group:
                upper.append(Head(in_language(column.name, column.name_en), rows=2))
            elif group not in seen:
                seen.add(group)
                upper.append(Head(group, columns=sum(one.group == column.group for one in FORM_COLUMNS)))
            if group:
                lower.append(Head(in_language(column.name, column.name_en)))
        return [upper, lower]

    @property
    def headings(self) -> list[str]:
        """What stands over the columns, the one of the rows first."""
        if self.number == FORM:
            return [_("Run by"), *map(_form_heading, FORM_COLUMNS)]
        told = column_names()
        first = _("Occupation (minor class)") if self.number in (SHORTAGE, SURPLUS) else _("Item")
        return [first, *(told[column] for column in self.columns)]


def column_names() -> dict[str, str]:
    """Every column in the language of the reader."""
    return {
        "code": _("Code"),
        "demand": _("Demand (places)"),
        "demand_pct": _("Share of demand, %"),
        "seekers": _("Job seekers"),
        "seekers_pct": _("Share of seekers, %"),
        "gap": _("Gap"),
        "ratio": _("Ratio of demand to seekers"),
    }


def row_name(row: str) -> str:
    """An official row in the language of the reader; a code of an occupation becomes its name."""
    if row[:1].isdigit() and row not in ROWS_EN:
        return occupation_label(row)
    return in_language(ROWS_ZH.get(row, row), ROWS_EN.get(row, FORM_ROWS_EN.get(row, row)))


def printed_form(cells: Cells) -> PrintedTable:
    """The one table of the annual form of employment agencies."""
    columns = tuple(column.key for column in FORM_COLUMNS)
    lines = (
        PrintedRow(
            row.name, row.key, row.depth, tuple(cells[row.key][column] for column in columns),
            recorded=row.measured, is_sum=bool(row.parts),
        )
        for row in ROW.values()
    )  # fmt: skip
    return PrintedTable(FORM, columns, tuple(lines))


def _form_heading(column: FormColumn) -> str:
    group, name = in_language(column.group, column.group_en), in_language(column.name, column.name_en)
    return pgettext("heading", "%(group)s: %(name)s") % {"group": group, "name": name} if group else name


def printed_tables(tables: Tables) -> tuple[PrintedTable, ...]:
    """All twelve, in the order of the form."""
    grouped = {number: _grouped(number, rows) for number, rows in tables.grouped.items()}
    made = {
        1: _overall(tables.overall),
        SHORTAGE: _gaps(SHORTAGE, tables.shortage),
        SURPLUS: _gaps(SURPLUS, tables.surplus),
        **grouped,
    }
    return tuple(made[number] for number in sorted(made))


def as_stored(tables: tuple[PrintedTable, ...]) -> list[dict[str, Any]]:
    """The tables as they are sealed and given out: plain values, decimals as they are printed."""
    return [
        {
            "table": table.number,
            "columns": list(table.columns),
            "rows": [
                {
                    "row": line.row,
                    "key": line.key,
                    "depth": line.depth,
                    "recorded": line.recorded,
                    "cells": [str(cell) if isinstance(cell, Decimal) else cell for cell in line.cells],
                }
                for line in table.rows
            ],
        }
        for table in tables
    ]


def from_stored(stored: Sequence[Mapping[str, Any]]) -> tuple[PrintedTable, ...]:
    """The tables that `as_stored` kept."""
    return tuple(
        PrintedTable(table["table"], tuple(table["columns"]), tuple(_stored_row(line) for line in table["rows"]))
        for table in stored
    )


def _stored_row(line: Mapping[str, Any]) -> PrintedRow:
    cells = tuple(Decimal(cell) if isinstance(cell, str) and "." in cell else cell for cell in line["cells"])
    origin, total = ORIGINS.get(line["row"], Origin.ALL), not line["key"] and line["row"] not in ORIGINS
    total = total or (line["key"] in ROW and bool(ROW[line["key"]].parts))
    return PrintedRow(line["row"], line["key"], line["depth"], cells, origin, line["recorded"], total)


def _overall(rows: tuple[OfficialRow, ...]) -> PrintedTable:
    columns = ("demand", "seekers", "ratio")
    lines = (
        PrintedRow(
            row.row, "", 0, _cells(row, columns), ORIGINS.get(row.row, Origin.ALL), is_sum=row.row not in ORIGINS
        )
        for row in rows
    )
    return PrintedTable(1, columns, tuple(lines))


def _grouped(number: int, rows: tuple[OfficialRow, ...]) -> PrintedTable:
    table = TABLES[number]
    shares = [name for side in table.sides for name in (side, f"{side}_pct")]
    columns = (*shares, "ratio") if len(table.sides) == 2 else tuple(shares)
    found = {row.row: row for row in rows}
    lines = []
    for key, row in KEYS[number].items():
        if key in UNRECORDED.get(number, ()):
            lines.append(PrintedRow(row, key, 0, (None,) * len(columns), recorded=False))
        elif row in found:
            lines.append(PrintedRow(row, key, _depth(number, row), _cells(found[row], columns)))
    total = rows[-1]
    return PrintedTable(number, columns, (*lines, PrintedRow(total.row, "", 0, _cells(total, columns), is_sum=True)))


def _gaps(number: int, gaps: tuple[Gap, ...]) -> PrintedTable:
    columns = ("demand", "seekers", "gap", "ratio")
    return PrintedTable(
        number,
        columns,
        tuple(PrintedRow(gap.code, gap.code, 0, (gap.demand, gap.seekers, gap.gap, gap.ratio)) for gap in gaps),
    )


def _depth(number: int, row: str) -> int:
    parent = TABLES[number].parent(row)
    return 1 + _depth(number, parent) if parent else 0


def _cells(row: OfficialRow, columns: tuple[str, ...]) -> tuple[int | Decimal | None, ...]:
    return tuple(getattr(row, column) for column in columns)


def figure_of(table: PrintedTable, line: PrintedRow, column: str) -> dict[str, str]:
    """How the address of the rows behind a cell names it; empty for a cell that has none."""
    if column not in ("demand", "seekers") or not line.recorded or line.cells[table.columns.index(column)] is None:
        return {}
    told = {"side": column, "table": str(table.number), "row": line.key, "origin": line.origin}
    return {name: value for name, value in told.items() if value and not (name == "table" and table.number == 1)}
