"""Official returns as Excel workbooks: a sheet a table with its title, what it is about, its columns and its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpes.engine.sheets.writing import free_tab, workbook

WIDTH_OF_ROWS, WIDTH_OF_CELLS = 38, 14


@dataclass(frozen=True)
class ReturnRow:
    """A row: its name, how deep it stands, whether it is a sum; without cells nothing is recorded about it."""

    name: str
    depth: int
    is_sum: bool
    cells: tuple[int | Decimal | str | None, ...] | None


@dataclass(frozen=True)
class ReturnPage:
    """A table as the form has it; `told` stands below the title, `foot` below the rows.

    `head_rows` are the headings where they stand in more than one row: each with its columns and rows.
    """

    tab: str
    title: str
    told: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[ReturnRow, ...]
    unrecorded: str
    foot: str
    head_rows: tuple[tuple[tuple[str, int, int], ...], ...] = ()


def returns_workbook(pages: Sequence[ReturnPage]) -> bytes:
    """An Excel workbook with one sheet a table; numbers are numbers, shares and ratios have two decimals."""
    buffer = BytesIO()
    with workbook(buffer) as book:
        styles, taken = _styles(book), set[str]()
        for page in pages:
            sheet = book.add_worksheet(free_tab(page.tab, taken))
            sheet.set_column(0, 0, WIDTH_OF_ROWS)
            sheet.set_column(1, len(page.headings) - 1, WIDTH_OF_CELLS)
            sheet.fit_to_pages(1, 0)
            sheet.set_paper(9)  # A4
            _write(sheet, page, styles)
    return buffer.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    line = {"border": 1, "valign": "vcenter"}
    forms: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14, "align": "center"},
        "told": {"font_color": "#525D6D"},
        "heading": {**line, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#E8EEF5"},
        "count": {**line, "num_format": "#,##0"},
        "decimal": {**line, "num_format": "0.00"},
        "none": {**line, "align": "right", "font_color": "#525D6D"},
        "name0": line, "name1": {**line, "indent": 1}, "name2": {**line, "indent": 2},
        "sum": {**line, "bold": True},
    }  # fmt: skip
    return {name: book.add_format(form) for name, form in forms.items()}


def _write(sheet: Any, page: ReturnPage, styles: dict[str, Any]) -> None:
    last = len(page.headings) - 1
    sheet.merge_range(0, 0, 0, last, page.title, styles["title"])
    sheet.merge_range(1, 0, 1, last, "　".join(page.told), styles["told"])
    heads = page.head_rows or (tuple((heading, 1, 1) for heading in page.headings),)
    _write_heads(sheet, heads, styles["heading"])
    below = 2 + len(heads)
    sheet.freeze_panes(below, 1)
    for at, row in enumerate(page.rows, below):
        sheet.write_string(at, 0, row.name, styles["sum" if row.is_sum else f"name{row.depth}"])
        if row.cells is None:
            sheet.merge_range(at, 1, at, last, page.unrecorded, styles["none"])
            continue
        for column, cell in enumerate(row.cells, 1):
            if cell is None or isinstance(cell, str):
                sheet.write_string(at, column, cell or "–", styles["none"])
            else:
                sheet.write_number(at, column, cell, styles["count" if isinstance(cell, int) else "decimal"])
    sheet.merge_range(len(page.rows) + below, 0, len(page.rows) + below, last, page.foot, styles["told"])


def _write_heads(sheet: Any, heads: Sequence[Sequence[tuple[str, int, int]]], style: Any) -> None:
    """Headings from the third line on, each in the first place that none above it takes."""
    taken: set[tuple[int, int]] = set()
    for line, row in enumerate(heads, 2):
        at = 0
        for text, columns, lines in row:
            while (line, at) in taken:
                at += 1
            taken |= {(line + down, at + right) for down in range(lines) for right in range(columns)}
            if columns == lines == 1:
                sheet.write_string(line, at, text, style)
            else:
                sheet.merge_range(line, at, line + lines - 1, at + columns - 1, text, style)
