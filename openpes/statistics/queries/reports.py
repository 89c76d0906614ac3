"""The quarterly supply-demand report of an area, computed from rows, and the rows behind each figure."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    Case,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Cast, Coalesce, Least

from openpes.engine.calendars import Period
from openpes.engine.indicators import OfficialRow, overall, supply_demand
from openpes.engine.occupations import report_class
from openpes.engine.parameters import parameters
from openpes.registration.models import JobWish
from openpes.statistics.choices import Origin, Side
from openpes.vacancies.models import Fill, Vacancy

CLASS_ROWS = {
    "1": "单位负责人",
    "2": "专业技术人员",
    "3": "办事人员和有关人员",
    "4": "商业和服务业人员",
    "5": "农林牧渔水利生产人员",
    "6": "生产运输设备操作工",
    "9": "其他",
    "0": "无要求",
}
NO_WISH = "0"
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Report:
    """Tables 1 and 5 of one area and period as they are printed."""

    area: str
    period: Period
    allotted: bool
    overall: tuple[OfficialRow, ...]
    by_occupation: tuple[OfficialRow, ...]


@dataclass(frozen=True)
class Figure:
    """One figure of the report: what it counts, of which report class (empty for all), registered when."""

    side: str
    occupation_class: str = ""
    origin: str = Origin.ALL


def report(*, scope: str, area: str, period: Period, allotted: bool | None = None) -> Report:
    """The report of an area inside a scope; `allotted` None takes the city's own switch of that time.

    The count of a quarter is what was registered before and still valid at its start, and what was registered in it
    (instructions of the quarterly supply-demand report, tables 1 and 5).
    """
    if allotted is None:
        allotted = bool(parameters().value("report_allotment", period.from_on))
    demand = demand_counts(scope=scope, area=area, period=period)
    seekers = seeker_counts(scope=scope, area=area, period=period)
    carried, new = ((_total(demand, origin), _total(seekers, origin)) for origin in (Origin.CARRIED, Origin.NEW))
    rows = [
        {"row": row, "demand": sum(demand.get(code, {}).values()), "seekers": sum(seekers.get(code, {}).values())}
        for code, row in CLASS_ROWS.items()
    ]
    rows[-1].pop("demand")  # an employer always names the occupation
    table_5 = supply_demand(5, rows, "official" if allotted else "none")
    return Report(area, period, allotted, overall(carried, new), table_5)


def demand_counts(*, scope: str, area: str, period: Period) -> Counts:
    """Places by report class and origin; carried over are the places left at the start of the period."""
    counts: Counts = {}
    for origin, places in ((Origin.CARRIED, "left_at_start"), (Origin.NEW, "openings")):
        rows = vacancies_behind(scope=scope, area=area, period=period, origin=origin).order_by()
        for code, number in rows.values_list("occupation").annotate(n=Sum(places)):
            _add(counts, report_class(code), origin, number)
    return counts


def seeker_counts(*, scope: str, area: str, period: Period) -> Counts:
    """Job wishes by report class of their first occupation and origin; class 0 are those without one."""
    counts: Counts = {}
    for origin in (Origin.CARRIED, Origin.NEW):
        rows = wishes_behind(scope=scope, area=area, period=period, origin=origin).order_by()
        for code, number in rows.values_list("occupations__0").annotate(n=Count("id")):
            _add(counts, report_class(code) if code else NO_WISH, origin, number)
    return counts


def vacancies_behind(*, scope: str, area: str, period: Period, origin: str = Origin.ALL) -> QuerySet[Vacancy]:
    """The vacancies that count in a period, each with `left_at_start`, the places not filled before it.

    `counted` are the places that the figure takes: all of a new vacancy, those left of one carried over.
    """
    filled_before = (
        Fill.objects.filter(vacancy=OuterRef("pk"), filled_on__lt=period.from_on)
        .order_by()
        .values("vacancy")
        .annotate(n=Count("id"))
        .values("n")
    )
    day_after = ExpressionWrapper(F("closes_on") + timedelta(days=1), output_field=DateField())
    last = Cast(day_after, DateField())  # a date and an interval make a moment in PostgreSQL
    rows = (
        Vacancy.objects.visible_to(scope)
        .visible_to(area)
        .published()
        .annotate(
            left_at_start=F("openings") - Coalesce(Subquery(filled_before, output_field=IntegerField()), 0),
            valid_until_on=Least(F("ended_on"), last),
            counted=Case(When(published_on__gte=period.from_on, then=F("openings")), default=F("left_at_start")),
        )
    )
    carried = Q(published_on__lt=period.from_on, valid_until_on__gt=period.from_on, left_at_start__gt=0)
    new = Q(published_on__gte=period.from_on, published_on__lt=period.until_on)
    return rows.filter(_of_origin(origin, carried, new)).order_by("published_on", "id")


def wishes_behind(*, scope: str, area: str, period: Period, origin: str = Origin.ALL) -> QuerySet[JobWish]:
    """The job wishes that count in a period."""
    carried = Q(from_on__lt=period.from_on) & (Q(until_on__isnull=True) | Q(until_on__gt=period.from_on))
    new = Q(from_on__gte=period.from_on, from_on__lt=period.until_on)
    rows = JobWish.objects.visible_to(scope).visible_to(area).filter(_of_origin(origin, carried, new))
    return rows.order_by("from_on", "id")


def rows_behind(*, scope: str, area: str, period: Period, figure: Figure) -> QuerySet:
    """The list behind one figure: vacancies for demand, job wishes for seekers; all of them for a total."""
    if figure.side == Side.DEMAND:
        rows: QuerySet = vacancies_behind(scope=scope, area=area, period=period, origin=figure.origin)
        return rows.filter(_in_class("occupation", figure.occupation_class)) if figure.occupation_class else rows
    rows = wishes_behind(scope=scope, area=area, period=period, origin=figure.origin)
    if figure.occupation_class == NO_WISH:
        return rows.filter(occupations__len=0)
    return rows.filter(_in_class("occupations__0", figure.occupation_class)) if figure.occupation_class else rows


def total_behind(*, scope: str, area: str, period: Period, figure: Figure) -> int:
    """What the list behind a figure adds up to, which is the figure: places for demand, job wishes for seekers."""
    rows = rows_behind(scope=scope, area=area, period=period, figure=figure).order_by()
    if figure.side == Side.DEMAND:
        return int(rows.aggregate(n=Sum("counted"))["n"] or 0)
    return rows.count()


def _in_class(column: str, code: str) -> Q:
    if code in "123456":
        return Q(**{f"{column}__startswith": code})
    return Q(**{f"{column}__gte": "7"})  # 其他: every major class from 7 on


def _of_origin(origin: str, carried: Q, new: Q) -> Q:
    return {Origin.CARRIED: carried, Origin.NEW: new}.get(Origin(origin), carried | new)


def _add(counts: Counts, code: str, origin: str, number: int) -> None:
    by_origin = counts.setdefault(code, {})
    by_origin[origin] = by_origin.get(origin, 0) + number


def _total(counts: Counts, origin: str) -> int:
    return sum(by_origin.get(origin, 0) for by_origin in counts.values())
