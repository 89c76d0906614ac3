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
    cells: tuple[int | Decimal | None, ...] | None


@dataclass(frozen=True)
class ReturnPage:
    """A table as the form has it; `told` stands below the title, `foot` below the rows."""

    tab: str
    title: str
    told: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[ReturnRow, ...]
    unrecorded: str
    foot: str


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
    for at, heading in enumerate(page.headings):
        sheet.write_string(2, at, heading, styles["heading"])
    sheet.freeze_panes(3, 1)
    for at, row in enumerate(page.rows, 3):
        sheet.write_string(at, 0, row.name, styles["sum" if row.is_sum else f"name{row.depth}"])
        if row.cells is None:
            sheet.merge_range(at, 1, at, last, page.unrecorded, styles["none"])
            continue
        for column, cell in enumerate(row.cells, 1):
            if cell is None:
                sheet.write_string(at, column, "–", styles["none"])
            else:
                sheet.write_number(at, column, cell, styles["count" if isinstance(cell, int) else "decimal"])
    sheet.merge_range(len(page.rows) + 3, 0, len(page.rows) + 3, last, page.foot, styles["told"])
