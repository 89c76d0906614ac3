"""Points and postings made the way the city makes them."""

from datetime import date, datetime

from openpes.kernel import Actor
from openpes.kernel.action import PLATFORM
from openpes.network.actions import open_service_point
from openpes.network.choices import Level
from openpes.network.models import ServicePoint

LEVELS = {4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWN, 12: Level.VILLAGE}


def a_point(area: str, at: datetime, name: str = "人力资源市场", by: Actor = PLATFORM) -> ServicePoint:
    """An open point in an area."""
    return open_service_point(
        area=area, level=LEVELS[len(area)], name=name, opened_on=date(2020, 1, 1), by=by, at=at
    )
