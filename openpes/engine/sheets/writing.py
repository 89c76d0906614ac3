"""Workbooks to give out: an empty template to fill in, and a filled-in one with what is wrong in each row."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from openpes.engine.sheets.checking import CellError, headings_of
from openpes.engine.sheets.columns import ERRORS_EN, ERRORS_ZH, Column, Sheet, heading
from openpes.engine.sheets.grid import Cell, Grid, column_letters

Language = Literal["zh", "en"]
Translate = Callable[[str], str]

ROWS_TO_FILL = 5000
LIST_CHARACTERS = 255  # Excel takes no longer list in the cell rule itself
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDEST, NARROWEST = 40, 10


@dataclass(frozen=True)
class PlainPage:
    """One table: its title, its headings, its rows."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def template_workbook(
    sheet: Sheet, language: Language, translate: Translate = str, rows: Iterable[Mapping[str, Cell]] = ()
) -> bytes:
    """Return an .xlsx to fill in: headings with help, drop-downs, text format where digits must stay.

    Required columns carry a star. `translate` turns the few English sentences of the template into the language.
    `rows` stand below the headings already, each as the cells of its columns by key; nothing in them is a formula.
    """
    buffer = BytesIO()
    with workbook(buffer) as book:
        page = book.add_worksheet(_tab(sheet.title(language)))
        lists = _Lists(book)
        styles = _Styles(book)
        for at, column in enumerate(sheet.columns):
            page.write_string(0, at, _heading(column, language), styles.required if column.required else styles.heading)
            page.set_column(at, at, column.width, styles.text if column.as_text else None)
            if column.help(language):
                page.write_comment(0, at, column.help(language), {"x_scale": 2})
            if column.choices:
                labels = [option.label(language) for option in column.choices]
                page.data_validation(1, at, ROWS_TO_FILL, at, lists.rule(labels, translate))
        page.freeze_panes(1, 0)
        for number, cells in enumerate(rows, 1):
            for at, column in enumerate(sheet.columns):
                _write_cell(page, number, at, cells.get(column.key), styles, marked=False)
    return buffer.getvalue()


def annotated_workbook(
    sheet: Sheet, grid: Grid, errors: list[CellError], language: Language, translate: Translate = str
) -> bytes:
    """Return the same rows with a red column at the end that says per row what is wrong; wrong cells are marked.

    Nothing in it is a formula, whatever was typed. A column of mistakes from an earlier round is replaced.

    :raises SheetRefused: the grid has not the headings of the sheet
    """
    buffer = BytesIO()
    with workbook(buffer) as book:
        page = book.add_worksheet(_tab(grid.sheet))
        styles = _Styles(book)
        headings = headings_of(sheet, grid).row
        kept = _columns_kept(grid, headings)
        wrong = {error.cell for error in errors}
        for row, cells in enumerate(grid.rows):
            for at, place in enumerate(kept):
                cell = cells[place] if place < len(cells) else None
                _write_cell(page, row, at, cell, styles, marked=f"{column_letters(place)}{row + 1}" in wrong)
        _write_errors(page, len(kept), headings, _sentences(sheet, errors, language, translate), styles, language)
    return buffer.getvalue()


def plain_workbook(pages: Sequence[PlainPage]) -> bytes:
    """An Excel workbook of tables; no text in it becomes a formula, a link or a number by its look."""
    buffer = BytesIO()
    with workbook(buffer) as book:
        styles, taken = _Styles(book), set[str]()
        for page in pages:
            sheet = book.add_worksheet(free_tab(page.title, taken))
            sheet.freeze_panes(1, 0)
            for at, heading in enumerate(page.headings):
                sheet.write_string(0, at, heading, styles.heading)
                sheet.set_column(at, at, max(NARROWEST, min(WIDEST, 2 * len(heading) + 4)))
            for row, cells in enumerate(page.rows, start=1):
                for at, cell in enumerate(cells):
                    _write_cell(sheet, row, at, cell, styles, marked=False)
    return buffer.getvalue()


def workbook(buffer: BytesIO) -> xlsxwriter.Workbook:
    """A workbook to write into; close it, or use it in a `with`."""
    # No text becomes a formula, a link or a number by its look.
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(buffer, {"in_memory": True, **plain})


