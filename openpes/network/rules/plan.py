"""Where the points of the founding plan stand."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from openpes.engine.areas import Area
from openpes.network.choices import Level, PointKind
from openpes.network.rules.points import kind_of_unit

# Founding plan of 2007: points by level below the city; villages and communities are counted apart.
PLAN = {"county": 12, "town": 121, "community": 334, "village": 1391}
URBAN_FIRST = ("111", "112", "121", "122", "123", "210", "220", "")
VILLAGE_CLASS = "220"
COMMITTEES = ("居民委员会", "村民委员会", "居委会", "委会")


@dataclass(frozen=True)
class PlannedPoint:
    """A service point that the plan asks for."""

    area: str
    level: Level
    kind: PointKind
    name: str


def planned_points(areas: Iterable[Area]) -> list[PlannedPoint]:
    """The points of the plan of 2007 on the units of today, and the city's own market, by area.

    The plan gives numbers, not names, so the units are chosen by fixed rules (see the room's README).
    """
    units = sorted(areas, key=lambda unit: unit.path)
    chosen = {
        Level.CITY: _of_level(units, "city"),
        Level.COUNTY: _of_level(units, "county")[: PLAN["county"]],
        Level.TOWN: _town_offices(units),
        Level.VILLAGE: _stations(units),
    }
    points = [
        PlannedPoint(unit.path, level, kind_of_unit(level, unit.kind), point_name(unit))
        for level, found in chosen.items()
        for unit in found
    ]
    return sorted(points, key=lambda point: point.area)


def point_name(unit: Area) -> str:
    """The usual name of the service point of a unit."""
    if unit.level in ("city", "county"):
        return f"{unit.name}人力资源市场"
    if unit.level == "town":
        return f"{unit.name}劳动保障事务所"
    place = next((unit.name.removesuffix(end) for end in COMMITTEES if unit.name.endswith(end)), unit.name)
    return f"{place}劳动保障工作站"


def _of_level(units: list[Area], level: str) -> list[Area]:
    return [unit for unit in units if unit.level == level]


def _town_offices(units: list[Area]) -> list[Area]:
    below = Counter(unit.parent for unit in units if unit.level == "village")
    real = [unit for unit in _of_level(units, "town") if unit.kind != "quasi_town"]
    return sorted(real, key=lambda unit: (-below[unit.path], unit.path))[: PLAN["town"]]


def _stations(units: list[Area]) -> list[Area]:
    villages = [unit for unit in units if unit.kind == "village"]
    communities = [unit for unit in units if unit.kind == "community"]
    missing = PLAN["village"] - len(villages)
    were_villages = [unit for unit in communities if unit.urban_rural == VILLAGE_CLASS][: max(missing, 0)]
    taken = {unit.path for unit in were_villages}
    rest = [unit for unit in communities if unit.path not in taken]
    ranked = sorted(rest, key=lambda unit: (URBAN_FIRST.index(unit.urban_rural), unit.path))
    return villages[: PLAN["village"]] + were_villages + ranked[: PLAN["community"]]
