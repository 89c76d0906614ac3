"""Cells: what was counted in a period by area, side, origin and class; parts of a country add up to it."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import numpy.typing as npt

from openpes.engine.figures.classes import minor_classes
from openpes.engine.indicators import Counted, Sides, key_of
from openpes.engine.indicators.classes import FREE
from openpes.engine.indicators.tables import NOT_RECORDED, TABLES

SIDES, ORIGINS = 2, 2  # demand, seekers; carried over, new
SEXES, AGES, EDUCATIONS, SKILLS = 3, 5, 7, 10  # classes of tables 9 to 12, with 0
PERSONS = SEXES * AGES * EDUCATIONS * SKILLS
INDUSTRIES, UNITS, GROUPS = 22, 18, 11  # of tables 3, 4 and 8
WORKPLACES = INDUSTRIES * UNITS

Ints = npt.NDArray[np.int64]


def occupation_count() -> int:
    """How many classes of occupations there are: minor classes, majors without one, and none."""
    return len(minor_classes()[1])


@dataclass(frozen=True)
class Cells:
    """Counts by area (first axis), the areas as prefixes of the statistical code, "" for everything.

    `persons` (areas, side, origin, sex × age × education × skill), `occupations` (areas, side, origin, class),
    `workplaces` (areas, origin, industry × unit) of demand, `groups` (areas, origin, group) of seekers. `facts` is how
    many facts were read.
    """

    areas: tuple[str, ...]
    persons: Ints
    occupations: Ints
    workplaces: Ints
    groups: Ints
    facts: int

    @classmethod
    def empty(cls, areas: tuple[str, ...]) -> Self:
        """Nothing counted yet."""
        n = len(areas)
        return cls(
            areas,
            np.zeros((n, SIDES, ORIGINS, PERSONS), np.int64),
            np.zeros((n, SIDES, ORIGINS, occupation_count()), np.int64),
            np.zeros((n, ORIGINS, WORKPLACES), np.int64),
            np.zeros((n, ORIGINS, GROUPS), np.int64),
            0,
        )

    def __add__(self, other: Self) -> Self:
        """Both together.

        :raises ValueError: they were counted for different areas
        """
        if self.areas != other.areas:
            raise ValueError("Cells of different areas do not add up.")
        names = [field.name for field in fields(self) if field.name != "areas"]
        return type(self)(self.areas, *(getattr(self, name) + getattr(other, name) for name in names))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cells):
            return NotImplemented
        return all(np.array_equal(getattr(self, field.name), getattr(other, field.name)) for field in fields(self))

    __hash__ = None  # type: ignore[assignment]

    def sides(self, area: str) -> Sides:
        """The counts of an area by table and key, as the official tables take them."""
        at = self.areas.index(area)
        occupations = minor_classes()[1]
        majors = [code or str(major).strip("0") for major, code in enumerate(occupations)]
        found: list[dict[int, dict[str, Counted]]] = []
        for side in range(SIDES):
            persons = self.persons[at, side].reshape(ORIGINS, SEXES, AGES, EDUCATIONS, SKILLS)
            tables = {5: _kept(majors, self.occupations[at, side])}
            for table, axis in ((9, 1), (10, 2), (11, 3), (12, 4)):
                others = tuple({1, 2, 3, 4} - {axis})
                tables[table] = _keyed(table, persons.sum(axis=others), seekers=side == 1)
            found.append(tables)
        workplaces = self.workplaces[at].reshape(ORIGINS, INDUSTRIES, UNITS)
        found[0] |= {3: _keyed(3, workplaces.sum(axis=2)), 4: _keyed(4, workplaces.sum(axis=1))}
        found[1] |= {8: _keyed(8, self.groups[at])}
        return Sides(*found)


# A seeker of whom this is not on record: a row of its own, no grade (engine.indicators.report.Sides).
UNSTATED = {11: key_of(11, NOT_RECORDED), 12: key_of(12, "无技术等级或职称")}


def _keyed(table: int, counts: Ints, *, seekers: bool = False) -> dict[str, Counted]:
    keys = [FREE, *(key_of(table, row) for row in TABLES[table].rows)]
    if seekers:
        keys[0] = UNSTATED.get(table, FREE)
    return _kept(keys, counts[:, : len(keys)])


def _kept(keys: list[str], counts: Ints) -> dict[str, Counted]:
    """Counts (origin, class) by key, those that are zero left out."""
    found: dict[str, Counted] = {}
    for place in np.flatnonzero(counts.any(axis=0)).tolist():
        count = Counted(int(counts[0, place]), int(counts[1, place]))
        found[keys[place]] = found.get(keys[place], Counted()) + count
    return found
