"""Points and postings made the way the city makes them."""

from datetime import date, datetime
from typing import Any

from openpes.kernel import Actor
from openpes.kernel.action import PLATFORM
from openpes.network.actions import PointFacts, describe_point, open_service_point
from openpes.network.choices import Level
from openpes.network.models import ServicePoint

LEVELS = {4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWN, 12: Level.VILLAGE}


def a_point(area: str, at: datetime, name: str = "人力资源市场", by: Actor = PLATFORM) -> ServicePoint:
    """An open point in an area."""
    return open_service_point(
        area=area, level=LEVELS[len(area)], name=name, opened_on=date(2020, 1, 1), by=by, at=at
    )


def some_facts(**changes: Any) -> PointFacts:
    """What a county's market has: two windows, four computers, hours with a pause at noon."""
    week = dict.fromkeys(range(1, 6), ((510, 720), (870, 1050)))
    told: dict[str, Any] = {
        "address": "民族大道 1 号", "phone": "0771-1234567", "floor_m2": 200, "hall_m2": 80, "hours": week,
        "windows": {"general": (1,), "registration": (1, 2)}, "equipment": {"computer": 4, "kiosk": 0},
    }  # fmt: skip
    return PointFacts(**told | changes)


def described(point: ServicePoint, at: datetime, by: Actor = PLATFORM, **changes: Any) -> ServicePoint:
    """The point with its facts written down."""
    return describe_point(point=point.pk, facts=some_facts(**changes), version=point.version, by=by, at=at)
