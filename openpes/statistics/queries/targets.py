"""Targets held against what was reached: plan of the day, colour, forecast, and who holds back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from openpes.engine.calendars import Period
from openpes.engine.indicators.declared import Indicator, indicator_on, indicators_on
from openpes.engine.indicators.plans import Forecast, colour, forecast, plan_of_day, reached_percent
from openpes.engine.parameters import parameters
from openpes.network.queries import areas_below
from openpes.statistics.choices import Colour, WeightBasis
from openpes.statistics.models import Target, TargetQuerySet
from openpes.statistics.queries.indicators import Measured, measured, measured_below, measured_by_months
from openpes.statistics.queries.kept import year_by_months


@dataclass(frozen=True)
class Standing:
    """A target with what was measured: the plan of the day, how much of it is reached, its colour.

    Nothing is reached, and no colour given, where nothing is measured or there is nothing to divide by.
    """

    target: Target
    measured: Measured
    plan: Decimal
    reached: Decimal | None
    colour: Colour | None

    @property
    def missing(self) -> int:
        """How many units of the numerator are missing to the plan of the day; too many, where it shall stay low."""
        one = self.measured
        if one.numerator is None:
            return 0
        due = self.plan
        if one.indicator.kind == "percent":
            due = self.plan * (one.denominator or 0) / 100
        elif one.indicator.kind == "average":
            due = self.plan * (one.denominator or 0)
        short = due - one.numerator if one.indicator.direction == "up" else one.numerator - due
        return max(0, ceil(short))


@dataclass(frozen=True)
class Point:
    """What had been reached by the end of a month."""

    month: date
    measured: Measured


def year_of(year: int) -> Period:
    """The days of a year."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def targets_of(*, scope: str, area: str, year: int, on: date) -> list[Standing]:
    """The targets in force of an area and a year, each held against what was reached by a day."""
    rows = Target.objects.visible_to(scope).filter(area=area, year=year).in_force_on(_last(year, on))
    found = []
    for row in rows.order_by("pk"):
        one = measured(code=row.indicator, scope=scope, area=area, period=year_of(year), on=on)
        found.append(standing(row, one, on))
    order = [one.code for one in indicators_on(on)]
    return sorted(found, key=lambda one: order.index(one.target.indicator))


def targets_below(*, scope: str, target: Target, on: date) -> list[Standing]:
    """The targets of the units right below that the same indicator has, who holds back most first; then by area."""
    units = [unit.path for unit in areas_below(target.area)]
    rows = Target.objects.visible_to(scope).filter(
        area__in=units, indicator=target.indicator, year=target.year
    ).in_force_on(_last(target.year, on))  # fmt: skip
    by_area = {row.area: row for row in rows.order_by("area")}
    found = measured_below(
        code=target.indicator, scope=scope, areas=list(by_area), period=year_of(target.year), on=on
    )  # fmt: skip
    lines = [standing(row, found[area], on) for area, row in by_area.items()]
    return sorted(lines, key=lambda one: (-one.missing, one.target.area))


def standing(target: Target, one: Measured, on: date) -> Standing:
    """A target and its measured indicator, held against each other on a day."""
    day = _last(target.year, on)
    plan = plan_of_day(target.goal, day, accumulates=one.indicator.accumulates)
    reached = None if one.value is None else reached_percent(one.value, plan, direction=one.indicator.direction)
    return Standing(target, one, plan, reached, None if reached is None else _colour(reached, day))


def months_of(*, scope: str, target: Target, on: date) -> list[Point]:
    """What had been reached by the end of each full month of the target's year, up to a day."""
    year = year_by_months(_last(target.year, on)) if on.year >= target.year else []
    return [
        Point(on, one)
        for on, one in measured_by_months(code=target.indicator, scope=scope, area=target.area, year=year).items()
    ]


def forecast_of(points: list[Point], indicator: Indicator, on: date, reached: Decimal | None = None) -> Forecast | None:
    """The value at the year's end from the values of the full months; nothing when there are too few.

    The random walk with drift (`engine.indicators.plans.forecast`); a count that adds up does not fall below its last
    value or what is `reached` today, a share stays within 0 and 100.
    """
    values = [point.measured.value for point in points if point.measured.value is not None]
    if len(values) < len(points) or not points:
        return None
    known = parameters()
    low = max(values[-1], reached or Decimal(0)) if indicator.accumulates else Decimal(0)
    high = Decimal(100) if indicator.kind == "percent" else None
    return forecast(
        values, 12 - len(points), percent=int(known.value("forecast_percent", on)),
        least_points=int(known.value("forecast_least_points", on)), bounds=(low, high),
    )  # fmt: skip


def versions_of(*, scope: str, target: Target) -> TargetQuerySet:
    """Every version of a target, the newest first."""
    rows = Target.objects.visible_to(scope).filter(area=target.area, indicator=target.indicator, year=target.year)
    return rows.order_by("-version")


def waiting_targets(*, scope: str, area: str, year: int) -> TargetQuerySet:
    """The proposed targets of an area and a year that wait for the second officer."""
    return Target.objects.visible_to(scope).filter(area=area, year=year).waiting().order_by("indicator", "pk")


def weights_below(*, target: Target, basis: str, scope: str, on: date) -> dict[str, int]:
    """By what a target is divided among the units right below, each with its weight."""
    units = [unit.path for unit in areas_below(target.area)]
    if basis in (WeightBasis.EQUAL, WeightBasis.SAME):
        return dict.fromkeys(units, 1)
    code, period = {
        WeightBasis.UNEMPLOYED: ("unemployed", year_of(on.year)),
        WeightBasis.POINTS: ("points_online", year_of(on.year)),
        WeightBasis.LAST_YEAR: (target.indicator, year_of(target.year - 1)),
    }[WeightBasis(basis)]
    found = measured_below(code=code, scope=scope, areas=units, period=period, on=on)
    of_points = basis == WeightBasis.POINTS
    return {unit: (one.denominator if of_points else one.numerator) or 0 for unit, one in found.items()}


def adds_up(*, scope: str, target: Target, on: date) -> bool:
    """Whether the targets of the units below still come to this one; a share is the same everywhere."""
    lines = targets_below(scope=scope, target=target, on=on)
    if not lines:
        return True
    if indicator_on(target.indicator, on).has_denominator:
        return all(line.target.goal == target.goal for line in lines)
    return sum((line.target.goal for line in lines), Decimal(0)) == target.goal


def _colour(reached: Decimal, on: date) -> Colour:
    known = parameters()
    green, blue, yellow = (
        int(known.value(f"target_{name}_percent", on)) for name in ("green", "blue", "yellow")
    )  # fmt: skip
    return Colour(colour(reached, green=green, blue=blue, yellow=yellow))


def _last(year: int, on: date) -> date:
    """The day that counts for a year: today, or its last one when it is over."""
    return min(on, date(year, 12, 31))
