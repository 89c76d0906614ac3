"""The process that opens a table: run by path, bounded in memory and time, it prints the cells as lines of JSON.

It imports nothing of the product, so that its memory is what the workbook needs.
"""

import csv
import importlib.util
import io
import json
import os
import re
import resource
import sys
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

# A cell with a value in a far column or row. An empty cell with only a style does no harm.
FAR_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{3}\d{1,7}|[A-Z]{1,3}\d{6,7})"[^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b'
)
# Nearly all pieces of a worksheet have no such reference at all, which is quickly seen.
FAR_REFERENCE = re.compile(rb'r="(?:[A-Z]{3}\d|[A-Z]{1,3}\d{6})')
CHUNK, OVERLAP = 1 << 20, 4096
ROWS_AT_A_TIME = 500
AS_THEY_ARE = frozenset({str, int, float, bool})
SEPARATORS = ",;\t"
LARGE = 4 << 20  # from here on it pays to try the quick way first
WORKSHEETS = "xl/worksheets/"
KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)  # how exports keep Excel from making a number of a text


class Refused(Exception):
    """The workbook cannot be read; the first argument is a code that the caller turns into a sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.answer = {"refused": code, "params": params}


def main(path: str, limits: dict[str, int]) -> Iterator[Any]:
    """Read a text table, or the first visible worksheet: first its name, then its rows from A1 in pieces."""
    if not zipfile.is_zipfile(path):
        yield from text_table(path, limits)
        return
    unpack_within(path, limits)
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_path(path)
    except PasswordError:
        raise Refused("password") from None
    visible = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if not visible:
        raise Refused("no_sheet")
    sheet = workbook.get_sheet_by_name(visible[0])
    if sheet.end is None:
        raise Refused("no_cells", sheet=visible[0])
    refuse_far(sheet.end[0] + 1, sheet.end[1] + 1, limits)
    yield {"sheet": visible[0]}
    before = [None] * (sheet.start[1] if sheet.start else 0)  # the reader begins with the first column that is used
    rows = sheet.iter_rows()
    while piece := [before + plain_row(row) for row in islice(rows, ROWS_AT_A_TIME)]:
        yield piece
    yield {"rows": sheet.end[0] + 1}


def answer(path: str, limits: dict[str, int]) -> Iterator[Any]:
    """What the process tells when it may be quick: a large plain worksheet by the column, else as `main` does.

    A large one that turns out to be written otherwise is to be read `again`.
    """
    if is_large(path):
        try:
            for part in quick_way().table(path, limits):
                yield {**part, "places": b64encode(part["places"]).decode()} if "places" in part else part
        except Exception:  # whatever is odd about the file, the general reader says what it is
            yield {"again": True}
        return
    yield from main(path, limits)


def is_large(path: str) -> bool:
    """Whether it is a workbook with a large worksheet, as far as its directory tells the truth."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(part.filename.startswith(WORKSHEETS) and part.file_size > LARGE for part in archive.infolist())
    except Exception:
        return False


def quick_way() -> Any:
    """The module beside this one; the process knows no package."""
    spec = importlib.util.spec_from_file_location("plain_xml", Path(__file__).with_name("plain_xml.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_table(path: str, limits: dict[str, int]) -> Iterator[Any]:
    """Read lines of separated texts: UTF-8, UTF-16 or GB18030, as WPS and Excel write them."""
    words = decoded(Path(path).read_bytes()).replace("\x00", "")
    head = words[: 1 << 16]
    separator = max(SEPARATORS, key=lambda sign: (head.count(sign), sign == ","))
    lines = csv.reader(io.StringIO(words, newline=""), delimiter=separator)
    rows = [[text_cell(cell) for cell in line] for line in lines]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Refused("no_cells", sheet="CSV")
    refuse_far(len(rows), max(map(len, rows)), limits)
    yield {"sheet": "CSV"}
    for first in range(0, len(rows), ROWS_AT_A_TIME):
        yield rows[first : first + ROWS_AT_A_TIME]
    yield {"rows": len(rows)}


def decoded(content: bytes) -> str:
    """The text of bytes; a mark at the beginning tells UTF-16, the rest is UTF-8 or else GB18030."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def text_cell(cell: str) -> str | None:
    """A cell as text, None when it is blank."""
    kept = KEPT_AS_TEXT.fullmatch(cell)
    words = kept[1] if kept else cell
    return words if words.strip() else None


def unpack_within(path: str, limits: dict[str, int]) -> None:
    """Unpack everything once by pieces: sizes in the directory may lie, and a far cell makes a huge table."""
    left = limits["unpacked_bytes"]
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            worksheet, tail = name.startswith(WORKSHEETS) and name.endswith(".xml"), b""
            with archive.open(name) as member:
                while piece := member.read(CHUNK):
                    left -= len(piece)
                    if left < 0:
                        raise Refused("unpacked")
                    if worksheet:
                        if FAR_REFERENCE.search(tail + piece):
                            for found in FAR_CELL.finditer(tail + piece):
                                refuse_far(*place(found[1].decode()), limits)
                        tail = (tail + piece)[-OVERLAP:]


def place(reference: str) -> tuple[int, int]:
    """Return the row and column, both from 1, of a reference such as B7."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters) :]), column


def refuse_far(row: int, column: int, limits: dict[str, int]) -> None:
    """Refuse a cell beyond the rows and columns that are read."""
    if row > limits["rows"] or column > limits["columns"]:
        raise Refused("far_cell", row=row, column=column)


def plain_row(row: list[Any]) -> list[Any]:
    """Return a row as JSON can carry it; most cells are so already."""
    return [cell if cell != "" and type(cell) in AS_THEY_ARE else plain(cell) for cell in row]


def plain(cell: Any) -> Any:
    """Return a cell as JSON can carry it; dates and times as one-item objects."""
    if cell == "":
        return None
    if isinstance(cell, datetime):
        return {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, time):
        return {"h": cell.isoformat()}
    if isinstance(cell, timedelta):
        return str(cell)
    return cell


def run() -> None:
    """Bind memory and time, read, print, and leave with an exit code that says how it went."""
    limits = json.loads(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the reader itself prints about an odd file is no part of the answer
    last: Any = None
    try:
        for part in (answer if sys.argv[3:] == ["quick"] else main)(sys.argv[1], limits):
            tell(part, answers)
    except Refused as refusal:
        last = refusal.answer
    except MemoryError:
        last = {"refused": "memory", "params": {}}
    except BaseException as error:  # a panic of the reader arrives as a BaseException
        last = {"refused": "damaged", "params": {"why": type(error).__name__}}
    if last:
        tell(last, answers)
    answers.close()


def tell(part: Any, answers: TextIO) -> None:
    """Print a part of the answer as one line."""
    answers.write(json.dumps(part, ensure_ascii=True, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    run()