class _Styles:
    """The cell formats of one workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        heading = {"bold": True, "bg_color": "#E8EEF5", "border": 1, "text_wrap": True, "valign": "vcenter"}
        self.heading = book.add_format(heading)
        self.required = book.add_format({**heading, "font_color": "#B00020"})
        self.text = book.add_format({"num_format": "@"})
        red: dict[str, Any] = {"bg_color": "#FDE7E9", "font_color": "#B00020"}
        forms: dict[str, dict[str, Any]] = {
            "text": {"num_format": "@"},
            "quoted": {"num_format": "@", "quote_prefix": True},
            "number": {},
            "date": {"num_format": "yyyy-mm-dd"},
            "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
            "time": {"num_format": "hh:mm:ss"},
        }
        self._formats = {
            (kind, marked): book.add_format({**form, **(red if marked else {})})
            for kind, form in forms.items()
            for marked in (False, True)
        }
        self.error = book.add_format({"font_color": "#B00020", "text_wrap": True, "quote_prefix": True})
        self.error_heading = book.add_format({**heading, "font_color": "#FFFFFF", "bg_color": "#B00020"})

    def of(self, kind: str, marked: bool) -> Any:
        """Return the format of a kind of cell."""
        return self._formats[kind, marked]


class _Lists:
    """The drop-downs of a template: short ones in the rule, long ones on a hidden sheet of their own."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._page: Any = None
        self._columns = 0

    def rule(self, labels: list[str], translate: Translate) -> dict[str, Any]:
        """Return the cell rule for a list of labels."""
        rule = {
            "validate": "list",
            "error_title": translate("Not among the choices"),
            "error_message": translate("Choose one of the entries of the list."),
        }
        if len(",".join(labels)) <= LIST_CHARACTERS and not any("," in label for label in labels):
            return {**rule, "source": labels}
        return {**rule, "source": self._range(labels)}

    def _range(self, labels: list[str]) -> str:
        if self._page is None:
            self._page = self._book.add_worksheet("lists")
            self._page.hide()
        column, self._columns = self._columns, self._columns + 1
        for row, label in enumerate(labels):
            self._page.write_string(row, column, label)
        return f"=lists!{xl_range_abs(0, column, len(labels) - 1, column)}"


def _heading(column: Column, language: Language) -> str:
    return column.title(language) + ("*" if column.required else "")


def _errors_title(language: Language) -> str:
    return ERRORS_ZH if language == "zh" else ERRORS_EN


def _tab(title: str) -> str:
    """Reduce a title to what Excel allows as the name of a worksheet."""
    allowed = "".join("_" if character in "[]:*?/\\" else character for character in title).strip("'")
    return allowed[:31] or "Sheet1"


def free_tab(title: str, taken: set[str]) -> str:
    """A name of a worksheet that none of those taken has; it is taken then."""
    name, number = _tab(title), 2
    while name.lower() in taken:
        name, number = _tab(f"{number} {title}"), number + 1
    taken.add(name.lower())
    return name


def _columns_kept(grid: Grid, headings: int) -> list[int]:
    """Return the places of the columns to write back: all but those of mistakes found earlier."""
    earlier = {heading(ERRORS_ZH), heading(ERRORS_EN)}
    names = grid.rows[headings]
    width = max(len(cells) for cells in grid.rows)
    return [at for at in range(width) if at >= len(names) or heading(names[at]) not in earlier]


def _write_cell(page: Any, row: int, at: int, cell: Cell, styles: _Styles, *, marked: bool) -> None:
    if cell is None:
        if marked:
            page.write_blank(row, at, None, styles.of("text", marked))
    elif isinstance(cell, bool):
        page.write_boolean(row, at, cell, styles.of("number", marked))
    elif isinstance(cell, int | float | Decimal):
        page.write_number(row, at, cell, styles.of("number", marked))
    elif isinstance(cell, date | time):
        kind = "moment" if isinstance(cell, datetime) else "date" if isinstance(cell, date) else "time"
        page.write_datetime(row, at, cell, styles.of(kind, marked))
    else:
        kind = "quoted" if cell.startswith(FORMULA_STARTS) else "text"
        page.write_string(row, at, cell, styles.of(kind, marked))


def _write_errors(
    page: Any, at: int, headings: int, sentences: dict[int, str], styles: _Styles, language: Language
) -> None:
    page.write_string(headings, at, _errors_title(language), styles.error_heading)
    for number, sentence in sentences.items():
        page.write_string(number - 1, at, sentence, styles.error)
    page.set_column(at, at, 60)


def _sentences(sheet: Sheet, errors: list[CellError], language: Language, translate: Translate) -> dict[int, str]:
    """Return for each row number what is wrong in it, one line a cell."""
    lines: dict[int, list[str]] = {}
    for error in errors:
        title = sheet.column(error.column).title(language)
        lines.setdefault(error.row, []).append(f"{title}: {error.message.translated(translate)}")
    return {number: "\n".join(of_row) for number, of_row in lines.items()}
