"""Figures that are kept by village: what they come to in an area, by area below it, and by cell."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import accumulate

from django.db.models import Min, Q, QuerySet, Sum
from django.db.models.functions import Left

from openpes.engine.calendars import DAY, Period, add_months, quarter
from openpes.engine.indicators.declared import indicators_on
from openpes.kernel.scope import CITY
from openpes.statistics.choices import Side
from openpes.statistics.models import KeptCount, KeptFigure, Target
from openpes.statistics.queries.measures import Asked, measure_of
from openpes.statistics.rules.formulas import FLOWS, OF_ONE_DAY, OUT, TOLD_BY_FACTS

AGES = "ages"  # of the registered labour force, by band and sex
FEW_ROWS = ("points_online", "key_markets")  # points are so few that they are counted when they are asked for
YEARS, QUARTERS, MONTHS = 2, 4, 12
Both = tuple[int, int]


def days_of(figure: str, days: Period) -> Period:
    """The days under which a figure is kept: a stock under its last day."""
    assert days.until_on is not None
    return Period(days.until_on - DAY, days.until_on) if figure in OF_ONE_DAY else days


def kept_count(figure: str, asked: Asked) -> Both | None:
    """Numerator and denominator of a figure; nothing when it is not kept."""
    rows = _kept(figure, Period(asked.period.from_on, asked.until_on), asked.inside)
    if rows is None:
        return None
    found = rows.aggregate(n=Sum("numerator"), d=Sum("denominator"))
    return int(found["n"] or 0), int(found["d"] or 0)


def kept_by_area(figure: str, asked: Asked, length: int) -> dict[str, Both] | None:
    """The same by area of so many digits."""
    rows = _kept(figure, Period(asked.period.from_on, asked.until_on), asked.inside)
    if rows is None:
        return None
    summed = rows.annotate(unit=Left("area", length)).values_list("unit")
    return {unit: (int(n), int(d)) for unit, n, d in summed.annotate(n=Sum("numerator"), d=Sum("denominator"))}


def kept_cells(figure: str, days: Period, inside: str, length: int) -> dict[tuple[str, str], int] | None:
    """The numbers of a figure by area of so many digits and by cell; nothing when it is not kept."""
    rows = _kept(figure, days, inside)
    if rows is None:
        return None
    summed = rows.annotate(unit=Left("area", length)).values_list("unit", "cell").annotate(n=Sum("numerator"))
    return {(unit, cell): int(n) for unit, cell, n in summed if n}


def kept_months(figures: list[str], first: date, until_on: date, inside: str) -> dict[tuple[str, date], int] | None:
    """Numerators of figures by month up to a day; nothing when one of them is not kept."""
    months = list(_months(first, until_on))
    kept = KeptFigure.objects.filter(figure__in=figures, from_on__in=[month.from_on for month in months])
    ends = {month.from_on: month.until_on for month in months}
    ids = [one.pk for one in kept.order_by("pk") if one.until_on == ends[one.from_on]]
    if len(ids) < len(figures) * len(months):
        return None
    rows = KeptCount.objects.visible_to(inside).filter(figure__in=ids).order_by()
    summed = rows.values_list("figure__figure", "figure__from_on").annotate(n=Sum("numerator"))
    return {(figure, month): int(n) for figure, month, n in summed}


def kept_sums(figure: str, ends: list[date], inside: str) -> dict[date, int] | None:
    """What a flow came to from the first day of a year to these ends of its months; nothing when it is not kept."""
    if figure not in FLOWS or not ends:
        return None
    firsts = [add_months(end, -1) for end in ends]
    kept = kept_months([figure], firsts[0], ends[-1], inside)
    if kept is None:
        return None
    return dict(zip(ends, accumulate(kept.get((figure, first), 0) for first in firsts), strict=True))


def counted_since(period: Period, on: date) -> datetime | None:
    """When the oldest kept figure of these days that no fact moves was counted from its rows; nothing without any."""
    until_on = min(period.until_on or on + DAY, on + DAY)
    days = Q(from_on=period.from_on, until_on=until_on) | Q(from_on=until_on - DAY, until_on=until_on)
    found = KeptFigure.objects.exclude(figure__in=TOLD_BY_FACTS).filter(days).aggregate(oldest=Min("counted_at"))
    oldest: datetime | None = found["oldest"]
    return oldest


def figures_told_by_facts(on: date) -> set[tuple[str, Period]]:
    """Every figure that facts tell, of the days that a board offers on a day, and stocks at the ends of its months."""
    made = {(figure, days_of(figure, days)) for figure in TOLD_BY_FACTS for days in _offered(on)}
    months = _months(add_months(on.replace(day=1), 1 - MONTHS), on + DAY)
    made |= {(figure, month) for month in months for figure in (*FLOWS, *OUT)}
    made |= {(figure, days_of(figure, days)) for figure in OF_ONE_DAY for days in year_by_months(on)}
    return made | {(f"valid_{side}", quarter(on)) for side in Side}


def figures_of_rows(on: date) -> list[tuple[str, Period]]:
    """Every figure that is counted from its rows, of the days that a board offers on a day, and the ages of the day.

    The days that go on come first; last the months of the year, of which the pages of targets tell.
    """
    names = [one.measured_by or one.code for one in indicators_on(on)]
    measured = [name for name in names if name not in (*TOLD_BY_FACTS, *FEW_ROWS) and measure_of(name)]
    days = sorted(_offered(on), key=lambda one: (one.until_on or on, one.from_on), reverse=True)
    aims = _aimed_at(on)
    aimed = [name for name in measured if name in aims]
    wanted = [(AGES, Period(on, on + DAY)), *((name, one) for one in days for name in measured)]
    return list(dict.fromkeys([*wanted, *((name, one) for one in year_by_months(on) for name in aimed)]))


def year_by_months(on: date) -> list[Period]:
    """The year of a day up to the end of each of its months that is over by the end of that day."""
    first = date(on.year, 1, 1)
    ends = (add_months(first, number) for number in range(1, 13))
    return [Period(first, end) for end in ends if end <= on + DAY]


def _aimed_at(on: date) -> set[str]:
    """The measures of the indicators for which a target of the year is in force."""
    codes = set(
        Target.objects.visible_to(CITY).filter(year=on.year).in_force_on(on).values_list("indicator", flat=True)
    )
    return {one.measured_by or one.code for one in indicators_on(on) if one.code in codes}


def _kept(figure: str, days: Period, inside: str) -> QuerySet[KeptCount] | None:
    kept = days_of(figure, days)
    found = KeptFigure.objects.filter(figure=figure, from_on=kept.from_on, until_on=kept.until_on)
    number = found.order_by().values_list("pk", flat=True).first()
    return None if number is None else KeptCount.objects.visible_to(inside).filter(figure=number).order_by()


def _offered(on: date) -> Iterator[Period]:
    """The years, quarters and months that a board offers, as far as they have come by the end of a day."""
    for year in range(on.year, on.year - YEARS, -1):
        yield Period(date(year, 1, 1), min(date(year + 1, 1, 1), on + DAY))
    step = quarter(on)
    for _n in range(QUARTERS):
        assert step.until_on is not None
        yield Period(step.from_on, min(step.until_on, on + DAY))
        step = quarter(step.from_on - DAY)
    yield from _months(add_months(on.replace(day=1), -5), on + DAY)


def _months(first: date, until_on: date) -> Iterator[Period]:
    while first < until_on:
        following = add_months(first, 1)
        yield Period(first, min(following, until_on))
        first = following
