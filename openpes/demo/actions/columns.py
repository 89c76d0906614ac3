"""Columns as the text that COPY reads: each function turns an array into a list of ready cells."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from openpes.demo.rules.chance import Ints, Texts
from openpes.demo.rules.days import MINUTES, NEVER
from openpes.kernel.sensitive import blind_index_each, seal_each

NULL = "\\N"
Cells = Sequence[str]
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_ZONE = "+08"
_EPOCH = 719_163


def whole(numbers: Iterable[Any]) -> list[str]:
    """Whole numbers; `NEVER` is null."""
    values = numbers.tolist() if isinstance(numbers, np.ndarray) else list(numbers)
    return [NULL if value == NEVER else str(value) for value in values]


def text(values: Iterable[str]) -> list[str]:
    """Texts, with what COPY reads otherwise written as escapes."""
    known: dict[str, str] = {}
    return [known.get(value) or known.setdefault(value, value.translate(_ESCAPES)) for value in values]


def flag(values: Iterable[Any]) -> list[str]:
    """Truth values."""
    return ["t" if value else "f" for value in values]


def always(value: str, count: int) -> list[str]:
    """The same cell in every row."""
    return [value] * count


def day(days: Ints) -> list[str]:
    """Days given as ordinals; `NEVER` is null."""
    if not len(days):
        return []
    return np.where(days == NEVER, NULL, _dates(np.where(days == NEVER, _EPOCH, days))).tolist()


def moment(minutes: Ints) -> list[str]:
    """Moments given as minute numbers in the business zone; `NEVER` is null."""
    if not len(minutes):
        return []
    there = np.where(minutes == NEVER, _EPOCH * MINUTES, minutes)
    stamps = _dates(there // MINUTES) + _times()[there % MINUTES]
    return np.where(minutes == NEVER, NULL, stamps).tolist()


def listed(values: Texts) -> list[str]:
    """Tuples of plain codes as arrays."""
    known: dict[tuple[str, ...], str] = {}
    return [known.get(value) or known.setdefault(value, "{" + ",".join(value) + "}") for value in values]


def sealed(values: Sequence[str], context: str) -> list[str]:
    """Identifiers encrypted as `kernel.sensitive` does; the empty text is null."""
    return _where_said(seal_each, values, context)


def indexed(values: Sequence[str], context: str) -> list[str]:
    """Blind indexes of identifiers; the empty text is null."""
    return _where_said(blind_index_each, values, context)


def lines(columns: Sequence[Cells]) -> str:
    """Columns of equal length as rows of COPY's text format."""
    rows = ["\t".join(row) for row in zip(*columns, strict=True)]
    return "\n".join(rows) + "\n" if rows else ""


def _where_said(made: Callable[..., list[bytes]], values: Sequence[str], context: str) -> list[str]:
    found = iter(made([value for value in values if value], context=context))
    return ["\\\\x" + next(found).hex() if value else NULL for value in values]


def _dates(days: Ints) -> Texts:
    """Days as ISO 8601 writes them; every day between the first and the last is written once."""
    first, last = int(days.min()), int(days.max())
    if last - first > len(days):
        return (days - _EPOCH).astype("datetime64[D]").astype("U10").astype(object)
    span = (np.arange(first, last + 1) - _EPOCH).astype("datetime64[D]").astype("U10").astype(object)
    return span[days - first]


@lru_cache(maxsize=1)
def _times() -> Texts:
    return np.array([f" {m // 60:02d}:{m % 60:02d}{_ZONE}" for m in range(MINUTES)], dtype=object)
