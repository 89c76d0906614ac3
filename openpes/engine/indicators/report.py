"""The twelve tables of the quarterly report from counts by the keys of the register."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openpes.engine.indicators.classes import FREE, KEYS, UNRECORDED, key_of, keys_in
from openpes.engine.indicators.gaps import Gap, largest_gaps
from openpes.engine.indicators.periods import Counted
from openpes.engine.indicators.supply_demand import OfficialRow, overall, supply_demand
from openpes.engine.indicators.tables import NO_REQUIREMENT, NOT_RECORDED, OTHER, TABLES, OfficialTable, Side
from openpes.engine.occupations import REPORT_OTHER, report_class

# The definitions of this report; the number grows when a table comes to count otherwise.
DEFINITION = "supply-demand-12/2"
MINOR_CLASS = 7  # characters of the code of a minor class: 4-03-02
OTHER_CLASS = key_of(5, OTHER)
Keyed = Mapping[str, Counted]


@dataclass(frozen=True)
class Sides:
    """What was counted, by table and key: table 5 by the code of the occupation, the others by `classes.KEYS`.

    A seeker whose education is not on record counts in a row of its own in table 11, which is printed only where there
    is somebody and takes its part of the demand without a requirement as every row does; one without a grade counts
    among those who have none in table 12; on the other side the same is 无要求, key 0.
    An employer of whose industry nothing is known counts in 其他, as does an enterprise of unknown type in 企业 alone.
    """

    demand: Mapping[int, Keyed]
    seekers: Mapping[int, Keyed]

    @property
    def totals(self) -> tuple[Counted, Counted]:
        """All places and all seekers."""
        return _sum(self.demand[5]), _sum(self.seekers[5])


@dataclass(frozen=True)
class Tables:
    """The twelve tables as printed: table 1, the tables with rows of their own by number, tables 6 and 7."""

    overall: tuple[OfficialRow, ...]
    grouped: Mapping[int, tuple[OfficialRow, ...]]
    shortage: tuple[Gap, ...]
    surplus: tuple[Gap, ...]


def official_tables(sides: Sides, *, allotted: bool) -> Tables:
    """The twelve tables; `allotted` shares entries without a requirement out by the official rule.

    Every row of the form is there, with a zero where nothing was counted; rows that the register cannot tell
    (`classes.UNRECORDED`) are left out. Tables 6 and 7 take occupations down to their minor class.
    """
    places, seekers = sides.totals
    allot = "official" if allotted else "none"
    gaps = _by_minor_class(sides)
    return Tables(
        overall((places.carried, seekers.carried), (places.new, seekers.new)),
        {number: supply_demand(number, _rows(number, sides), allot) for number in TABLES},
        largest_gaps(gaps, "shortage"),
        largest_gaps(gaps, "surplus"),
    )


def _rows(number: int, sides: Sides) -> list[dict[str, str | int]]:
    if number == 2:  # the three sectors come from the industries, which the rule shares out first
        return _rows(3, sides)
    table = TABLES[number]
    demand, seekers = _of_side(number, sides.demand), _of_side(number, sides.seekers)
    if table.free == "demand" and number not in sides.demand:  # no vacancy can state such a requirement
        demand = {FREE: sides.totals[0].total}
    rows: list[dict[str, str | int]] = []
    for key, name in KEYS[number].items():
        if key in UNRECORDED.get(number, ()):
            continue
        row: dict[str, str | int] = {"row": name}
        for side, counts in (("demand", demand), ("seekers", seekers)):
            if side in table.sides and _is_told(table, name, side):
                row[side] = sum(counts.get(one, 0) for one in keys_in(number, key))
        if name != NOT_RECORDED or row["seekers"]:
            rows.append(row)
    return rows


def _is_told(table: OfficialTable, name: str, side: Side) -> bool:
    """Whether a row has a number on a side: no requirement on one only, not on record with the seekers."""
    return {NO_REQUIREMENT: table.free == side, NOT_RECORDED: side == "seekers"}.get(name, True)


def _of_side(number: int, side: Mapping[int, Keyed]) -> dict[str, int]:
    class_of: Callable[[str], str] = occupation_key if number == 5 else str
    found: dict[str, int] = {}
    for key, count in side.get(number, {}).items():
        found[class_of(key)] = found.get(class_of(key), 0) + count.total
    return found


def occupation_key(code: str) -> str:
    """The key in table 5 of an occupation of any level; 无要求 for none."""
    if not code:
        return FREE
    number = report_class(code)
    return OTHER_CLASS if number == REPORT_OTHER else number


def _by_minor_class(sides: Sides) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for place, side in enumerate((sides.demand, sides.seekers)):
        for code, count in side[5].items():
            minor = code[:MINOR_CLASS]
            if len(minor) == MINOR_CLASS:
                both = [*found.get(minor, (0, 0))]
                both[place] += count.total
                found[minor] = (both[0], both[1])
    return found


def _sum(counts: Keyed) -> Counted:
    return sum(counts.values(), Counted())
