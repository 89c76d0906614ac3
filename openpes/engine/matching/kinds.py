"""The rows of a table by kinds: what depends on a few columns is judged once for each combination that occurs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.intp]
DENSE = 4  # keys that span at most so many times their number are numbered without sorting
LARGEST = 2**62


@dataclass(frozen=True, eq=False)
class Kinds:
    """Which combinations of some columns occur, by their values, and which of them every row has.

    A column is asked for by its name, as of a table; it has one value for each kind.
    """

    values: Mapping[str, npt.NDArray[Any]]
    of_row: Positions

    @classmethod
    def of(cls, table: Any, *names: str) -> Self:
        """Find the kinds of a table by these columns; a column may be wide (rows, words)."""
        columns = {name: np.asarray(getattr(table, name)) for name in names}
        of_row, count = _numbered(list(columns.values()))
        example = np.zeros(count, np.intp)
        example[of_row] = np.arange(len(of_row))
        return cls({name: column[example] for name, column in columns.items()}, of_row)

    def __getattr__(self, name: str) -> npt.NDArray[Any]:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    def spread(self, by_kind: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give every row what its kind has."""
        return by_kind.take(self.of_row)

    def carried(self, stay: npt.NDArray[np.bool_], fresh: Self, order: Positions) -> Self:
        """The kinds of the rows that stay, then the fresh ones, put into an order; what occurs no more may remain."""
        both = {name: np.concatenate([column, fresh.values[name]]) for name, column in self.values.items()}
        numbers, count = _numbered(list(both.values()))
        known = len(numbers) - len(next(iter(fresh.values.values())))
        example = np.zeros(count, np.intp)
        example[numbers] = np.arange(len(numbers))
        of_row = np.concatenate([numbers[:known].take(self.of_row[stay]), numbers[known:].take(fresh.of_row)])
        return type(self)({name: column[example] for name, column in both.items()}, of_row[order])


def _numbered(columns: list[npt.NDArray[Any]]) -> tuple[Positions, int]:
    """Number the combinations of columns of equal length: the number of each row, and how many there are."""
    flat = [part for column in columns for part in (column.T if column.ndim > 1 else [column])]
    numbers, count = np.zeros(len(flat[0]), np.intp), 1
    for column in flat:
        own, different = _placed(column)
        if different > 1 or not len(own):
            numbers, count = _placed(numbers * different + own) if count > 1 else (own, different)
    return numbers, count if len(numbers) else 0


def _placed(column: npt.NDArray[Any]) -> tuple[Positions, int]:
    """The place of each value among the different ones, ascending, and how many these are."""
    if not len(column):
        return np.zeros(0, np.intp), 0
    low, high = int(column.min()), int(column.max())
    if high - low > DENSE * len(column) or high >= LARGEST:
        values, places = np.unique(column, return_inverse=True)
        return places.astype(np.intp), len(values)
    shifted = column.astype(np.intp) - low
    occurs = np.bincount(shifted) > 0
    return (np.cumsum(occurs) - 1)[shifted], int(occurs.sum())
