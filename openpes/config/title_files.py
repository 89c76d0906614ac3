"""`openpes code-titles`: a file of titles in, the five best occupations of every row out, row by row."""

import codecs
import csv
import io
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

import click

from openpes.engine.coding import Coder, training

BEST = 5
AT_ONCE = 2_000
CHUNK = 1 << 20
LARGEST_FIELD = 1 << 28
HEADINGS = ("title", *(f"code{n}" for n in range(1, BEST + 1)), *(f"score{n}" for n in range(1, BEST + 1)))
TITLE_NAMES = (
    "title", "job_title", "jobtitle", "job_name", "job", "position", "name",
    "职位", "职位名称", "岗位", "岗位名称", "招聘岗位", "招聘职位", "工种", "标题", "名称",
)  # fmt: skip
TEXT_NAMES = ("text", "description", "描述", "职位描述", "岗位职责", "工作内容")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
WIDE_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class UnreadableFile(ValueError):
    """The file is not one of titles; says why and what to do."""


@dataclass
class Told:
    """What was met on the way, to be told at the end."""

    encoding: str = "utf-8-sig"
    damaged: bool = False
    headed: bool = True
    rows: int = 0
    untitled: list[int] = field(default_factory=list)
    unknown: int = 0

    def lines(self) -> Iterator[str]:
        """The sentences for the terminal."""
        yield f"Rows coded: {self.rows:,}, read as {self.encoding.upper()} · 已编码 {self.rows:,} 行"
        if self.damaged:
            yield "Some bytes are no text in any known encoding; a mark stands in their place. · 部分字节无法识别"
        if not self.headed:
            yield "No heading names a column of titles: the first one was taken, from the first line. · 未见标题行"
        if self.untitled:
            first = ", ".join(str(line) for line in self.untitled[:5])
            yield f"Rows without a title and codes: {len(self.untitled):,} (the first: {first}) · 无职位名称的行"
        if self.unknown:
            yield f"Titles without a known word, given the most usual codes: {self.unknown:,} · 无可识别词语的行"


def code_file(path: Path, out: IO[str], coder: Coder) -> Told:
    """Write title, codes and scores of every row of the file, in its order; as many rows come out as went in.

    :raises UnreadableFile: it is a workbook, or no text
    """
    encoding, damaged = encoding_of(path)
    told = Told(encoding, damaged)
    csv.field_size_limit(LARGEST_FIELD)
    written = csv.writer(out, lineterminator="\n")
    written.writerow(HEADINGS)
    with path.open(encoding=told.encoding, errors="replace", newline="") as opened:
        records = csv.reader(opened)
        first = next(records, None)
        if first is None:
            return told
        title, text, told.headed = columns_of(first)
        rest = records if told.headed else chain([first], records)
        while part := list(islice(rest, AT_ONCE)):
            pairs = [(_cell(row, title), _cell(row, text)) for row in part]
            written.writerows(_coded(pairs, coder, told))
    return told


def encoding_of(path: Path) -> tuple[str, bool]:
    """How the file is written: UTF-16 with a mark, UTF-8, GB18030, in this order; and whether bytes of it are damaged.

    :raises UnreadableFile: it is a workbook, or no text
    """
    with path.open("rb") as opened:
        begin = opened.read(4)
        if begin.startswith(WORKBOOKS):
            raise UnreadableFile(
                "This is a workbook, not a CSV file: save it as CSV first. · 这是 Excel 文件，请先另存为 CSV。"
            )
        for mark, name in WIDE_MARKS:
            if begin.startswith(mark):
                return name, False
    for name, known in (("utf-8", "utf-8-sig"), ("gb18030", "gb18030")):
        if _is_written_in(name, path):
            return known, False
    return "utf-8-sig", True


def _is_written_in(name: str, path: Path) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    with path.open("rb") as opened:
        try:
            for chunk in iter(lambda: opened.read(CHUNK), b""):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def columns_of(first: list[str]) -> tuple[int, int | None, bool]:
    """The column of the titles, that of the texts when there is one, and whether the first line is a heading."""
    named = [cell.strip().lower() for cell in first]
    title = next((named.index(name) for name in TITLE_NAMES if name in named), None)
    text = next((named.index(name) for name in TEXT_NAMES if name in named), None)
    return (0, None, False) if title is None else (title, text, True)


def _cell(row: list[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _coded(pairs: list[tuple[str, str]], coder: Coder, told: Told) -> Iterator[list[Any]]:
    titles = [title for title, _ in pairs]
    found = coder.code(titles, [text for _, text in pairs], k=BEST)
    columns = found.codes.tolist(), found.scores.tolist(), found.known.tolist()
    for title, codes, scores, known in zip(titles, *columns, strict=True):
        told.rows += 1
        if not title.strip():
            told.untitled.append(told.rows)
            yield [title, *[""] * (2 * BEST)]
            continue
        told.unknown += not known
        yield [title, *map(official, codes), *(f"{score:.4f}" for score in scores)]


def official(code: str) -> str:
    """A code with all its four parts, as the classification prints it: 4-01-02 is 4-01-02-00."""
    parts = code.split("-")
    return "-".join([*parts, *["00"] * (4 - len(parts))])


def run(path: Path) -> int:
    """Code the file to standard output; 0 when every row came out, 1 when the file cannot be read, with words."""
    out = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="")
    try:
        told = code_file(path, out, Coder.shipped())
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read the rows has enough
        return 0
    except (UnreadableFile, csv.Error, OSError) as refused:
        click.echo(str(refused), err=True)
        return 1
    for line in told.lines():
        click.echo(line, err=True)
    return 0


def learn(titles: Path | None, target: Path) -> str:
    """Train on the titles of a file, or on those of the data folder, write the model, and say what was learnt."""
    lesson, left = training.lesson(_coded_titles(titles) if titles else None)
    content = training.train(lesson).to_bytes()
    target.write_bytes(content)
    told = f"{lesson.advertised:,} titles learnt, {len(content):,} bytes, SHA-256 {sha256(content).hexdigest()}"
    return told + (f"; {left} titles without a code of the classification were left out" if left else "")


def _coded_titles(path: Path) -> Iterator[tuple[str, str]]:
    """Columns title and occupation, or job_name and expected_code as in the file of the advertisements."""
    with path.open(encoding="utf-8-sig", newline="") as opened:
        for row in csv.DictReader(opened):
            yield row.get("title") or row["job_name"], row.get("occupation") or row["expected_code"]
