"""Invented ledgers with realistic dirt as Excel files, and what was made wrong in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import xlsxwriter

from bench.city import ON
from openpes.demo.rules.ledgers import FIRST_ROW, Ledger, rural_ledger


@dataclass(frozen=True)
class File:
    """A ledger on disk: how many rows it has, and which of them cannot be accepted."""

    path: Path
    county: str
    rows: int
    wrong: frozenset[int]


def ledger_files(folder: Path, *, county: str, rows: int, files: int, seed: int) -> list[File]:
    """One ledger of a county cut between households into files of about `rows` rows; nobody is in two of them."""
    ledger = rural_ledger(count=rows * files, seed=seed, on=ON, county=county)
    folder.mkdir(parents=True, exist_ok=True)
    cuts = _cuts(ledger, files)
    return [
        _written(folder / f"ledger-{rows}-{number}.xlsx", ledger, first, last)
        for number, (first, last) in enumerate(pairwise(cuts))
    ]


def _cuts(ledger: Ledger, files: int) -> list[int]:
    booklets = [row["booklet_no"] for row in ledger.rows]
    starts = [0, *(place for place, pair in enumerate(pairwise(booklets), start=1) if pair[0] != pair[1])]
    wanted = (round(len(starts) * number / files) for number in range(files))
    return [*(starts[place] for place in wanted), len(ledger.rows)]


def _written(path: Path, ledger: Ledger, first: int, last: int) -> File:
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        for row, cells in enumerate(_cells(ledger, first, last)):
            for column, cell in enumerate(cells):
                if cell != "":
                    sheet.write(row, column, cell)
    wrong = frozenset(row - first for row in ledger.wrong_rows if first <= row - FIRST_ROW < last)
    return File(path, ledger.area, last - first, wrong)


def _cells(ledger: Ledger, first: int, last: int) -> Iterator[list[Any]]:
    yield [*ledger.titles.values()]
    for row in ledger.rows[first:last]:
        yield [row[key] for key in ledger.titles]
