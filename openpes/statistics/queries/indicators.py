"""Indicators measured: value, numerator and denominator of any area and period, by area below, and the rows behind."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum, Value
from django.db.models.functions import Left

from openpes.engine.calendars import DAY, Period
from openpes.engine.indicators.declared import Indicator, indicator_on, indicators_on
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.statistics.queries.kept import kept_by_area, kept_count, kept_sums
from openpes.statistics.queries.measures import Asked, Pair, Part, measure_of
from openpes.statistics.queries.shown import shown_of_city


@dataclass(frozen=True)
class Measured:
    """An indicator with its counts in one area and period; without counts it is not measured yet."""

    indicator: Indicator
    numerator: int | None = None
    denominator: int | None = None

    @property
    def is_measured(self) -> bool:
        """Whether the rows for it are kept at all."""
        return self.numerator is not None

    @property
    def value(self) -> Decimal | None:
        """What the counts come to; nothing when it is not measured, or when there is nothing to divide by."""
        return None if self.numerator is None else self.indicator.value(self.numerator, self.denominator)


def measured(*, code: str, scope: str, area: str, period: Period, on: date) -> Measured:
    """One indicator of an area inside a scope in a period, counting nothing later than `on`.

    What is kept is taken (`queries.kept`), the rest is counted from its rows.

    :raises KeyError: there is no such indicator on the last day that counts
    """
    asked = Asked(scope, area, period, on)
    return _measured(indicator_on(code, asked.last_on), asked)


def all_measured(*, scope: str, area: str, period: Period, on: date) -> list[Measured]:
    """Every indicator that is declared, in the order of its declaration."""
    asked = Asked(scope, area, period, on)
    return [_measured(indicator, asked) for indicator in indicators_on(asked.last_on)]


def measured_below(
    *, code: str, scope: str, areas: list[str], period: Period, on: date
) -> dict[str, Measured]:  # fmt: skip
    """One indicator in several areas of one level; each number is counted once for all of them.

    :raises KeyError: there is no such indicator on the last day that counts
    """
    indicator = indicator_on(code, min((period.last_on or on), on))
    common = _shared_prefix(areas)
    asked = Asked(scope, common if len(common) > len(scope) else scope, period, on)
    kept = kept_by_area(indicator.measured_by or code, asked, len(areas[0])) if areas else None
    if kept is not None:
        return {area: _as_kept(indicator, kept.get(area, (0, 0))) for area in areas}
    pair = _pair(indicator, asked)
    if pair is None or not areas:
        return {area: Measured(indicator) for area in areas}
    numerators, denominators = (counted_by_area(part, len(areas[0])) for part in (pair.numerator, pair.denominator))
    return {
        area: Measured(indicator, numerators.get(area, 0), denominators.get(area, 0) if pair.denominator else None)
        for area in areas
    }


def measured_by_months(*, code: str, scope: str, area: str, year: list[Period]) -> dict[date, Measured]:
    """One indicator in a year up to the last days of its months; a flow is the sum of the months that are kept.

    :raises KeyError: there is no such indicator on one of the days
    """
    ends = [days.until_on for days in year if days.until_on is not None]
    told = {end - DAY: indicator_on(code, end - DAY) for end in ends}
    figures = sorted({one.measured_by or one.code for one in told.values()})
    inside = Asked(scope, area, year[0], ends[0]).inside if year else ""
    if len(figures) == 1 and (sums := kept_sums(figures[0], ends, inside)) is not None:
        return {last: Measured(indicator, sums[last + DAY]) for last, indicator in told.items()}
    return {
        last: _measured(indicator, Asked(scope, area, days, last))
        for days, (last, indicator) in zip(year, told.items(), strict=True)
    }


@contextmanager
def rows_of(
    *, code: str, scope: str, area: str, period: Period, on: date, denominator: bool = False
) -> Iterator[Part | None]:
    """The rows behind a number, each with its `amount`, to be read inside the block; nothing when it is not measured.

    :raises KeyError: there is no such indicator on the last day that counts
    """
    asked = Asked(scope, area, period, on)
    pair = _pair(indicator_on(code, asked.last_on), asked)
    part = (pair.denominator if denominator else pair.numerator) if pair else None
    listed = None if part is None else replace(part, rows=_shown(part).annotate(amount=_amount(part)))
    with _standing(part):
        yield listed


def _measured(indicator: Indicator, asked: Asked) -> Measured:
    kept = kept_count(indicator.measured_by or indicator.code, asked)
    return _counted(indicator, asked) if kept is None else _as_kept(indicator, kept)


def _counted(indicator: Indicator, asked: Asked) -> Measured:
    pair = _pair(indicator, asked)
    if pair is None:
        return Measured(indicator)
    denominator = _count(pair.denominator) if pair.denominator else None
    return Measured(indicator, _count(pair.numerator), denominator)


def _as_kept(indicator: Indicator, both: tuple[int, int]) -> Measured:
    return Measured(indicator, both[0], both[1] if indicator.has_denominator else None)


def _pair(indicator: Indicator, asked: Asked) -> Pair | None:
    measure = measure_of(indicator.measured_by or indicator.code)
    return measure(asked) if measure else None


def _count(part: Part) -> int:
    rows = _shown(part).order_by()
    with _standing(part):
        return rows.count() if part.amount is None else int(rows.aggregate(n=Sum(part.amount))["n"] or 0)


def counted_by_area(part: Part | None, length: int) -> dict[str, int]:
    """What the rows of a part come to, by area of so many digits."""
    if part is None:
        return {}
    rows = _shown(part).annotate(unit=Left("area", length)).order_by("unit").values("unit")
    counted = rows.annotate(n=Count("pk") if part.amount is None else Sum(part.amount))
    with _standing(part):
        return {row["unit"]: int(row["n"] or 0) for row in counted}


def _amount(part: Part) -> Any:
    return Value(1) if part.amount is None else part.amount


def _shown(part: Part) -> QuerySet:
    """The rows to count, held to those that the database shows to the reader."""
    return shown_of_city(part.rows) if part.city else part.rows


def _standing(part: Part | None) -> AbstractContextManager[None]:
    return within(CITY) if part and part.city else nullcontext()


def _shared_prefix(areas: list[str]) -> str:
    if not areas:
        return ""
    first, last = min(areas), max(areas)
    same = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[: max(length for length in (0, 4, 6, 9, 12) if length <= same)]
