"""Rows in the binary form in which PostgreSQL takes copies, made by whole columns: numbers, and lists of numbers.

The form is that of `copied`; rows whose lists are of the same lengths have the same bytes but for the values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"
AT_ONCE = 8_192  # rows made while the server reads the ones before
WIDTHS = {2: 21, 4: 23, 8: 20}  # bytes of a number, and its type (pg_type: int2, int4, int8)


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column of whole numbers of 2, 4 or 8 bytes."""

    values: npt.NDArray[Any]
    width: int = 8


@dataclass(frozen=True, eq=False)
class NumberLists:
    """A column of lists: of each row the first so many of a table (rows, k)."""

    values: npt.NDArray[Any]
    counts: npt.NDArray[Any]
    width: int = 4


def copied_rows(columns: Sequence[Numbers | NumberLists]) -> Iterator[bytes]:
    """The rows of these columns, in no order, as messages for a copy in binary form."""
    yield HEADER
    lists = [column for column in columns if isinstance(column, NumberLists)]
    counts = np.stack([column.counts for column in lists], axis=1) if lists else np.zeros((_rows(columns), 1))
    kinds, of_row = np.unique(counts, axis=0, return_inverse=True)
    for kind, lengths in enumerate(kinds):
        rows = np.flatnonzero(of_row.ravel() == kind)
        for begin in range(0, len(rows), AT_ONCE):
            yield _alike(columns, [int(length) for length in lengths], rows[begin : begin + AT_ONCE])
    yield END


def _rows(columns: Sequence[Numbers | NumberLists]) -> int:
    return len(columns[0].values)


def _alike(columns: Sequence[Numbers | NumberLists], lengths: list[int], rows: npt.NDArray[Any]) -> bytes:
    """The bytes of rows whose lists have these lengths."""
    waiting = list(lengths)
    kinds: list[Any] = [("fields", ">i2")]
    for n, column in enumerate(columns):
        kinds.append((f"size{n}", ">i4"))
        if isinstance(column, Numbers):
            kinds.append((f"value{n}", f">i{column.width}"))
        elif length := waiting.pop(0):
            item = np.dtype([("size", ">i4"), ("value", f">i{column.width}")])
            kinds += [(f"head{n}", ">i4", 5), (f"value{n}", item, (length,))]
        else:
            kinds.append((f"head{n}", ">i4", 3))
    made = np.zeros(len(rows), np.dtype(kinds))
    made["fields"] = len(columns)
    for n, column in enumerate(columns):
        parts = [name for name in (f"head{n}", f"value{n}") if name in (made.dtype.names or ())]
        made[f"size{n}"] = sum(made.dtype[name].itemsize for name in parts)
        if isinstance(column, Numbers):
            made[f"value{n}"] = column.values[rows]
        elif made.dtype[f"head{n}"].shape == (3,):
            made[f"head{n}"] = [0, 0, WIDTHS[column.width]]
        else:
            length = made.dtype[f"value{n}"].shape[0]
            made[f"head{n}"] = [1, 0, WIDTHS[column.width], length, 1]
            made[f"value{n}"]["size"] = column.width
            made[f"value{n}"]["value"] = column.values[rows, :length]
    return made.tobytes()
