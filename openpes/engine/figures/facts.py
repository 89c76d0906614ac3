"""Facts as columns: on a day, a number of something began or ended somewhere."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

AREA_DIGITS = 12
AT_ONCE = 1 << 20  # facts of a piece: a few milliseconds of counting, so that threads end together


class Facts(NamedTuple):
    """Columns of one length; 0 is "none" or "not stated" in every column that holds a code.

    `kind` is a number of `engine.figures.kinds`. `area` are the twelve digits of the statistical code, shorter codes
    filled up with zeros. Days count from 1970-01-01: `happened_on` is the day itself (for what ends: the last day on
    which it counted, no earlier than the day on which it began), `counted_on` the same day, or the first day of the
    open month when that month was closed. `number` is the signed effect on the stock. `occupation` are the digits of
    the code of 2022, `industry` 1..20 the sections A..T of GB/T 4754-2017 and 21 others, `unit_type` AAB019,
    `economic_type` AAB020, `sex` 1 and 2, `age` completed years, `education` AAC011 (GB/T 4658-2006), `skill` AAC015
    or 6..9 (`engine.figures.classes.SKILLS`), `person_group` BAC299.
    """

    kind: npt.NDArray[np.int16]
    area: npt.NDArray[np.int64]
    happened_on: npt.NDArray[np.int32]
    counted_on: npt.NDArray[np.int32]
    number: npt.NDArray[np.int32]
    occupation: npt.NDArray[np.int32]
    industry: npt.NDArray[np.int16]
    unit_type: npt.NDArray[np.int16]
    economic_type: npt.NDArray[np.int16]
    sex: npt.NDArray[np.int16]
    age: npt.NDArray[np.int16]
    education: npt.NDArray[np.int16]
    skill: npt.NDArray[np.int16]
    person_group: npt.NDArray[np.int16]

    @classmethod
    def of(cls, columns: Mapping[str, Any]) -> Self:
        """Facts from columns of any whole numbers; one that is not given is all zeros.

        :raises ValueError: columns of different lengths, an unknown one, or a number too large for its column
        """
        if unknown := columns.keys() - set(cls._fields):
            raise ValueError(f"Facts have no column {', '.join(sorted(unknown))}.")
        lengths = {len(column) for column in columns.values()}
        if len(lengths) > 1:
            raise ValueError("The columns of facts must be of one length.")
        empty = np.zeros(lengths.pop() if lengths else 0, np.int64)
        return cls(*(_exact(name, columns.get(name, empty)) for name in cls._fields))

    @property
    def rows(self) -> int:
        """How many facts there are."""
        return len(self.kind)

    def cut(self, begin: int, end: int) -> Self:
        """The facts of some rows, without copying them."""
        columns: list[Any] = [column[begin:end] for column in self]
        return type(self)(*columns)

    def pieces(self, at_once: int = AT_ONCE) -> Iterator[Self]:
        """All facts in pieces of at most that many, without copying them."""
        for begin in range(0, self.rows, at_once):
            yield self.cut(begin, begin + at_once)


def joined(parts: Iterable[Facts]) -> Facts:
    """The facts of several parts in one."""
    columns = list(zip(*parts, strict=True))
    return Facts(*(np.concatenate(column) for column in columns)) if columns else Facts.of({})


def full_area(prefix: str) -> int:
    """The twelve digits of an area as a number."""
    return int(prefix.ljust(AREA_DIGITS, "0"))


TYPES = {
    "area": np.int64, "happened_on": np.int32, "counted_on": np.int32, "number": np.int32, "occupation": np.int32,
}  # fmt: skip


def _exact(name: str, column: Any) -> npt.NDArray[Any]:
    given, kind = np.asarray(column), TYPES.get(name, np.int16)
    held = given.astype(kind)
    if given.dtype.kind not in "iub" or not np.array_equal(held, given):
        raise ValueError(f"The column {name} holds what is no whole number of {np.dtype(kind).itemsize} bytes.")
    return np.ascontiguousarray(held)
