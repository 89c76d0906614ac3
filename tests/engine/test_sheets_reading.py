"""Files as people and attackers send them: read whole, or refused in words, and never at the server's cost."""

import resource
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from openpes.engine.sheets import Grid, Limits, SheetRefused, read_rows

SMALL = Limits(rows=1000, columns=50, unpacked_bytes=8 * 1024 * 1024, memory_bytes=384 * 1024 * 1024, seconds=20)


def book(path: Path, cells: dict[str, Any], sheet: str = "名册") -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        page = workbook.add_worksheet(sheet)
        for place, value in cells.items():
            page.write(place, value)
    return path


def with_worksheet(path: Path, xml: bytes) -> Path:
    """Write a workbook whose only worksheet is this XML, without any other of its parts changed."""
    plain = BytesIO()
    with xlsxwriter.Workbook(plain) as workbook:
        workbook.add_worksheet()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, xml if name == "xl/worksheets/sheet1.xml" else source.read(name))
    return path


def worksheet(cells: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{namespace}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def refusal(path: Path, limits: Limits = SMALL) -> str:
    with pytest.raises(SheetRefused) as refused:
        read_rows(path, limits)
    assert str(refused.value) == str(refused.value.message)
    return str(refused.value)


def test_cells_come_as_they_stand_from_the_first_row_and_column(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {"B2": "姓名", "C2": 3.5, "B4": True, "D4": datetime.fromisoformat("1988-07-01"), "C4": "=1+1"},
    )
    grid = read_rows(path, SMALL)
    assert grid == Grid(
        "名册",
        [
            [None, None, None, None],
            [None, "姓名", 3.5, None],
            [None, None, None, None],
            [None, True, 0.0, date(1988, 7, 1)],
        ],
    )


def test_a_workbook_of_openpyxl_reads_the_same(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["姓名", "金额"])
    workbook.active.append(["李四", 12])
    workbook.save(tmp_path / "o.xlsx")
    assert read_rows(tmp_path / "o.xlsx", SMALL).rows == [["姓名", "金额"], ["李四", 12]]


def test_a_hidden_worksheet_is_passed_over(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "h.xlsx") as workbook:
        hidden, shown = workbook.add_worksheet("lists"), workbook.add_worksheet("名册")
        hidden.write("A1", "secret")
        shown.write("A1", "shown")
        shown.activate()
        hidden.hide()
    assert read_rows(tmp_path / "h.xlsx", SMALL) == Grid("名册", [["shown"]])


def test_a_bomb_of_zeros_is_refused_by_its_directory(tmp_path: Path) -> None:
    path = with_worksheet(tmp_path / "bomb.xlsx", worksheet("<row/>" * 50_000 + " " * 60_000_000))
    assert path.stat().st_size < 100_000
    assert refusal(path).startswith("The workbook unpacks to 58 MB in ")


def test_a_bomb_whose_directory_lies_about_its_size_is_refused_while_unpacking(tmp_path: Path) -> None:
    path = with_worksheet(tmp_path / "liar.xlsx", worksheet(" " * 60_000_000))
    raw = bytearray(path.read_bytes())
    true_size, false_size = (
        (len(worksheet(" " * 60_000_000))).to_bytes(4, "little"),
        (1000).to_bytes(4, "little"),
    )
    assert raw.count(true_size) == 2
    path.write_bytes(bytes(raw).replace(true_size, false_size))
    assert "unpacks to more than 8 MB" in refusal(path) or "damaged" in refusal(path)


@pytest.mark.parametrize("first", ['<row r="1"><c r="A1"><v>1</v></c></row>', ""])
def test_a_single_cell_at_the_far_corner_is_named(tmp_path: Path, first: str) -> None:
    xml = worksheet(first + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    path = with_worksheet(tmp_path / "far.xlsx", xml)
    assert path.stat().st_size < 6000
    assert refusal(path, Limits()).startswith("Cell XFD1048576 stands outside the 200100 rows and 200 columns")


def test_a_far_cell_without_a_value_does_no_harm(tmp_path: Path) -> None:
    xml = worksheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>')
    assert read_rows(with_worksheet(tmp_path / "styled.xlsx", xml), SMALL).rows == [[1]]


def test_one_row_or_column_too_many_is_refused_with_the_limit(tmp_path: Path) -> None:
    assert "1000 rows and 50 columns" in refusal(book(tmp_path / "rows.xlsx", {"A1": 1, "A1001": 1}))
    assert "Cell AY1 stands" in refusal(book(tmp_path / "columns.xlsx", {"A1": 1, "AY1": 1}))
    assert len(read_rows(book(tmp_path / "fits.xlsx", {"A1": 1, "AX1000": 1}), SMALL).rows) == 1000


def test_a_sheet_that_needs_more_memory_than_allowed_is_refused_and_the_server_stays_as_it_was(
    tmp_path: Path,
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path = book(tmp_path / "wide.xlsx", {"A1": 1, "ZZ99999": 1})
    wide = Limits(rows=100_000, columns=702, memory_bytes=256 * 1024 * 1024, seconds=30)
    assert refusal(path, wide).startswith("Reading the workbook needs more than 256 MB of memory.")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_reading_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    row = "<row>" + '<c t="inlineStr"><is><t>南宁市青秀区</t></is></c>' * 40 + "</row>"
    with_worksheet(tmp_path / "slow.xlsx", worksheet(row * 49_000))
    limits = Limits(seconds=1, memory_bytes=2 * 1024**3)
    assert refusal(tmp_path / "slow.xlsx", limits) == (
        "Reading the workbook took longer than 1 seconds. Split it into several files."
    )


OTHER_FILES = {
    "empty": (b"", "The file is empty."),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This is not an Excel file."),
    "web page": (b"<html><table><tr><td>a,b</td></tr></table></html>", "This is not an Excel file."),
    "pdf": (b"%PDF-1.7 ...", "This is a PDF"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "workbook of the old kind (.xls)"),
    "protected workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500),
        "protected by a password",
    ),
    "zip that ends early": (b"PK\x03\x04" + bytes(100), "damaged or was not sent completely"),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHER_FILES)
def test_another_kind_of_file_is_refused_by_its_kind(tmp_path: Path, kind: str) -> None:
    content, sentence = OTHER_FILES[kind]
    (tmp_path / "x.xlsx").write_bytes(content)
    assert sentence in refusal(tmp_path / "x.xlsx")


TEXT_TABLES = {
    "csv in UTF-8": ("utf-8-sig", ","),
    "csv of WPS in GB18030": ("gb18030", ","),
    "csv of another country": ("utf-8", ";"),
    "unicode text of Excel": ("utf-16", "\t"),
}


@pytest.mark.parametrize("kind", TEXT_TABLES)
def test_a_text_table_is_read_as_texts_whatever_its_letters_and_separators(tmp_path: Path, kind: str) -> None:
    encoding, sign = TEXT_TABLES[kind]
    lines = ["姓名,身份证号,备注", '李四,="450102198503090012",两 行', "王五,007,", ",,"]
    (tmp_path / "x.csv").write_bytes("\r\n".join(lines).replace(",", sign).encode(encoding))
    grid = read_rows(tmp_path / "x.csv")
    assert grid.rows == [
        ["姓名", "身份证号", "备注"],
        ["李四", "450102198503090012", "两 行"],
        ["王五", "007", None],
    ]


def test_a_text_table_with_too_many_columns_or_nothing_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wide.csv").write_text("a," * 300)
    assert "stands outside" in refusal(tmp_path / "wide.csv")
    (tmp_path / "blank.csv").write_text(" , \n,,\n")
    assert "is empty" in refusal(tmp_path / "blank.csv")


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_a_truncated_workbook_is_refused_as_damaged(tmp_path: Path, kept: float) -> None:
    whole = book(tmp_path / "a.xlsx", {"A1": "x" * 100}).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: int(len(whole) * kept)])
    assert "damaged or was not sent completely" in refusal(tmp_path / "cut.xlsx")


