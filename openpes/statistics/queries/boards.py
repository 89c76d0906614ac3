"""What the board of an area shows: its units side by side, ages, occupations by unit, and the months of a year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, Func, IntegerField, Sum, Value, When
from django.db.models.functions import Left, TruncMonth

from openpes.engine.calendars import DAY, Period, add_months, quarter
from openpes.engine.indicators import occupation_key
from openpes.kernel.scope import CITY
from openpes.network.queries import AreaView, areas_below
from openpes.registration.models import StatusPeriod
from openpes.statistics.choices import Side
from openpes.statistics.queries.behind import vacancies_behind, wishes_behind
from openpes.statistics.queries.indicators import Measured, measured_below
from openpes.statistics.queries.kept import AGES, kept_cells, kept_months
from openpes.statistics.queries.measures import Asked, measure_of

LENGTH_BELOW = {4: 6, 6: 9, 9: 12, 12: 12}
BANDS = tuple(range(16, 62, 5))  # 16-20, 21-25 … 56-60, and from 61 on
SERIES = {
    "unemployed_in": "from_on", "employed_in": "from_on", "seekers_new": "from_on", "places_offered": "published_on",
    "hires": "begins_on",
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """A unit right below, with an indicator and how high that is among its neighbours (0 lowest to 4)."""

    unit: AreaView
    measured: Measured
    step: int | None


@dataclass(frozen=True)
class Band:
    """An age band of the registered labour force: its first age, men and women of it, employed or unemployed."""

    first: int
    men: int
    women: int


@dataclass(frozen=True)
class Heat:
    """Occupation classes by unit: for each unit and key of table 5 a number, and the highest of all."""

    units: tuple[AreaView, ...]
    counts: Mapping[tuple[str, str], int]
    most: int


def tiles(*, code: str, scope: str, area: str, period: Period, on: date) -> list[Tile]:
    """The units right below an area with an indicator, each in one of five steps of equally many units.

    :raises KeyError: there is no such indicator
    """
    units = areas_below(area)
    found = measured_below(code=code, scope=scope, areas=[unit.path for unit in units], period=period, on=on)
    values = sorted({one.value for one in found.values() if one.value is not None})
    steps = {value: n * 5 // len(values) for n, value in enumerate(values)}
    made = []
    for unit in units:
        value = found[unit.path].value
        made.append(Tile(unit, found[unit.path], None if value is None else steps[value]))
    return made


def pyramid(*, scope: str, area: str, on: date) -> list[Band]:
    """Men and women of the registered labour force by age on a day, the youngest first; each person counts once.

    The labour force are the registrations of employment and unemployment in force; who is younger than the first band
    counts in it.
    """
    inside = area if area.startswith(scope or "-") else ""
    kept = kept_cells(AGES, Period(on, on + DAY), inside, len(CITY))
    counted: dict[str, int] = defaultdict(int)
    for cell, number in ages_by_area(inside, on) if kept is None else kept.items():
        counted[cell[-1]] += number
    return [Band(first, counted[f"{first}:1"], counted[f"{first}:2"]) for first in BANDS]


def ages_by_area(inside: str, on: date) -> Iterator[tuple[tuple[str, str], int]]:
    """Registrations in force on a day, counted from their rows by area and by band and sex (`21:2`)."""
    rows = StatusPeriod.objects.visible_to(inside).in_force_on(on).order_by()
    age = Func(Value(on), F("person__born_on"), template="extract(year FROM age(%(expressions)s))::int",
               output_field=IntegerField())  # fmt: skip
    told = rows.annotate(years=age).values_list("area", "years", "person__sex").annotate(n=Count("pk"))
    for area, years, sex, number in told:
        yield (area, f"{max((band for band in BANDS if band <= years), default=BANDS[0])}:{sex}"), number


def heat(*, side: str, scope: str, area: str, on: date) -> Heat:
    """Places or job seekers valid in the running quarter, by occupation class (table 5) and unit right below."""
    inside = area if area.startswith(scope or "-") else ""
    period, length = quarter(on), LENGTH_BELOW[len(area)]
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for unit, code, number in _of_occupations(side, inside or "-", period, length):
        counts[unit, occupation_key(code or "")] += number
    return Heat(tuple(areas_below(area)), counts, max(counts.values(), default=0))


def months(*, scope: str, area: str, on: date, count: int = 12) -> dict[str, dict[date, int]]:
    """What began in each of the last months up to a day, by indicator and first day of the month."""
    first = add_months(on.replace(day=1), 1 - count)
    asked = Asked(scope, area, Period(first, add_months(first, count)), on)
    days = [add_months(first, n) for n in range(count)]
    kept = kept_months([*SERIES], first, on + DAY, asked.inside)
    if kept is not None:
        return {code: {day: kept.get((code, day), 0) for day in days} for code in SERIES}
    found = {}
    for code, column in SERIES.items():
        measure = measure_of(code)
        assert measure is not None
        part = measure(asked).numerator
        rows = part.rows.order_by().annotate(month=TruncMonth(column)).values_list("month")
        counted = dict(rows.annotate(n=Count("pk") if part.amount is None else Sum(part.amount)))
        found[code] = {day: int(counted.get(day, 0)) for day in days}
    return found


def _of_occupations(side: str, area: str, period: Period, length: int) -> list[tuple[str, str, int]]:
    kept = kept_cells(f"valid_{side}", period, area, length)
    if kept is not None:
        return [(unit, cell.strip("0"), number) for (unit, cell), number in kept.items()]
    unit = Left("area", length)
    if side == Side.DEMAND:
        rows = vacancies_behind(scope=area, area=area, period=period).order_by().annotate(unit=unit)
        return list(rows.values_list("unit", "occupation").annotate(n=Sum("counted")))
    wanted = Case(When(occupations__len=0, then=Value("")), default=F("occupations__0"), output_field=CharField())
    wishes = wishes_behind(scope=area, area=area, period=period).order_by().annotate(unit=unit, first=wanted)
    return list(wishes.values_list("unit", "first").annotate(n=Count("pk")))
