"""The quick way to read a large worksheet: it says what the general reader says, or nothing at all."""

import io
import random
import zipfile
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from openpes.engine.sheets import Grid, Limits, SheetRefused, child, plain_xml, read_rows, reading
from openpes.engine.sheets.coded import CodedRows, piece_of
from openpes.engine.sheets.plain_xml import NotPlain
from tests.engine import mutants

SHEET_PART, TEXTS_PART = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def plainly(path: Path, limits: Limits = Limits()) -> tuple[str, list[list[Any]]]:
    """What the quick way says of a file, whatever its size."""
    first, *parts, _last = plain_xml.table(str(path), vars(limits))
    pieces = [{**part, "places": b64encode(part["places"]).decode()} for part in parts]
    return first["sheet"], ended([*CodedRows(map(piece_of, [first, *pieces]))])


def generally(path: Path, limits: Limits = Limits()) -> tuple[str, list[list[Any]]]:
    """What the general reader says."""
    first, *pieces, _last = child.main(str(path), vars(limits))
    return first["sheet"], ended([row for piece in pieces for row in piece])


def ended(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows without the empty cells at their ends, and without the empty rows at the end."""
    rows = [row[: max((at + 1 for at, cell in enumerate(row) if cell is not None), default=0)] for row in rows]
    return rows[: max((at + 1 for at, row in enumerate(rows) if row), default=0)]


def stored(folder: Path, content: bytes) -> Path:
    path = folder / "table.xlsx"
    path.write_bytes(content)
    return path


def written(fill: Callable[[Any, Any], None]) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        fill(book, book.add_worksheet("台账 & <一>"))
    return buffer.getvalue()


def changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with one part written otherwise."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            words = old.read(name)
            new.writestr(name, change(words.decode()) if name == part else words)
    return buffer.getvalue()


def _office_table(book: Any, page: Any) -> None:
    """Styles, borders around empty cells, heights, gaps, far columns, numbers of every look."""
    bold, text_form = book.add_format({"bold": True, "border": 1}), book.add_format({"num_format": "@"})
    money = book.add_format({"num_format": "#,##0.00"})
    page.set_row(1, 30, bold)
    page.set_column(0, 4, 20)
    rng = random.Random(2)
    for row in range(2, 400):
        if row % 7 == 0:
            continue
        page.write(row, 0, f"覃{row} & <小>", text_form)
        page.write(row, 1, f" {rng.randrange(30)} ")
        page.write_blank(row, 2, None, bold)
        page.write(row, 3, rng.choice((0, -1, 3.5, 1e-7, 123456789012345, 0.1 + 0.2, 1e20, 4.5e17)), money)
        page.write(row, 27, rng.randrange(5))
        page.write(row, 28 + row % 60, "x")
    page.merge_range(0, 0, 0, 4, "农村劳动力资源台账", bold)


def _plain_roster(_book: Any, page: Any) -> None:
    for at, row in enumerate(mutants.cells(random.Random(1))):
        for place, cell in enumerate(row):
            page.write(at, place, cell)


@pytest.mark.parametrize("fill", [_office_table, _plain_roster])
def test_the_quick_way_says_what_the_general_reader_says(fill: Callable[[Any, Any], None], tmp_path: Path) -> None:
    path = stored(tmp_path, written(fill))
    assert repr(plainly(path)) == repr(generally(path))
    assert len(generally(path)[1]) > 10


def test_of_mutated_workbooks_it_says_the_same_or_nothing(tmp_path: Path) -> None:
    said: Counter[str] = Counter()
    for number in range(900):
        kind, content = mutants.mutant(3, number)
        path = stored(tmp_path, content)
        try:
            ours = plainly(path, mutants.LIMITS)
        except Exception:
            continue
        said[kind] += 1
        assert repr(ours) == repr(generally(path, mutants.LIMITS)), (kind, number)
    assert said["meaning"] > 80 and said["xml"] > 40, said


ODD = [
    (SHEET_PART, "<v>0</v></c>", "<v>0</v><f>1+1</f></c>"),
    (SHEET_PART, "<v>0</v></c>", "<v>99999</v></c>"),
    (SHEET_PART, "<v>0</v></c>", "<v>0</v></c><!-- x -->"),
    (SHEET_PART, "<v>0</v></c>", "<v>0</v></c>stray"),
    (SHEET_PART, "<v>0</v></c>", "<v>0</v></c><c/>"),
    (SHEET_PART, "<v>0</v></c>", "<v></v></c>"),
    (SHEET_PART, 't="s"', 't="e"'),
    (SHEET_PART, 't="s"', 't="b"'),
    (SHEET_PART, 't="s"', 't="s" cm="1"'),
    (SHEET_PART, 'r="A2"', 'r="A3"'),
    (SHEET_PART, 'r="A2"', 'r="F2"'),
    (SHEET_PART, 'r="A2"', 'r="AAA2"'),
    (SHEET_PART, 'r="A2"', 'r="a2"'),
    (SHEET_PART, '<row r="2"', '<row r="1"'),
    (SHEET_PART, '<row r="2"', '<row r="02"'),
    (SHEET_PART, '<row r="2"', '<row s="2"'),
    (SHEET_PART, "<sheetData>", "<sheetData><row r='1'/>"),
    (SHEET_PART, "</sheetData>", "</sheetData><sheetData></sheetData>"),
    (SHEET_PART, "</sheetData>", ""),
    (SHEET_PART, "</row>", "</row><row>"),
    (TEXTS_PART, "<si><t>", "<si><r><t>"),
    (TEXTS_PART, "<si><t>", "<si><t>&#65;"),
    (TEXTS_PART, "<si><t>", "<si><t>_x0041_"),
    (TEXTS_PART, "<si><t>", "<si><t>\r"),
    (TEXTS_PART, "</sst>", "<x/></sst>"),
    ("xl/workbook.xml", "<sheets>", '<sheets><sheet name="y" sheetId="2" r:id="rId2"/>'),
    ("xl/workbook.xml", 'sheetId="1"', 'sheetId="1" state="hidden"'),
    ("xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" '),
    ("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/sheet2.xml"),
]


@pytest.mark.parametrize(("part", "words", "instead"), ODD)
def test_what_is_written_otherwise_is_left_to_the_general_reader(
    part: str, words: str, instead: str, tmp_path: Path
) -> None:
    sound = written(_plain_roster)
    odd = changed(sound, part, lambda whole: whole.replace(words, instead, 1))
    assert odd != changed(sound, part, str)
    with pytest.raises(NotPlain):
        plainly(stored(tmp_path, odd))


def test_a_number_in_the_format_of_a_day_is_left_to_the_general_reader(tmp_path: Path) -> None:
    def fill(book: Any, page: Any) -> None:
        page.write(0, 0, date(2026, 1, 5), book.add_format({"num_format": "yyyy-mm-dd"}))

    with pytest.raises(NotPlain, match="may be a day"):
        plainly(stored(tmp_path, written(fill)))


ROWS = 30_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that is large enough for the quick way."""

    def fill(_book: Any, page: Any) -> None:
        for row in range(ROWS):
            for place, value in enumerate((f"覃{row}", f"H{row % 97}", row, "无", "无", row % 3)):
                page.write(row, place, value)

    return stored(tmp_path_factory.mktemp("large"), written(fill))


def test_a_large_plain_workbook_arrives_by_the_column(large: Path) -> None:
    grid = read_rows(large)
    assert isinstance(grid.rows, CodedRows)
    assert (grid.sheet, len(grid.rows)) == ("台账 & <一>", ROWS)
    assert grid.rows[ROWS - 1] == [f"覃{ROWS - 1}", f"H{(ROWS - 1) % 97}", ROWS - 1, "无", "无", (ROWS - 1) % 3]


def test_a_large_workbook_that_is_plain_only_at_first_is_read_again_from_the_beginning(
    large: Path, tmp_path: Path
) -> None:
    last = "<v>2</v></c></row></sheetData>"
    content = changed(large.read_bytes(), SHEET_PART, lambda words: words.replace(last, f"<f>1+1</f>{last}"))
    path = stored(tmp_path, content)
    seen: list[int] = []

    def use(grid: Grid) -> list[Any]:
        seen.append(len(grid.rows[:5]))
        return list(grid.rows)

    rows = reading.while_read(path, use)
    assert seen == [5, 5]
    assert rows == list(read_rows(large).rows)


def test_a_far_cell_of_a_large_workbook_is_named(large: Path) -> None:
    with pytest.raises(SheetRefused, match=r"Cell F30000 stands outside the 20000 rows"):
        read_rows(large, Limits(rows=20_000))


def test_rows_are_all_there_when_what_used_them_looked_at_few(large: Path) -> None:
    kept = reading.while_read(large, lambda grid: (grid, grid.rows[:3]))[0]
    assert len(kept.rows) == ROWS
