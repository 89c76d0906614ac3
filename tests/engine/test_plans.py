"""Parts that add up, colours by the plan of the day, and forecasts against numbers computed by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine.indicators.plans import (
    colour,
    forecast,
    handed_down,
    plan_of_day,
    reached_percent,
)


def test_what_is_left_goes_to_the_largest_remainders():
    # 100 by 1 : 1 : 1 is 33.33 each; the first key gets the last one. By 5 : 3 : 1 of 10: 5.56, 3.33, 1.11.
    assert handed_down(100, {"b": 1, "a": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert handed_down(10, {"a": 5, "b": 3, "c": 1}) == {"a": 6, "b": 3, "c": 1}


def test_without_any_weight_the_shares_are_equal():
    assert handed_down(7, {"a": 0, "b": 0}) == {"a": 4, "b": 3}


@given(st.integers(0, 10**6), st.dictionaries(st.text("0123456789", min_size=1), st.integers(0, 10**6), min_size=1))
def test_the_parts_add_up_and_none_is_more_than_one_from_its_share(amount, weights):
    parts = handed_down(amount, weights)
    whole = sum(weights.values())
    assert sum(parts.values()) == amount
    assert parts.keys() == weights.keys()
    assert all(abs(parts[key] * whole - amount * weight) < whole for key, weight in weights.items() if whole)


def test_nobody_to_hand_down_to_and_negative_weights_are_refused():
    for amount, weights in ((1, {}), (1, {"a": -1}), (-1, {"a": 1})):
        with pytest.raises(ValueError, match="handed down"):
            handed_down(amount, weights)


def test_the_plan_of_a_day_is_its_part_of_the_year():
    # 1 April 2026 is the 91st of 365 days: 365 * 91 / 365.
    assert plan_of_day(Decimal(365), date(2026, 4, 1), accumulates=True) == 91
    assert plan_of_day(Decimal(366), date(2028, 12, 31), accumulates=True) == 366
    assert plan_of_day(Decimal(90), date(2026, 4, 1), accumulates=False) == 90


def test_what_shall_stay_low_is_reached_when_it_is_below_its_plan():
    assert reached_percent(Decimal(45), Decimal(60), direction="up") == Decimal("75.00")
    assert reached_percent(Decimal(5), Decimal(4), direction="down") == Decimal("80.00")
    assert reached_percent(Decimal("3.2"), Decimal(4), direction="down") == Decimal("125.00")
    assert reached_percent(Decimal(0), Decimal(4), direction="down") == Decimal("100.00")
    assert reached_percent(Decimal(0), Decimal(0), direction="up") == Decimal("100.00")


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        ("100.00", "green"),
        ("99.99", "blue"),
        ("95.00", "blue"),
        ("94.99", "yellow"),
        ("85", "yellow"),
        ("84.99", "red"),
    ],
)
def test_four_colours_by_the_distance_to_plan(reached, told):
    assert colour(Decimal(reached), green=100, blue=95, yellow=85) == told


def test_the_forecast_is_that_of_a_hand():
    # 10, 14, 17, 23: changes 4, 3, 6, drift 13/3; residuals -1/3, -4/3, 5/3: squares 42/9, over 2 is 7/3, s = 1.52753.
    # Two ahead: 23 + 26/3 = 31.67; deviation 1.52753 * sqrt(2 * (1 + 2/3)) = 2.78887; 80 %: 1.28155 * that = 3.57408.
    made = forecast([Decimal(n) for n in (10, 14, 17, 23)], 2, percent=80, least_points=4)
    assert (made.value, made.low, made.high) == (Decimal("31.67"), Decimal("28.09"), Decimal("35.24"))


def test_a_straight_line_goes_on_without_doubt():
    made = forecast([Decimal(n) for n in (2, 4, 6, 8)], 3, percent=80, least_points=4)
    assert (made.value, made.low, made.high) == (14, 14, 14)


def test_bounds_cut_off_what_cannot_be():
    made = forecast([Decimal(n) for n in (90, 99, 91, 98)], 6, percent=80, least_points=4, bounds=(None, Decimal(100)))
    assert made.high == 100
    assert made.low < made.value <= 100


def test_too_few_points_are_no_forecast():
    assert forecast([Decimal(1), Decimal(2), Decimal(3)], 1, percent=80, least_points=4) is None
    assert forecast([Decimal(1), Decimal(2)], 1, percent=80, least_points=1) is None
    with pytest.raises(ValueError, match="looks ahead"):
        forecast([Decimal(1)] * 5, -1, percent=80, least_points=4)
