"""Working days, months, quarters, ages and retirement."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.engine.calendars import (
    Period,
    add_months,
    age_in_months,
    age_on,
    china,
    quarter,
    quarter_number,
    quarter_of,
    working_days_after,
    working_days_between,
)
from openpes.engine.retirement import FEMALE, MALE, born_by, is_of_working_age, retirement_months, retires_on

days = st.dates(date(1930, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 11, 2), 0, date(2026, 11, 2)),
        (date(2026, 11, 2), 5, date(2026, 11, 9)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 9, 19), 1, date(2026, 9, 20)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2024, 2, 9), 1, date(2024, 2, 18)),
        (date(2027, 9, 30), 1, date(2027, 10, 1)),
    ],
)
def test_working_days_follow_the_official_arrangement_and_beyond_it_the_weekends(day, n, expected):
    assert working_days_after(day, n) == expected


def test_the_calendar_knows_how_far_it_knows():
    assert china().is_known(date(2026, 12, 31))
    assert not china().is_known(date(2027, 1, 1))


@pytest.mark.parametrize(("year", "working"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_its_notice_leaves(year, working):
    assert working_days_between(date(year, 1, 1), date(year + 1, 1, 1)) == working


def test_every_make_up_day_is_a_weekend_and_no_day_is_both():
    calendar = china()
    assert {day.weekday() for day in calendar.workdays} == {5, 6}
    assert not calendar.workdays & calendar.holidays


@given(st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(0, 40))
def test_counting_back_gives_the_number_of_working_days(day, n):
    end = working_days_after(day, n)
    assert working_days_between(day + timedelta(1), end + timedelta(1)) == n
    assert n == 0 or china().is_working(end)


def test_a_negative_number_of_working_days_is_refused():
    with pytest.raises(ValueError, match="must not be negative"):
        working_days_after(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2010, 11, 2), date(2026, 11, 1), 15),
        (date(2010, 11, 2), date(2026, 11, 2), 16),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2025, 2, 28), 17),
    ],
)
def test_a_year_of_life_is_complete_on_the_birthday(born_on, day, age):
    assert age_on(born_on, day) == age


@given(days, st.integers(0, 1200))
def test_age_and_months_agree(born_on, months):
    day = add_months(born_on, months)
    assert age_in_months(born_on, day) == months
    assert age_in_months(born_on, day - timedelta(1)) == months - 1
    assert age_on(born_on, day) == months // 12


@given(days)
def test_a_day_lies_in_its_quarter_and_in_no_neighbour(day):
    period = quarter(day)
    assert day in period
    assert period == quarter_of(day.year, quarter_number(period))
    assert day not in quarter(period.until_on)
    assert day not in quarter(period.from_on - timedelta(1))
    assert 90 <= period.days <= 92


@given(st.lists(days, min_size=4, max_size=4, unique=True))
def test_two_periods_overlap_exactly_when_they_share_a_day(four):
    a, b = Period(min(four[:2]), max(four[:2])), Period(min(four[2:]), max(four[2:]))
    shared = max(a.from_on, b.from_on) < min(a.until_on, b.until_on)
    assert a.overlaps(b) == b.overlaps(a) == shared
    assert Period(a.from_on).overlaps(b) == (b.until_on > a.from_on)


def test_periods_that_touch_do_not_overlap_and_empty_ones_do_not_exist():
    first, second = Period(date(2026, 1, 1), date(2026, 4, 1)), Period(date(2026, 4, 1))
    assert not first.overlaps(second)
    assert date(2026, 4, 1) not in first
    assert first.last_on == date(2026, 3, 31)
    with pytest.raises(ValueError, match="end after it begins"):
        Period(date(2026, 1, 1), date(2026, 1, 1))
    with pytest.raises(ValueError, match="open-ended"):
        _ = second.days
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        quarter_of(2026, 5)


# From the tables annexed to the measures of 2024: birth month, track, retirement age in years and months.
@pytest.mark.parametrize(
    ("born", "track", "years", "months"),
    [
        ((1964, 12), "men", 60, 0),
        ((1965, 1), "men", 60, 1),
        ((1965, 4), "men", 60, 1),
        ((1965, 5), "men", 60, 2),
        ((1976, 8), "men", 62, 11),
        ((1976, 9), "men", 63, 0),
        ((1990, 1), "men", 63, 0),
        ((1969, 12), "women_55", 55, 0),
        ((1970, 1), "women_55", 55, 1),
        ((1981, 9), "women_55", 58, 0),
        ((1975, 1), "women_50", 50, 1),
        ((1975, 3), "women_50", 50, 2),
        ((1984, 10), "women_50", 54, 11),
        ((1984, 11), "women_50", 55, 0),
    ],
)
def test_the_retirement_age_rises_as_the_official_tables_say(born, track, years, months):
    assert retirement_months(date(*born, 15), track, date(2026, 11, 2)) == years * 12 + months


@pytest.mark.parametrize("sex", [MALE, FEMALE])
@pytest.mark.parametrize("on", [date(2010, 5, 31), date(2025, 1, 1), date(2026, 11, 2), date(2041, 2, 28)])
def test_the_latest_birth_of_the_retired_is_followed_by_one_who_is_not(sex, on):
    last = born_by(sex, on)
    assert retires_on(last, sex, on) <= on < retires_on(last + timedelta(days=1), sex, on)


def test_men_of_april_1965_retire_a_month_later_than_sixty():
    assert [retires_on(born_by(MALE, day), MALE, day) for day in (date(2025, 5, 29), date(2025, 5, 30))] == [
        date(2025, 5, 29), date(2025, 5, 30),
    ]  # fmt: skip
    assert born_by(MALE, date(2025, 5, 30)) == date(1965, 4, 30)


def test_before_2025_nobody_retires_later():
    on = date(2024, 12, 31)
    assert retirement_months(date(1990, 1, 1), "men", on) == 720
    assert retires_on(date(1990, 1, 1), "2", on) == date(2045, 1, 1)


@pytest.mark.parametrize(
    ("born_on", "sex", "able"),
    [
        (date(2010, 11, 3), "1", False),
        (date(2010, 11, 2), "1", True),
        (date(1966, 9, 10), "1", True),
        (date(1966, 4, 10), "1", False),
        (date(1965, 1, 10), "1", False),
        (date(1971, 9, 10), "2", True),
        (date(1970, 1, 10), "2", False),
    ],
)
def test_working_age_is_from_sixteen_to_retirement(born_on, sex, able):
    assert is_of_working_age(born_on, sex, date(2026, 11, 2)) is able