def test_a_workbook_with_damaged_inside_is_refused_as_damaged(tmp_path: Path) -> None:
    path = with_worksheet(tmp_path / "inside.xlsx", b"<worksheet><sheetData><row><c><v>1</v></worksheet>")
    assert "damaged" in refusal(path)


def test_another_office_file_in_a_zip_is_not_an_excel_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "word.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    assert "This is not an Excel file." in refusal(tmp_path / "word.xlsx")


def test_a_protected_zip_is_refused_as_protected(tmp_path: Path) -> None:
    path = book(tmp_path / "p.xlsx", {"A1": 1})
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 8] |= 1
    path.write_bytes(raw)
    assert "protected by a password" in refusal(path)


def test_an_empty_worksheet_is_named(tmp_path: Path) -> None:
    assert refusal(book(tmp_path / "e.xlsx", {}, "空表")) == "The worksheet “空表” is empty."


def test_a_file_over_the_size_limit_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    (tmp_path / "big.xlsx").write_bytes(b"PK\x03\x04" + bytes(3 * 1024 * 1024))
    assert refusal(tmp_path / "big.xlsx", Limits(file_bytes=1024 * 1024)).startswith("The file has 4 MB; at most 1 MB")


def test_twenty_thousand_rows_are_read_whole(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "many.xlsx", {"constant_memory": True}) as workbook:
        page = workbook.add_worksheet()
        for row in range(20_001):
            page.write_row(row, 0, [f"村民{row}", str(450102199001010000 + row), row, row / 4])
    grid = read_rows(tmp_path / "many.xlsx")
    assert len(grid.rows) == 20_001
    assert grid.rows[20_000] == ["村民20000", "450102199001030000", 20_000, 5000]
