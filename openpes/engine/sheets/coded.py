"""The rows of a large table while it is checked: each different cell once, and where it stands, piece by piece."""

from base64 import b64decode
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from openpes.engine.sheets.grid import Cell

Codes: TypeAlias = npt.NDArray[np.int32]
ROWS_AT_A_TIME = 2000


class CodedRows(Sequence[list[Cell]]):
    """Rows that arrive in pieces while they are used: each piece brings new `values`, and codes of its cells.

    The codes of a piece have shape (rows, columns) and name a place among all `values` so far, -1 an empty cell.
    Whatever asks for rows that have not arrived waits for them, and may get what their source raises.
    """

    def __init__(self, source: Iterable[tuple[Sequence[Cell], Codes]]) -> None:
        self.values: list[Cell] = []
        self._source = iter(source)
        self._pieces: list[Codes] = []
        self._ends: list[int] = []

    @classmethod
    def of(cls, rows: Sequence[Sequence[Cell]], at_a_time: int = ROWS_AT_A_TIME) -> "CodedRows":
        """The same rows; cells that are equal and of one type count as the same cell."""
        known: dict[tuple[type, Cell], int] = {}
        return cls(_coded(rows[first : first + at_a_time], known) for first in range(0, len(rows), at_a_time))

    def pieces(self) -> Iterator[tuple[int, Codes]]:
        """The codes of all rows piece by piece, each with the place of its first row from 0."""
        at = 0
        while at < len(self._pieces) or self._pull():
            yield self._ends[at] - len(self._pieces[at]), self._pieces[at]
            at += 1

    def codes_of(self, places: Sequence[int]) -> Codes:
        """The codes of some rows, given by their places in ascending order; shape (rows, columns)."""
        wanted = np.array(places, np.int64)
        of_piece = np.searchsorted(self._ends, wanted, "right")
        chosen = range(of_piece[0], of_piece[-1] + 1) if len(wanted) else ()
        found = np.full((len(wanted), max((self._pieces[piece].shape[1] for piece in chosen), default=0)), -1, np.int32)
        for piece in chosen:
            codes, mine = self._pieces[piece], of_piece == piece
            found[mine, : codes.shape[1]] = codes[wanted[mine] - self._ends[piece]]
        return found

    def __len__(self) -> int:
        while self._pull():
            pass
        return self._arrived

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[Cell]]: ...
    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            stop = at.stop if at.stop is not None and at.stop >= 0 else len(self)
            while self._arrived < stop and self._pull():
                pass
            return [self._row(place) for place in range(*slice(at.start, at.stop, at.step).indices(self._arrived))]
        while at >= self._arrived and self._pull():
            pass
        return self._row(at if at >= 0 else at + len(self))

    def __iter__(self) -> Iterator[list[Cell]]:
        for _first, piece in self.pieces():
            yield from map(self._spelt, piece.tolist())

    @property
    def _arrived(self) -> int:
        return self._ends[-1] if self._ends else 0

    def _pull(self) -> bool:
        """Wait for the next piece; False when there is none."""
        for values, codes in self._source:
            self.values += values
            if codes.size and not -1 <= codes.min() <= codes.max() < len(self.values):
                raise ValueError("a cell without a value")
            if len(codes):
                self._pieces.append(codes)
                self._ends.append(self._arrived + len(codes))
                return True
        return False

    def _row(self, at: int) -> list[Cell]:
        if not 0 <= at < self._arrived:
            raise IndexError(at)
        piece = bisect_right(self._ends, at)
        return self._spelt(self._pieces[piece][at - self._ends[piece]].tolist())

    def _spelt(self, codes: Iterable[int]) -> list[Cell]:
        return [None if code < 0 else self.values[code] for code in codes]


def _coded(rows: Sequence[Sequence[Cell]], known: dict[tuple[type, Cell], int]) -> tuple[list[Cell], Codes]:
    codes = np.full((len(rows), max(map(len, rows), default=0)), -1, np.int32)
    before = len(known)
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None:
                codes[at, place] = known.setdefault((type(cell), cell), len(known))
    return [cell for _kind, cell in list(known)[before:]], codes


def piece_of(part: Mapping[str, Any]) -> tuple[list[Cell], Codes]:
    """The values and the codes of a piece as the reading process tells it, its codes in base64."""
    values = [None if value == "" else value for value in part["values"]]
    codes = np.frombuffer(b64decode(part.get("places", "")), np.int32)
    return values, codes.reshape(part.get("count", 0), part.get("width", 0))
