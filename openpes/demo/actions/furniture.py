"""What is written down about the service points of the demo city, its key township markets, a centre and a base."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from openpes.demo.rules.accounts import COUNTY
from openpes.demo.rules.furniture import (
    AFTERNOON,
    EQUIPMENT,
    KEY_MARKETS,
    MORNING,
    SIZES,
    days_of,
    large_towns,
    windows_of,
    without_facts,
)
from openpes.kernel import Actor, action
from openpes.network.actions import Host, open_service_point, recognise_key_market, record_population
from openpes.network.choices import Level, PointKind
from openpes.network.models import OpeningHours, PointEquipment, ServicePoint, ServiceWindow

BATCH = 5000
COUNTED_ON = date(2020, 11, 1)


@action
def furnish_points(*, seed: int, by: Actor, at: datetime) -> int:
    """Write down hours, windows and equipment of most points, recognise 21 key markets, open a centre and a base.

    Returns the number of points that were furnished; points with hours already keep what they have.
    """
    points = list(ServicePoint.objects.visible_to(by.scope).order_by("area", "pk"))
    if OpeningHours.objects.visible_to(by.scope).exists():
        return 0
    bare = without_facts(len(points), seed)
    chosen = [point for point, empty in zip(points, bare, strict=True) if not empty]
    for number, point in enumerate(chosen):
        point.floor_m2, point.hall_m2 = SIZES[point.level]
        point.phone = f"154{number:08d}"
    ServicePoint.objects.bulk_update(chosen, ["floor_m2", "hall_m2", "phone"], batch_size=500)
    OpeningHours.objects.bulk_create(_hours(chosen), batch_size=BATCH)
    ServiceWindow.objects.bulk_create(_windows(chosen), batch_size=BATCH)
    PointEquipment.objects.bulk_create(_equipment(chosen), batch_size=BATCH)
    _key_markets(points, seed, by, at)
    _centre_and_base(points, by, at)
    return len(chosen)


def _hours(points: list[ServicePoint]) -> Iterator[OpeningHours]:
    for point in points:
        for weekday in days_of(point.level):
            for begins, until in (MORNING, AFTERNOON):
                yield OpeningHours(
                    area=point.area, point=point, weekday=weekday, from_minute=begins, until_minute=until
                )


def _windows(points: list[ServicePoint]) -> Iterator[ServiceWindow]:
    for point in points:
        for purpose, numbers in windows_of(point.level).items():
            for number in numbers:
                yield ServiceWindow(area=point.area, point=point, number=number, purpose=purpose)


def _equipment(points: list[ServicePoint]) -> Iterator[PointEquipment]:
    for point in points:
        for kind, pieces in EQUIPMENT[point.level].items():
            yield PointEquipment(area=point.area, point=point, kind=kind, pieces=pieces)


def _key_markets(points: list[ServicePoint], seed: int, by: Actor, at: datetime) -> None:
    towns = [point for point in points if point.kind == PointKind.TOWN_OFFICE and point.area[6:] >= "1"]
    chosen = towns[:: max(len(towns) // KEY_MARKETS, 1)][:KEY_MARKETS]
    source = _("Invented for the demo city")
    for point, persons in zip(chosen, large_towns(len(chosen), seed), strict=True):
        record_population(area=point.area, counted_on=COUNTED_ON, persons=persons, source=source, by=by, at=at)
        recognise_key_market(point=point.pk, by=by, at=at)


def _centre_and_base(points: list[ServicePoint], by: Actor, at: datetime) -> None:
    market = next((point for point in points if point.area == COUNTY), None)
    if market is None:
        return
    told: dict[str, Any] = {"area": COUNTY, "level": Level.COUNTY, "opened_on": date(2008, 3, 1), "by": by, "at": at}
    host = Host("南宁示例纺织有限公司", "", market.pk)
    open_service_point(name="示例纺织再就业服务中心", kind=PointKind.REEMPLOYMENT_CENTRE, host=host, **told)
    open_service_point(name="青秀区就业培训基地", kind=PointKind.TRAINING_BASE, **told)
