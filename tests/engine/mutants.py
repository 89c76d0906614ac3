"""Workbooks made wrong in their bytes, their XML and their meaning, and the process in which many are read.

Run by path with a seed, a first number and how many; it prints for each file what became of it, one line a file.
"""

import io
import json
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id, parse_resident_id
from openpes.engine.sheets import (
    Column,
    Grid,
    Limits,
    Sheet,
    SheetRefused,
    check,
    identifier,
    loose_date,
    money_fen,
    text,
)
from openpes.engine.sheets import child as reader
from openpes.engine.sheets.container import refuse_wrong_container

ON = date(2026, 11, 23)
ROWS = 12
KINDS = ("bytes", "xml", "meaning")
TITLES = ("姓名", "公民身份号码", "月收入", "合同始期", "备注")
SHEET = Sheet(
    name="roster", title_zh="花名册", title_en="Roster", unique=("id_number",),
    columns=(
        Column(key="name", title_zh="姓名", title_en="Name", parse=text(50), required=True),
        Column(key="id_number", title_zh="公民身份号码", title_en="Identity number", as_text=True, required=True,
               parse=identifier(lambda typed: parse_resident_id(typed, ON).number)),
        Column(key="pay_fen", title_zh="月收入", title_en="Pay", parse=money_fen()),
        Column(key="from_on", title_zh="合同始期", title_en="From", parse=loose_date()),
        Column(key="note", title_zh="备注", title_en="Note", parse=text(100)),
    ),
)  # fmt: skip
LIMITS = Limits(memory_bytes=768 * 1024 * 1024)
DIRTY = (
    "", " ", "　", "\u200b", "#REF!", "#N/A", "=1+1", "'45019", "1e400", "NaN", "-0", "４５０１９９", "\u202e覃",
    "\ufeff姓名", "x" * 5000, "覃" * 300, "<c r='A1'/>", "&amp;", "]]>", "\x07", "2026-02-30", "0000-00-00",
    "1900-02-29", "１２．５万", "9" * 400, True, False, 0, -1, 1e308, 4.50199198503090e17, 60, 2958466, 0.1 + 0.2,
)  # fmt: skip


def cells(rng: random.Random) -> list[list[Any]]:
    """A plain roster: the headings and some people."""
    rows: list[list[Any]] = [list(TITLES)]
    for order in range(ROWS):
        number = compose_resident_id(INVENTED_COUNTY, date(1960 + order * 3, 1 + order % 12, 9), rng.randrange(1000))
        rows.append([f"覃小{'甲乙丙丁戊己'[order % 6]}", number, rng.randrange(2000, 9000), "2026-01-05", ""])
    return rows


