"""All cells of the twelve official tables in one pass over facts; compiled, for any number of areas at once.

A fact adds its number to three cells: that of the person who is or should be (sex, age, education and grade together),
that of the occupation, and that of the workplace or of the seeker's group; the tables are sums over these. What is
carried over is the sum of all facts before the period; new is what begins within it. Every code is looked up in a table
of all numbers of its column, so that a wrong one costs nothing and breaks nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from openpes.engine.calendars import Period
from openpes.engine.compiled import compiled
from openpes.engine.figures import classes
from openpes.engine.figures.cells import (
    AGES,
    EDUCATIONS,
    GROUPS,
    ORIGINS,
    PERSONS,
    SIDES,
    SKILLS,
    UNITS,
    WORKPLACES,
    Cells,
    occupation_count,
)
from openpes.engine.figures.classes import MINOR_CODES
from openpes.engine.figures.facts import AREA_DIGITS, Facts
from openpes.engine.figures.kinds import parts_of_report

FIRST_DAY = date(1970, 1, 1)
LARGEST_TABLE = 1 << 20  # areas that are looked up; more of them are searched
BLOCK = 1 << 11  # facts whose places stay in the nearest memory between the loops
OTHERS = ORIGINS * (WORKPLACES + GROUPS)  # cells of a stretch that one side has


class Places(NamedTuple):
    """Where an area belongs: `begins` are first codes, and `stretches` the number of what lies before, between, after.

    What lies in no area has the number behind the last. Where the codes are few enough there is a table by
    (code − lowest) / step, with one entry before it and one after it.
    """

    begins: npt.NDArray[np.int64]
    stretches: npt.NDArray[np.int16]
    table: npt.NDArray[np.int16]
    lowest: int
    step: int


class Readable(Protocol):
    """Facts that lie somewhere else."""

    def read(self) -> Facts:
        """The facts."""


@dataclass(frozen=True)
class CountTables:
    """The kernel: counts the cells of a period for some areas, prefixes of the statistical code ("" everything).

    It can be sent to another process: all that it holds are a period and prefixes.
    """

    period: Period
    areas: tuple[str, ...] = ("",)

    def __post_init__(self) -> None:
        if self.period.until_on is None:
            raise ValueError("A report needs a period that ends.")
        if len(set(self.areas)) != len(self.areas) or not self.areas:
            raise ValueError("Name each area once, and at least one.")
        if wrong := [area for area in self.areas if area and not (area.isdecimal() and len(area) <= AREA_DIGITS)]:
            raise ValueError(f"An area is told by up to {AREA_DIGITS} digits, not by '{wrong[0]}'.")

    @cached_property
    def _days(self) -> tuple[int, int]:
        until = self.period.until_on or self.period.from_on
        return (self.period.from_on - FIRST_DAY).days, (until - FIRST_DAY).days

    @cached_property
    def _stretches(self) -> tuple[Places, tuple[tuple[int, ...], ...]]:
        return stretches(self.areas)

    def __getstate__(self) -> dict[str, Any]:
        return {"period": self.period, "areas": self.areas}

    def __call__(self, part: Facts | Readable) -> Cells:
        """The cells of a part: facts, or what they are read from."""
        facts = part if isinstance(part, Facts) else part.read()
        places, inside = self._stretches
        blocks = (len(inside) + 1) * SIDES * ORIGINS
        counts = (
            np.zeros(blocks * PERSONS, np.int64),
            np.zeros(blocks * occupation_count(), np.int64),
            np.zeros((len(inside) + 1) * OTHERS, np.int64),
        )
        _count(facts, _lookups(), places, self._days, counts)
        return _gathered(self.areas, inside, counts, facts.rows)


def stretches(areas: Sequence[str]) -> tuple[Places, tuple[tuple[int, ...], ...]]:
    """Cut the codes into stretches that lie inside the same areas, and name these of each stretch."""
    bounds = [_bounds(area) for area in areas]
    cuts = sorted({code for pair in bounds for code in pair})
    inside = [tuple(n for n, (low, high) in enumerate(bounds) if low <= cut < high) for cut in cuts]
    sets = [*dict.fromkeys(one for one in inside if one)]
    outside = len(sets)
    numbers = np.array([outside, *(sets.index(one) if one else outside for one in inside)], np.int16)
    begins = np.array(cuts, np.int64)
    step = 10 ** (AREA_DIGITS - max(len(area) for area in areas))
    size = (cuts[-1] - cuts[0]) // step
    table = np.zeros(0, np.int16)
    if size <= LARGEST_TABLE:
        codes = cuts[0] + step * np.arange(-1, size + 1, dtype=np.int64)
        table = numbers[np.searchsorted(begins, codes, side="right")]
    return Places(begins, numbers, table, cuts[0], step), tuple(sets)


def _bounds(area: str) -> tuple[int, int]:
    digits = AREA_DIGITS - len(area)
    first = int(area or "0") * 10**digits
    return first, first + 10**digits


def _gathered(areas: tuple[str, ...], inside: tuple[tuple[int, ...], ...], counts: Any, rows: int) -> Cells:
    """The counts of stretches added up to those of areas."""
    belongs = np.zeros((len(areas), len(inside)), np.int64)
    for stretch, members in enumerate(inside):
        belongs[list(members), stretch] = 1
    persons, occupations, others = (np.reshape(count, (len(inside) + 1, -1))[:-1] for count in counts)
    workplaces, groups = np.split(others, [ORIGINS * WORKPLACES], axis=1)
    shapes = (SIDES, ORIGINS, PERSONS), (SIDES, ORIGINS, -1), (ORIGINS, WORKPLACES), (ORIGINS, GROUPS)
    counted = zip((persons, occupations, workplaces, groups), shapes, strict=True)
    summed: list[Any] = [(belongs @ count).reshape(len(areas), *shape) for count, shape in counted]
    return Cells(areas, *summed, facts=rows)


class _Lookups(NamedTuple):
    parts: Any
    industries: Any
    units: Any
    enterprises: Any
    unit_rows: Any
    sexes: Any
    ages: Any
    educations: Any
    skills: Any
    groups: Any
    minors: Any


def _lookups() -> _Lookups:
    return _Lookups(
        parts_of_report(), classes.industry_classes(), *classes.unit_classes(), classes.sex_classes(),
        classes.age_classes(), classes.education_classes(), classes.skill_classes(), classes.group_classes(),
        classes.minor_classes()[0],
    )  # fmt: skip


@compiled
def _count(facts: Any, known: Any, places: Any, days: Any, counts: Any) -> None:
    """Block by block in four short loops: a long one over fourteen columns has more of them than registers.

    No step depends on what a fact is, so that the processor guesses nothing: what does not count adds a zero.
    """
    numbers, blocks = np.zeros(BLOCK, np.int64), np.zeros(BLOCK, np.uint64)
    minors = np.uint64(len(counts[1]) * PERSONS // len(counts[0]))  # classes of occupations
    for first in range(0, len(facts[0]), BLOCK):
        last = min(first + BLOCK, len(facts[0]))
        if not _begin(facts, first, last, known[0], days, (numbers, blocks)):
            continue
        if len(places.table):
            _place(facts[1], first, last, places, blocks)
        else:
            _seek_place(facts[1], first, last, places, blocks)
        _add_occupations(facts[5], first, last, (known[10], minors), (numbers, blocks), counts[1])
        _add_persons(facts[9:13], first, last, known[5:9], (numbers, blocks), counts[0])
        _add_others((*facts[6:9], facts[13]), first, last, (*known[1:5], known[9]), (numbers, blocks), counts[2])


@compiled
def _begin(facts: Any, first: Any, last: Any, parts: Any, days: Any, made: Any) -> Any:
    """What each fact adds, its side and origin (demand carried and new, seekers carried and new); whether any adds."""
    kind, counted_on, number = facts[0], facts[3], facts[4]
    numbers, blocks = made
    begin, end = days
    some = np.uint64(0)
    for n in range(first, last):
        part, day = np.uint64(parts[np.uint16(kind[n])]), counted_on[n]
        old = np.uint64(day < begin)
        counts = (part >> np.uint64(2)) & np.uint64(day < end) & (old | part)
        some |= counts
        numbers[n - first] = np.int64(number[n]) * np.int64(counts)
        blocks[n - first] = (part & np.uint64(2)) | (old ^ np.uint64(1))
    return some > np.uint64(0)


@compiled
def _place(area: Any, first: Any, last: Any, places: Any, blocks: Any) -> None:
    """The stretch of each fact, from the table."""
    table, lowest, inverse, end = places.table, places.lowest, 1.0 / np.float64(places.step), len(places.table) - 1
    for n in range(first, last):
        at = area[n] - lowest
        # Half a code away from every border, so that the quotient of two floats never falls on the wrong side.
        place: Any = min(np.int64((np.float64(at) + 0.5) * inverse) + 1, end) if at >= 0 else 0
        blocks[n - first] += np.uint64(table[np.uint64(place)]) * np.uint64(4)


@compiled
def _seek_place(area: Any, first: Any, last: Any, places: Any, blocks: Any) -> None:
    """The stretch of each fact, where there are too many for a table."""
    for n in range(first, last):
        place = places.stretches[np.searchsorted(places.begins, area[n], side="right")]
        blocks[n - first] += np.uint64(place) * np.uint64(4)


@compiled
def _add_occupations(occupation: Any, first: Any, last: Any, known: Any, made: Any, counts: Any) -> None:
    minors, many = known
    numbers, blocks = made
    for n in range(first, last):
        minor = minors[min(np.uint32(occupation[n]) // np.uint32(100), np.uint32(MINOR_CODES))]
        counts[blocks[n - first] * many + np.uint64(minor)] += numbers[n - first]


@compiled
def _add_persons(columns: Any, first: Any, last: Any, known: Any, made: Any, counts: Any) -> None:
    sex, age, education, skill = columns
    sexes, ages, educations, skills = known
    numbers, blocks = made
    for n in range(first, last):
        cell = np.uint64(sexes[np.uint16(sex[n])]) * np.uint64(AGES) + np.uint64(ages[np.uint16(age[n])])
        cell = cell * np.uint64(EDUCATIONS) + np.uint64(educations[np.uint16(education[n])])
        cell = cell * np.uint64(SKILLS) + np.uint64(skills[np.uint16(skill[n])])
        counts[blocks[n - first] * np.uint64(PERSONS) + cell] += numbers[n - first]


@compiled
def _add_others(columns: Any, first: Any, last: Any, known: Any, made: Any, counts: Any) -> None:
    """The workplace of demand, the group of seekers: one of both."""
    industry, unit_type, economic_type, person_group = columns
    industries, units, enterprises, rows, groups = known
    numbers, blocks = made
    for n in range(first, last):
        unit = rows[np.uint64(units[np.uint16(unit_type[n])]), np.uint64(enterprises[np.uint16(economic_type[n])])]
        work = np.uint64(industries[np.uint16(industry[n])]) * np.uint64(UNITS) + np.uint64(unit)
        block = blocks[n - first]
        new, seekers = block & np.uint64(1), (block >> np.uint64(1)) & np.uint64(1)
        work += new * np.uint64(WORKPLACES)
        group = new * np.uint64(GROUPS) + np.uint64(groups[np.uint16(person_group[n])]) + np.uint64(2 * WORKPLACES)
        cell = group * seekers + work * (seekers ^ np.uint64(1))
        counts[(block >> np.uint64(2)) * np.uint64(OTHERS) + cell] += numbers[n - first]
