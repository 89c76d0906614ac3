"""Targets of a year: handed down in parts that add up, held against the plan of the day, forecast to its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from statistics import NormalDist

from openpes.engine.indicators.rates import half_up

GREEN, BLUE, YELLOW, RED = "green", "blue", "yellow", "red"


@dataclass(frozen=True)
class Forecast:
    """What the year's end will probably bring, and the interval in which it lies with the asked probability."""

    value: Decimal
    low: Decimal
    high: Decimal


def handed_down(amount: int, weights: Mapping[str, int]) -> dict[str, int]:
    """An amount divided by weights into whole parts that add up to it exactly.

    Largest remainder (Hare-Niemeyer): everybody gets the whole part of the exact share, and what is left goes one by
    one to the largest remainders, ties to the smaller key. Without any weight the shares are equal.

    :raises ValueError: the amount or a weight is negative, or there is nobody to hand down to
    """
    if amount < 0 or any(weight < 0 for weight in weights.values()) or not weights:
        raise ValueError("An amount is handed down to somebody, by weights that are not negative.")
    whole = sum(weights.values())
    exact = {key: Fraction(amount * weight, whole) if whole else Fraction(amount, len(weights))
             for key, weight in weights.items()}  # fmt: skip
    parts = {key: int(share) for key, share in exact.items()}
    first = sorted(exact, key=lambda key: (parts[key] - exact[key], key))
    for key in first[: amount - sum(parts.values())]:
        parts[key] += 1
    return parts


def plan_of_day(target: Decimal, on: date, *, accumulates: bool) -> Decimal:
    """What of a year's target is due by the end of a day: as many parts of it as days of the year have passed.

    A share or a stock is due whole all the year; only what adds up over the year is due in parts.
    """
    if not accumulates:
        return target
    passed = on.timetuple().tm_yday
    return half_up(Fraction(target) * passed / date(on.year, 12, 31).timetuple().tm_yday)


def reached_percent(value: Decimal, plan: Decimal, *, direction: str) -> Decimal | None:
    """How much of the plan of the day is reached, in per cent: the value by the plan, or the plan by a value that shall
    stay low; nothing when there is nothing to divide by and the plan is not reached anyway.
    """
    above, below = (plan, value) if direction == "down" else (value, plan)
    if not below:
        return Decimal("100.00") if above >= below and (direction == "down" or not plan) else None
    return half_up(Fraction(above) * 100 / Fraction(below))


def colour(reached: Decimal, *, green: int, blue: int, yellow: int) -> str:
    """The colour of a distance to plan: thresholds in per cent of the plan of the day, the highest first."""
    steps = ((green, GREEN), (blue, BLUE), (yellow, YELLOW))
    return next((name for least, name in steps if reached >= least), RED)


def forecast(
    values: Sequence[Decimal], ahead: int, *, percent: int, least_points: int,
    bounds: tuple[Decimal | None, Decimal | None] = (None, None),
) -> Forecast | None:  # fmt: skip
    """The value so many steps after the last, by the random walk with drift; nothing when there are too few points.

    The drift is the mean of the changes between neighbouring points; the forecast is the last value and `ahead` times
    the drift. With T points and s the root of the squared residuals over T - 2, its standard deviation is
    s * sqrt(ahead * (1 + ahead / (T - 1))), and the interval that of the normal distribution (Hyndman and
    Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, sections 5.2 and 5.5). `bounds` cut it off where
    a value cannot be: a count that adds up does not fall, a share stays within 0 and 100.

    :raises ValueError: `ahead` is negative, or the probability does not lie between 0 and 100
    """
    if ahead < 0 or not 0 < percent < 100:
        raise ValueError("A forecast looks ahead, with a probability between 0 and 100 per cent.")
    if len(values) < max(least_points, 3):
        return None
    changes = [float(b - a) for a, b in pairwise(values)]
    drift = sum(changes) / len(changes)
    spread = sqrt(sum((change - drift) ** 2 for change in changes) / (len(changes) - 1))
    middle = float(values[-1]) + ahead * drift
    wide = NormalDist().inv_cdf(0.5 + percent / 200) * spread * sqrt(ahead * (1 + ahead / len(changes)))
    return Forecast(*(_bounded(number, bounds) for number in (middle, middle - wide, middle + wide)))


def _bounded(number: float, bounds: tuple[Decimal | None, Decimal | None]) -> Decimal:
    low, high = bounds
    exact = Fraction(number)
    found = half_up(exact) if exact >= 0 else -half_up(-exact)
    if low is not None and found < low:
        return low
    return high if high is not None and found > high else found
