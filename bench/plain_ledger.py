"""A ledger as a script would read it: openpyxl row by row, python-stdnum for the numbers, sets for the labels."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from openpes.demo.rules.ledgers import RELATION_WORDS, RURAL_TITLES, labels
from openpes.engine.areas import areas

COUNTED_LABELS = {"education": "education_2006", "status": "rural_status", "intention": "rural_intent"}


@dataclass
class Reading:
    """What a script found: good rows by their number in Excel, bad ones, and the row of the head of each booklet."""

    good: dict[int, dict[str, Any]] = field(default_factory=dict)
    bad: list[int] = field(default_factory=list)
    heads: dict[str, int] = field(default_factory=dict)


def read_ledger(path: Path, county: str, on: date) -> Reading:
    """Read and check a rural ledger."""
    found, seen = Reading(), set()
    for number, row in _rows(path):
        if row["relation"] == "户主":
            found.heads.setdefault(row["booklet_no"], number)
        identity = identity_of(row["id_number"], on)
        if identity is None or identity in seen or not _is_right(row, county):
            found.bad.append(number)
        else:
            seen.add(identity)
            found.good[number] = row | {"id_number": identity}
    return found


def identity_of(cell: Any, on: date) -> str | None:
    """The identity number in a cell, 15 digits upgraded; None when python-stdnum refuses it.

    Its table of counties is left out: invented numbers are of a county that never was.
    """
    if not isinstance(cell, str):
        return None
    number = ric.compact(unicodedata.normalize("NFKC", cell).replace(" ", ""))
    if len(number) == 15 and number.isdigit():
        number = f"{number[:6]}19{number[6:]}0"
        number = number[:-1] + ric.calc_check_digit(number)
    if len(number) != 18 or not number[:-1].isdigit() or number[-1] != ric.calc_check_digit(number):
        return None
    try:
        return number if ric.get_birth_date(number) <= on else None
    except ValidationError:
        return None


def without_held(found: Reading) -> Reading:
    """Without the members of a household whose head stands in a bad row: they cannot be stored yet."""
    bad = set(found.bad)
    held = {number for number, row in found.good.items() if found.heads.get(row["booklet_no"]) in bad}
    good = {number: row for number, row in found.good.items() if number not in held}
    return Reading(good, sorted([*found.bad, *held]), found.heads)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    book = load_workbook(path, read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    keys = {title: key for key, title in RURAL_TITLES.items()}
    headings = [keys[title] for title in next(rows)]
    for number, cells in enumerate(rows, start=2):
        yield number, dict(zip(headings, cells, strict=True))
    book.close()


def _is_right(row: dict[str, Any], county: str) -> bool:
    required = all(row[name] for name in ("booklet_no", "head", "name"))
    coded = all(row[name] in _words(code) for name, code in COUNTED_LABELS.items() if row[name])
    return bool(
        required and coded and row["area"] in _villages(county) and row["relation"] in _relations()
        and _is_amount(row["income_fen"]) and _is_phone(row["phone"])
    )  # fmt: skip


def _is_amount(cell: Any) -> bool:
    return cell is None or isinstance(cell, int | float) or str(cell).replace(",", "").isdigit()


def _is_phone(cell: Any) -> bool:
    return not cell or (len(digits := unicodedata.normalize("NFKC", str(cell))) == 11 and digits.isdigit())


@lru_cache(maxsize=16)
def _words(code: str) -> frozenset[str]:
    return frozenset(labels(code).values())


@lru_cache(maxsize=1)
def _relations() -> frozenset[str]:
    return frozenset(word for pair in RELATION_WORDS.values() for word in pair)


@lru_cache(maxsize=16)
def _villages(county: str) -> frozenset[str]:
    tree = areas()
    return frozenset(tree[village.parent].name + village.name for village in tree.all("village", county))
