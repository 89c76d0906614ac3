"""The columns that matching works on: seekers and vacancies as arrays, and one row of either."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from openpes.engine.matching.kinds import Kinds
from openpes.engine.matching.skills import WORDS

WISHES = 3
NO_WISH = -1  # the key of a seeker who names no occupation: unlike 0, an unused second or third wish

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Seeker:
    """One job-seeker; fields as in `Seekers`, one row."""

    id: int
    area: int
    places: tuple[int, ...] = (0, 0, 0)
    places_only: bool = False
    wishes: tuple[int, ...] = (0, 0, 0)
    min_pay_fen: int = 0
    education: int = 0
    experience_years: int = 0
    age: int = 0
    skills: tuple[int, ...] = (0, 0)
    group: int = 0


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """One vacancy; fields as in `Vacancies`, one row."""

    id: int
    area: int
    occupation: int
    pay_min_fen: int = 0
    pay_max_fen: int = 0
    education_min: int = 0
    experience_min_years: int = 0
    age_by_law: bool = False
    age_min: int = 0
    age_max: int = 0
    skills_required: tuple[int, ...] = (0, 0)
    skills_wanted: tuple[int, ...] = (0, 0)


class Table:
    """Columns of equal length with strictly ascending ids, so that the order of rows is the order of ties."""

    SHAPES: Mapping[str, tuple[type, int]]
    ROW: type
    id: Ints

    def __post_init__(self) -> None:
        rows = len(np.atleast_1d(self.id))
        for name, (kind, width) in self.SHAPES.items():
            given = getattr(self, name)
            column = np.zeros(rows, kind) if given is None else np.ascontiguousarray(given, dtype=kind)
            wanted = (rows, width) if width > 1 else (rows,)
            if column.shape != wanted:
                raise ValueError(f"{name} must have the shape {wanted}, not {column.shape}")
            object.__setattr__(self, name, column)
        ids = self.id
        if (ids[1:] <= ids[:-1]).any():
            raise ValueError("ids must be strictly ascending: order the rows by id")

    def __len__(self) -> int:
        return len(self.id)

    @classmethod
    def from_rows(cls, rows: list[Any]) -> Self:
        """Build the columns from single rows, put into the order of their ids."""
        ordered = sorted(rows, key=lambda row: row.id)
        columns = {}
        for name, (kind, width) in cls.SHAPES.items():
            shape = (len(ordered), width) if width > 1 else (len(ordered),)
            columns[name] = np.array([getattr(row, name) for row in ordered], dtype=kind).reshape(shape)
        return cls(**columns)

    def replaced(self, ids: Iterable[int], fresh: Self) -> Self:
        """Return the table with the rows of these ids taken out and the fresh rows, of some of these ids, put in.

        :raises ValueError: a fresh row has an id that another row has
        """
        stay = ~np.isin(self.id, np.fromiter(ids, np.int64))
        columns = {name: np.concatenate([getattr(self, name)[stay], getattr(fresh, name)]) for name in self.SHAPES}
        order = np.argsort(columns["id"], kind="stable")
        made = type(self)(**{name: column[order] for name, column in columns.items()})
        for name, known in vars(self).items():
            if isinstance(known, Kinds | Index):  # what was found of the rows that stay is not sought again
                vars(made)[name] = known.carried(stay, getattr(fresh, name), order)
        return made

    def row(self, at: int) -> Any:
        """Return the row at a position as plain Python values."""
        return self.ROW(
            **{
                field.name: tuple(value.tolist()) if (value := getattr(self, field.name)[at]).ndim else value.item()
                for field in fields(self.ROW)
            }
        )

    def row_of(self, id: int) -> Any:
        """Return the row with an id.

        :raises KeyError: no such id
        """
        return self.row(int(self.places_of([id])[0]))

    def places_of(self, ids: Sequence[int]) -> npt.NDArray[np.intp]:
        """Return the positions of rows by their ids.

        :raises KeyError: no such id
        """
        places = np.searchsorted(self.id, np.array(ids, np.int64))
        for id, at in zip(ids, places.tolist(), strict=True):
            if at == len(self) or self.id[at] != id:
                raise KeyError(id)
        return places


@dataclass(frozen=True, kw_only=True, eq=False)
class Seekers(Table):
    """Job-seekers, one row each, n rows.

    Codes are padded with zeros: areas 12 digits, occupations 7 digits; 0 is "none".
    `places` are the areas that the seeker named, of any level; without any, `area` (home) is used.
    `education` is a rank, higher is more; `skills` are two words of bits (see `skills`).
    `group` is the number of the group (engine.groups) for which the person is preferred most, 0 for none.
    """

    id: Ints
    area: Ints
    places: Ints
    places_only: npt.NDArray[np.bool_]
    wishes: Ints
    min_pay_fen: Ints
    education: npt.NDArray[np.int16]
    experience_years: npt.NDArray[np.int16]
    age: npt.NDArray[np.int16]
    skills: npt.NDArray[np.uint64]
    group: npt.NDArray[np.int16] = None  # type: ignore[assignment]  # nobody is of a group unless it is said

    SHAPES = {
        "id": (np.int64, 1),
        "area": (np.int64, 1),
        "places": (np.int64, WISHES),
        "places_only": (np.bool_, 1),
        "wishes": (np.int64, WISHES),
        "min_pay_fen": (np.int64, 1),
        "education": (np.int16, 1),
        "experience_years": (np.int16, 1),
        "age": (np.int16, 1),
        "skills": (np.uint64, WORDS),
        "group": (np.int16, 1),
    }
    ROW = Seeker

    @cached_property
    def wish_index(self) -> "Index":
        """The wished occupations as numbers into the list of different ones."""
        return Index.of(wish_keys(self))

    @cached_property
    def place_index(self) -> "Index":
        """The places as numbers into the list of different ones."""
        return Index.of(place_keys(self))

    @cached_property
    def pay_kinds(self) -> Kinds:
        """The different lowest pays."""
        return Kinds.of(self, "min_pay_fen")

    @cached_property
    def able_kinds(self) -> Kinds:
        """The different combinations of education, experience and age."""
        return Kinds.of(self, "education", "experience_years", "age")

    @cached_property
    def skill_kinds(self) -> Kinds:
        """The different sets of skills."""
        return Kinds.of(self, "skills")


@dataclass(frozen=True, kw_only=True, eq=False)
class Vacancies(Table):
    """Open vacancies, one row each, m rows.

    Pay is a monthly range in fen, 0 and 0 when unstated. `education_min` is a rank, 0 for none.
    `age_min` and `age_max` (0: none) exclude only where `age_by_law` says that a law sets them.
    Every skill of `skills_required` must be there (licences); `skills_wanted` earn points.
    """

    id: Ints
    area: Ints
    occupation: Ints
    pay_min_fen: Ints
    pay_max_fen: Ints
    education_min: npt.NDArray[np.int16]
    experience_min_years: npt.NDArray[np.int16]
    age_by_law: npt.NDArray[np.bool_]
    age_min: npt.NDArray[np.int16]
    age_max: npt.NDArray[np.int16]
    skills_required: npt.NDArray[np.uint64]
    skills_wanted: npt.NDArray[np.uint64]

    SHAPES = {
        "id": (np.int64, 1),
        "area": (np.int64, 1),
        "occupation": (np.int64, 1),
        "pay_min_fen": (np.int64, 1),
        "pay_max_fen": (np.int64, 1),
        "education_min": (np.int16, 1),
        "experience_min_years": (np.int16, 1),
        "age_by_law": (np.bool_, 1),
        "age_min": (np.int16, 1),
        "age_max": (np.int16, 1),
        "skills_required": (np.uint64, WORDS),
        "skills_wanted": (np.uint64, WORDS),
    }
    ROW = Vacancy

    @cached_property
    def occupation_kinds(self) -> Kinds:
        """The different occupations."""
        return Kinds.of(self, "occupation")

    @cached_property
    def area_kinds(self) -> Kinds:
        """The different work places."""
        return Kinds.of(self, "area")

    @cached_property
    def pay_kinds(self) -> Kinds:
        """The different ranges of pay."""
        return Kinds.of(self, "pay_min_fen", "pay_max_fen")

    @cached_property
    def asked_kinds(self) -> Kinds:
        """The different demands of education, experience and age."""
        return Kinds.of(self, "education_min", "experience_min_years", "age_by_law", "age_min", "age_max")

    @cached_property
    def skill_kinds(self) -> Kinds:
        """The different sets of skills, required and wanted."""
        return Kinds.of(self, "skills_required", "skills_wanted")


@dataclass(frozen=True)
class Index:
    """Columns of codes as positions in the sorted list of different codes, so that a code is judged once."""

    codes: Ints
    columns: tuple[npt.NDArray[np.intp], ...]

    @classmethod
    def of(cls, table: Ints) -> Self:
        """Build the index of a table of codes (n, columns)."""
        codes, positions = np.unique(table, return_inverse=True)
        positions = positions.reshape(table.shape).astype(np.intp)
        return cls(codes, tuple(np.ascontiguousarray(positions[:, j]) for j in range(table.shape[1])))

    def carried(self, stay: npt.NDArray[np.bool_], fresh: Self, order: npt.NDArray[np.intp]) -> Self:
        """The index of the rows that stay, then the fresh ones, put into an order; an unused code may remain."""
        codes = np.union1d(self.codes, fresh.codes)
        old, new = np.searchsorted(codes, self.codes), np.searchsorted(codes, fresh.codes)
        pairs = zip(self.columns, fresh.columns, strict=True)
        return type(self)(codes, tuple(np.concatenate([old[had[stay]], new[has]])[order] for had, has in pairs))

    def best(self, by_code: npt.NDArray[Any], rows: npt.NDArray[np.intp] | None = None) -> npt.NDArray[Any]:
        """Return for each row, or each of some, the largest value among its columns, given a value for each code."""
        columns = self.columns if rows is None else [column[rows] for column in self.columns]
        found = by_code.take(columns[0])
        for column in columns[1:]:
            np.maximum(found, by_code.take(column), out=found)
        return found


class Part:
    """Some rows of a table; a column is gathered when it is asked for."""

    def __init__(self, table: Table, rows: npt.NDArray[np.intp]) -> None:
        self._table = table
        self._rows = rows

    def __getattr__(self, name: str) -> npt.NDArray[Any]:
        column: npt.NDArray[Any] = getattr(self._table, name)[self._rows]
        return column


def wish_keys(seekers: Any) -> Ints:
    """Return the wished occupations (..., 3), NO_WISH in the first column where none is named."""
    keys = np.array(seekers.wishes, dtype=np.int64)
    keys[..., 0] = np.where(_none(keys), NO_WISH, keys[..., 0])
    return keys


def place_keys(seekers: Any) -> Ints:
    """Return the places (..., 3): a place wanted as it is, home (used where none is wanted) negative."""
    keys = np.array(seekers.places, dtype=np.int64)
    home = -np.asarray(seekers.area, dtype=np.int64)
    keys[..., 0] = np.where(_none(keys), home, keys[..., 0])
    return keys


def _none(keys: Ints) -> Any:
    return (keys[..., 0] | keys[..., 1] | keys[..., 2]) == 0  # many times as fast as to ask along so short an axis
