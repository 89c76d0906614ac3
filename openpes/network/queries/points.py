"""Service points: which are online, who works there, and when each was last at work."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left

from openpes.engine.parameters import parameters
from openpes.kernel.composed import ComposedColumns
from openpes.network.choices import OFFICE_KINDS, Level, PointKind
from openpes.network.models import Posting, ServicePoint, WorkingDay
from openpes.network.queries.areas import AreaView, area, areas_below

NEXT_LENGTH = {4: 6, 6: 9, 9: 12}


class OnlinePart:
    """How many of some points are online."""

    online: int
    points: int

    @property
    def offline(self) -> int:
        return self.points - self.online

    @property
    def share(self) -> float:
        """Online points from 0 to 1."""
        return self.online / self.points if self.points else 0.0


@dataclass(frozen=True)
class BoardRow(OnlinePart):
    """The service points of one unit and everything below it."""

    area: AreaView
    online: int
    points: int


@dataclass(frozen=True)
class KindRow(OnlinePart):
    """The service points of one kind on one level."""

    kind: PointKind
    level: Level
    online: int
    points: int


@dataclass(frozen=True)
class Board:
    """How much of the network inside an area is at work.

    `planned` is the number of the whole plan, for the city only; `here` are the points of this very unit; `kinds`
    also counts what stands beside the plan, the city's market, centres in firms and training bases.
    """

    total: BoardRow
    planned: int | None
    rows: list[BoardRow]
    kinds: list[KindRow]
    here: list[ServicePoint]
    window_days: int


def board(*, scope: str, on: date, inside: str = "") -> Board:
    """Online points inside an area (default: the scope itself), in all and by the units directly below.

    A point below the city is online when it recorded at least one act within the dated number of days
    `point_online_window_days` up to `on`.
    """
    path = inside or scope
    counted = _with_online(_open_below_city(scope, path, on), on)
    length = NEXT_LENGTH.get(len(path), 12)
    groups = (
        counted.annotate(unit=Left("area", length))
        .order_by("unit")
        .values("unit")
        .annotate(points=Count("id"), working=Count("id", filter=Q(online=True)))
    )
    found = {row["unit"]: (row["working"], row["points"]) for row in groups}
    total = BoardRow(area(path), *(sum(counts[n] for counts in found.values()) for n in (0, 1)))
    rows = [BoardRow(unit, *found.get(unit.path, (0, 0))) for unit in areas_below(path)]
    planned = parameters().value("service_points_planned", on) if total.area.level == Level.CITY else None
    here = list(points(scope=scope, on=on, inside=path, kinds=tuple(PointKind)).filter(area=path))
    return Board(total, planned, rows, _by_kind(scope, path, on), here, window_days(on))


def points(
    *, scope: str, on: date, inside: str = "", online: bool | None = None, kinds: tuple[str, ...] = ()
) -> QuerySet[ServicePoint]:
    """Open points inside an area, each with `online` and `last_worked_on`, by area.

    Without `kinds` those that the plan counts: offices of the service below the city.
    """
    place = inside or scope
    wanted = _open(scope, place, on).filter(kind__in=kinds) if kinds else _open_below_city(scope, place, on)
    found = _with_online(wanted, on).annotate(last_worked_on=_last_worked(on))
    return found if online is None else found.filter(online=online)


def point(*, scope: str, pk: int) -> ServicePoint:
    """One service point.

    :raises ServicePoint.DoesNotExist: not inside the scope
    """
    return ServicePoint.objects.visible_to(scope).get(pk=pk)


def postings_at(*, scope: str, point: int, on: date) -> QuerySet[Posting]:
    """Who works at a point on a day."""
    return Posting.objects.visible_to(scope).in_force_on(on).filter(point=point).select_related("account")


def postings_from(*, scope: str, point: int, on: date) -> QuerySet[Posting]:
    """Who works at a point on a day or will begin there later, those of the day first."""
    found = Posting.objects.visible_to(scope).not_ended_by(on).filter(point=point)
    return found.select_related("account").order_by("from_on", "account__name", "pk")


def posting_of(account_id: int, on: date) -> Posting | None:
    """Where an account works on a day, with its point; nothing outside what the transaction may see."""
    return Posting.objects.in_force_on(on).filter(account=account_id).select_related("point").first()


def workplace_name(*, account: int, on: date) -> str:
    """The name of the point where an account works on a day; nothing outside what the transaction may see."""
    return next((row["point__name"] for row in _WORKPLACE(account=account, on=on)), "")


_WORKPLACE = ComposedColumns(
    lambda account, on: Posting.objects.in_force_on(on).filter(account=account).values("point__name")[:1],
    {"account": -1, "on": date.min},
)


def last_working_day(*, scope: str, point: int) -> date | None:
    """The last day on which a point recorded an act."""
    return WorkingDay.objects.visible_to(scope).filter(point=point).aggregate(last=Max("worked_on"))["last"]


def window_days(on: date) -> int:
    """The number of days in which a point must have worked to count as online."""
    return int(parameters().value("point_online_window_days", on))


def _by_kind(scope: str, inside: str, on: date) -> list[KindRow]:
    counted = (
        _with_online(_open(scope, inside, on), on)
        .values("kind", "level")
        .annotate(points=Count("id"), working=Count("id", filter=Q(online=True)))
        .order_by("level", "kind")
    )
    rows = [KindRow(PointKind(row["kind"]), Level(row["level"]), row["working"], row["points"]) for row in counted]
    order = list(PointKind)
    return sorted(rows, key=lambda row: (order.index(row.kind), row.level))


def _open(scope: str, inside: str, on: date) -> QuerySet[ServicePoint]:
    return ServicePoint.objects.visible_to(scope).visible_to(inside).open_on(on)


def _open_below_city(scope: str, inside: str, on: date) -> QuerySet[ServicePoint]:
    return _open(scope, inside, on).filter(level__gt=Level.CITY, kind__in=OFFICE_KINDS)


def _with_online(found: QuerySet[ServicePoint], on: date) -> QuerySet[ServicePoint]:
    since = on - timedelta(days=window_days(on))
    worked = WorkingDay.objects.filter(point=OuterRef("pk"), worked_on__gt=since, worked_on__lte=on)
    return found.annotate(online=Exists(worked))


def _last_worked(on: date) -> Subquery:
    worked = WorkingDay.objects.filter(point=OuterRef("pk"), worked_on__lte=on).order_by("-worked_on")
    return Subquery(worked.values("worked_on")[:1])