def workbook(rows: list[list[Any]]) -> bytes:
    """These rows as a workbook."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        page = book.add_worksheet("花名册")
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    page.write(at, place, cell)
    return buffer.getvalue()


def spoiled_bytes(rng: random.Random) -> bytes:
    """A workbook whose file was damaged on its way."""
    content = bytearray(workbook(cells(rng)))
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        at, long = rng.randrange(len(content)), rng.randrange(1, 64)
        match rng.randrange(6):
            case 0:
                content[at] ^= 1 << rng.randrange(8)
            case 1:
                del content[at : at + long]
            case 2:
                content[at:at] = content[max(at - long, 0) : at]
            case 3:
                content[at : at + long] = bytes(len(content[at : at + long]))
            case 4:
                content[at : at + long] = rng.randbytes(len(content[at : at + long]))
            case _:
                del content[max(at, 1) :]
        if len(content) < 4:
            break
    return bytes(content)


def spoiled_xml(rng: random.Random) -> bytes:
    """A workbook one of whose parts says what no program would write."""
    with zipfile.ZipFile(io.BytesIO(workbook(cells(rng)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice([*(["xl/worksheets/sheet1.xml"] * 6), *(["xl/sharedStrings.xml"] * 3), *sorted(parts)])
    words = parts[name].decode()
    for _ in range(rng.choice((1, 1, 2, 5))):
        words = _spoiled_words(words, rng)
    parts[name] = words.encode("utf-8" if rng.random() < 0.95 else "utf-16")
    if rng.random() < 0.05:
        del parts[rng.choice(sorted(parts))]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return buffer.getvalue()


def _spoiled_words(words: str, rng: random.Random) -> str:
    tags, values = list(re.finditer(r"<[^>]+>", words)), list(re.finditer(r'"[^"]*"', words))
    if not tags or not values:
        return words
    tag, value, other = rng.choice(tags), rng.choice(values), rng.choice(values)
    match rng.randrange(9):
        case 0:
            return words[: tag.start()] + words[tag.end() :]
        case 1:
            return words[: tag.end()] + tag.group() + words[tag.end() :]
        case 2:
            return words[: value.start()] + other.group() + words[value.end() :]
        case 3:
            odd = rng.choice(("-1", "99999999", "4294967296", "XFD1048576", "ZZZ9", "A0", "", "s", "é", "&#0;", "1e9"))
            return words[: value.start()] + f'"{odd}"' + words[value.end() :]
        case 4:
            return words[: tag.start()]
        case 5:
            return words.replace("<row ", "<x:row ", 1) if rng.random() < 0.5 else words.replace('t="s"', 't="e"', 1)
        case 6:
            bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            return words.replace("?>", "?>" + bomb, 1).replace("<v>", "<v>&b;", 1)
        case 7:
            return words[: tag.start()] + "<!-- " + tag.group().strip("<>") + " -->" + words[tag.start() :]
        case _:
            return words[: tag.start()] + rng.choice(("\x00", "\ud7ff", "&unknown;", "<", "]]>")) + words[tag.start() :]


def spoiled_meaning(rng: random.Random) -> bytes:
    """A sound workbook that people filled in as people do."""
    rows = cells(rng)
    for _ in range(rng.choice((1, 2, 6, 20))):
        row, place = rng.randrange(1, len(rows)), rng.randrange(len(TITLES))
        rows[row][place] = rng.choice(DIRTY)
    match rng.randrange(7):
        case 0:
            rows.insert(0, ["某某公司招用人员花名册"])
        case 1:
            rows.insert(rng.randrange(1, len(rows)), [None] * 5)
        case 2:
            rows = [[None, None, *row] for row in rows]
        case 3:
            rows[0] = [f" {title}* " for title in rows[0]]
        case 4:
            rows[0][rng.randrange(5)] = rng.choice(("姓 名", "身份证", "", None, "姓名"))
        case 5:
            rows.append(rows[rng.randrange(1, len(rows))])
        case _:
            order = list(range(5))
            rng.shuffle(order)
            rows = [[row[place] for place in order] for row in rows]
    return workbook(rows)


SPOIL: dict[str, Callable[[random.Random], bytes]] = {
    "bytes": spoiled_bytes, "xml": spoiled_xml, "meaning": spoiled_meaning,
}  # fmt: skip


def mutant(seed: int, number: int) -> tuple[str, bytes]:
    """The kind and the content of one file."""
    kind = KINDS[number % len(KINDS)]
    return kind, SPOIL[kind](random.Random(f"{seed}/{number}"))


def outcome(path: Path) -> dict[str, Any]:
    """What the product makes of a file: refused in words, or how many rows stand in it and how many were judged."""
    try:
        refuse_wrong_container(path, LIMITS)
        _first, *pieces, _last = reader.main(str(path), vars(LIMITS))
        rows = [row for piece in pieces for row in piece]
        checked = check(SHEET, Grid("x", rows))
    except (SheetRefused, reader.Refused) as refused:
        return {"refused": str(refused)}
    except (MemoryError, GeneratorExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # as the reading process does: a panic of the reader arrives as a BaseException
        if not type(error).__module__.startswith(("python_calamine", "pyo3_runtime", "zipfile", "builtins", "zlib")):
            raise
        return {"refused": f"damaged: {type(error).__name__}"}
    judged = {row.number for row in checked.good} | set(checked.bad_rows)
    return {"read": sorted(judged), "headings": checked.heading_row}


def seen_by_another(path: Path, headings: int) -> list[int] | None:
    """The rows below the headings in which another program sees something, None when it cannot read the file."""
    try:
        page = openpyxl.load_workbook(path, data_only=True).worksheets[0]
        grid = [(row[0].row, [cell.value for cell in row]) for row in page.iter_rows() if row]
    except Exception:
        return None
    known = set(TITLES)
    titles = next((row for no, row in grid if no == headings), [])
    places = [at for at, cell in enumerate(titles) if _title(cell) in known]
    return [no for no, row in grid if no > headings and any(_says(row[at]) for at in places)]


def lost_rows(path: Path, told: dict[str, Any]) -> list[int]:
    """The rows that another program sees in a file that was read, and that were neither good nor wrong."""
    if "read" not in told:
        return []
    return sorted(set(seen_by_another(path, told["headings"]) or ()) - set(told["read"]))


def _title(cell: Any) -> str:
    return str(cell or "").replace(" ", "").strip("*\ufeff")


def _says(cell: Any) -> bool:
    return cell is not None and str(cell).strip(" \u3000\u200b\ufeff\t\n") != ""


def most_memory() -> int:
    """The most memory of this process so far, in MiB; `ru_maxrss` would begin with its parent's."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    raise OSError("The kernel tells no VmHWM.")


def run(seed: int, first: int, count: int) -> None:
    """Read files one after the other and tell of each how it went, how long it took, and the most memory so far."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # the reader prints words of its own about some files
    with answers, tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mutant.xlsx")
        for number in range(first, first + count):
            kind, content = mutant(seed, number)
            path.write_bytes(content)
            began = time.perf_counter()
            told = outcome(path)
            seconds = time.perf_counter() - began
            memory = most_memory()
            lost = lost_rows(path, told)
            line = {"number": number, "kind": kind, "seconds": seconds, "memory": memory, "lost": lost, **told}
            answers.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    run(*map(int, sys.argv[1:4]))
