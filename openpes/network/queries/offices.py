"""One service point as its sheet says: hours, windows, equipment, pictures; and which points serve a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from openpes.engine.areas import ancestors
from openpes.kernel.scope import CITY
from openpes.network.choices import OFFICE_KINDS, EquipmentKind, Weekday, WindowPurpose
from openpes.network.models import OpeningHours, PointEquipment, PointPicture, ServicePoint, ServiceWindow
from openpes.network.rules import Stretch, hours_of_day, hours_text

WEEK = 7


@dataclass(frozen=True)
class DayHours:
    """When a point is open on one day; `text` is empty when it stays shut."""

    on: date
    weekday: Weekday
    text: str


@dataclass(frozen=True)
class Sheet:
    """What is written down about a point, ready for a page.

    `week` are the coming seven days with their holidays; `windows` the numbers by purpose; `equipment` pieces by kind.
    """

    point: ServicePoint
    hours: dict[int, tuple[Stretch, ...]]
    week: list[DayHours]
    windows: list[tuple[WindowPurpose, list[int]]]
    equipment: list[tuple[EquipmentKind, int]]
    pictures: list[PointPicture]

    @property
    def today(self) -> str:
        """When the point is open on the first day of the week shown."""
        return self.week[0].text

    @property
    def has_hours(self) -> bool:
        """Whether any hours are written down; without them nobody knows, and that is not shut."""
        return bool(self.hours)


def sheet(*, scope: str, point: ServicePoint, on: date, inside: bool = True) -> Sheet:
    """The sheet of a point on a day; `inside` tells whether equipment is asked for, which is not public."""
    hours = _hours([point.pk], scope).get(point.pk, {})
    windows: dict[str, list[int]] = {}
    for window in ServiceWindow.objects.visible_to(scope).filter(point=point):
        windows.setdefault(window.purpose, []).append(window.number)
    owned = PointEquipment.objects.visible_to(scope).filter(point=point) if inside else ()
    pieces = {row.kind: row.pieces for row in owned}
    return Sheet(
        point=point,
        hours=hours,
        week=_week(hours, on),
        windows=[(purpose, windows[purpose]) for purpose in WindowPurpose if purpose in windows],
        equipment=[(kind, pieces[kind]) for kind in EquipmentKind if kind in pieces],
        pictures=list(_pictures(scope).filter(point=point)),
    )


def office(*, pk: int, on: date) -> ServicePoint:
    """A point that is open on a day, for everybody, whichever area it stands in.

    :raises ServicePoint.DoesNotExist: no such point is open
    """
    return ServicePoint.objects.visible_to(CITY).open_on(on).get(pk=pk)


def offices_serving(*, area: str, on: date) -> list[tuple[ServicePoint, DayHours, bool]]:
    """The open offices that serve a place, the nearest first: its own, those of the units above, the city's market.

    Each with its hours of the day and whether any hours are written down.
    """
    chain = [area, *ancestors(area)]
    found = list(ServicePoint.objects.visible_to(CITY).open_on(on).filter(area__in=chain, kind__in=OFFICE_KINDS))
    found.sort(key=lambda point: (-len(point.area), point.pk))
    hours = _hours([point.pk for point in found], CITY)
    return [(point, _week(hours.get(point.pk, {}), on, 1)[0], point.pk in hours) for point in found]


def windows_of(*, scope: str, point: int) -> dict[int, frozenset[str]]:
    """The windows of a point, each with what it serves; nothing when none are written down."""
    found: dict[int, frozenset[str]] = {}
    for window in ServiceWindow.objects.visible_to(scope).filter(point=point):
        found[window.number] = found.get(window.number, frozenset()) | {window.purpose}
    return found


def purposes_served(windows: Mapping[int, frozenset[str]]) -> frozenset[str]:
    """The purposes that windows serve: all of them when one is for all matters, or when none is written down."""
    purposes = frozenset(purpose for found in windows.values() for purpose in found)
    return frozenset(WindowPurpose) if not windows or WindowPurpose.GENERAL in purposes else purposes


def stretches_of(*, scope: str, point: int, days: Iterable[date]) -> dict[date, tuple[Stretch, ...]]:
    """When a point is open on each of some days, in minutes after midnight; nothing on a holiday."""
    hours = _hours([point], scope).get(point, {})
    return {day: hours_of_day(hours, day) for day in days}


def picture(*, scope: str, pk: int) -> PointPicture:
    """A picture with its content.

    :raises PointPicture.DoesNotExist: there is none of that number
    """
    return PointPicture.objects.visible_to(scope).only("media_type", "digest", "content").get(pk=pk)


def _pictures(scope: str) -> QuerySet[PointPicture]:
    shown = ("point", "place_no", "caption", "media_type", "width", "height", "digest")
    return PointPicture.objects.visible_to(scope).only(*shown)


def _hours(points: list[int], scope: str) -> dict[int, dict[int, tuple[Stretch, ...]]]:
    found: dict[int, dict[int, tuple[Stretch, ...]]] = {}
    for row in OpeningHours.objects.visible_to(scope).filter(point__in=points):
        week = found.setdefault(row.point_id, {})
        week[row.weekday] = (*week.get(row.weekday, ()), (row.from_minute, row.until_minute))
    return found


def _week(hours: dict[int, tuple[Stretch, ...]], on: date, days: int = WEEK) -> list[DayHours]:
    coming = [on + timedelta(days=n) for n in range(days)]
    return [DayHours(day, Weekday(day.isoweekday()), hours_text(hours_of_day(hours, day))) for day in coming]
