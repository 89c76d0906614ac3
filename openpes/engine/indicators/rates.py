"""Percentages and ratios as the official reports print them: two decimals, half up, absent without a base."""

from decimal import Decimal
from fractions import Fraction
from math import floor


def half_up(value: Fraction | int, places: int = 2) -> Decimal:
    """Round a value that is not negative half up to a number of decimals, exactly."""
    return Decimal(f"{floor(value * 10**places + Fraction(1, 2))}E-{places}")


def percentage(part: Fraction | int, whole: Fraction | int) -> Decimal | None:
    """Return part of whole in per cent with two decimals; None when there is no whole."""
    return half_up(Fraction(part) * 100 / Fraction(whole)) if whole else None


def ratio(demand: Fraction | int, seekers: Fraction | int) -> Decimal | None:
    """Return the 求人倍率, demand over seekers, with two decimals; None when there are no seekers."""
    return half_up(Fraction(demand) / Fraction(seekers)) if seekers else None


def registered_unemployment_rate(registered_unemployed: int, urban_employed: int) -> Decimal | None:
    """Return the registered unemployed as a percentage of themselves and the urban employed, 登记失业率.

    :raises ValueError: a count is negative
    """
    if registered_unemployed < 0 or urban_employed < 0:
        raise ValueError(f"counts must not be negative: {registered_unemployed} and {urban_employed}")
    return percentage(registered_unemployed, urban_employed + registered_unemployed)
