"""Columns as the text that COPY reads: each function turns an array into a list of ready cells."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from openpes.demo.rules.chance import Ints, Texts
from openpes.demo.rules.days import MINUTES, NEVER
from openpes.kernel.sensitive import blind_index, seal

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
    return [value.translate(_ESCAPES) for value in values]


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
    found = (np.where(days == NEVER, _EPOCH, days) - _EPOCH).astype("datetime64[D]").astype("U10").astype(object)
    return np.where(days == NEVER, NULL, found).tolist()


def moment(minutes: Ints) -> list[str]:
    """Moments given as minute numbers in the business zone; `NEVER` is null."""
    if not len(minutes):
        return []
    days = (np.maximum(minutes, 0) // MINUTES - _EPOCH).astype("datetime64[D]").astype("U10").astype(object)
    stamps = days + _times()[np.maximum(minutes, 0) % MINUTES]
    return np.where(minutes == NEVER, NULL, stamps).tolist()


def stamp(minutes: Ints) -> list[str]:
    """Moments as JSON writes them: ISO 8601 with seconds and the zone."""
    days = (np.asarray(minutes) // MINUTES - _EPOCH).astype("datetime64[D]").astype("U10").astype(object)
    return (days + _iso_times()[np.asarray(minutes) % MINUTES]).tolist()


def listed(values: Texts) -> list[str]:
    """Tuples of plain codes as arrays."""
    known: dict[tuple[str, ...], str] = {}
    return [known.get(value) or known.setdefault(value, "{" + ",".join(value) + "}") for value in values]


def sealed(values: Iterable[str], context: str) -> list[str]:
    """Identifiers encrypted as `kernel.sensitive` does; the empty text is null."""
    return [_bytes(seal(value, context=context)) if value else NULL for value in values]


def indexed(values: Iterable[str], context: str) -> list[str]:
    """Blind indexes of identifiers; the empty text is null."""
    return [_bytes(blind_index(value, context=context)) if value else NULL for value in values]


def lines(columns: Sequence[Cells]) -> str:
    """Columns of equal length as rows of COPY's text format."""
    rows = ["\t".join(row) for row in zip(*columns, strict=True)]
    return "\n".join(rows) + "\n" if rows else ""


def _bytes(value: bytes) -> str:
    return "\\\\x" + value.hex()


@lru_cache(maxsize=1)
def _times() -> Texts:
    return np.array([f" {m // 60:02d}:{m % 60:02d}{_ZONE}" for m in range(MINUTES)], dtype=object)


@lru_cache(maxsize=1)
def _iso_times() -> Texts:
    return np.array([f"T{m // 60:02d}:{m % 60:02d}:00{_ZONE}:00" for m in range(MINUTES)], dtype=object)
