"""Opening hours as they are typed, shown and lived through holidays."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openpes.network.rules import hours_of_day, hours_text, parsed_hours, why_not_hours

WEEK = dict.fromkeys(range(1, 6), ((510, 720), (870, 1050)))
USUAL = ((510, 720), (870, 1050))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:30-12:00 14:30-17:30", USUAL),
        ("8:30–12:00，14:30–17:30", USUAL),
        ("０８：３０－１２：００、14:30至17:30", USUAL),
        ("14:30 - 17:30; 8:30~12:00", USUAL),
        ("", ()),
        ("0:00-24:00", ((0, 1440),)),
        ("8-12", None),
        ("8:30-12:61", None),
        ("closed", None),
        ("8:30-12:00 x", None),
    ],
)
def test_hours_are_read_as_people_write_them(typed, meant):
    assert parsed_hours(typed) == meant


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(701, 1440)), max_size=3))
def test_hours_that_are_shown_are_read_back_as_they_were(stretches):
    assert parsed_hours(hours_text(stretches)) == tuple(sorted(stretches))


@pytest.mark.parametrize(
    ("day", "open_then"),
    [
        (date(2026, 11, 23), USUAL),  # a Monday
        (date(2026, 11, 22), ()),  # a Sunday
        (date(2026, 10, 1), ()),  # the national day
        (date(2026, 10, 10), USUAL),  # a Saturday that makes up for the holidays
    ],
)
def test_holidays_and_make_up_days_are_known(day, open_then):
    assert hours_of_day(WEEK, day) == open_then


def test_a_point_that_opens_on_sundays_is_open_on_a_sunday_but_not_on_a_holiday():
    always = dict.fromkeys(range(1, 8), ((600, 700),))
    assert hours_of_day(always, date(2026, 11, 22)) == ((600, 700),)
    assert hours_of_day(always, date(2026, 10, 4)) == ()


@pytest.mark.parametrize(
    ("hours", "fields"),
    [
        ({1: USUAL}, []),
        ({1: ((720, 510),)}, ["hours_1"]),
        ({3: ((0, 1441),)}, ["hours_3"]),
        ({2: ((510, 720), (719, 800))}, ["hours_2"]),
        ({2: ((510, 720), (720, 800))}, []),
    ],
)
def test_a_stretch_ends_after_it_begins_and_none_lies_in_another(hours, fields):
    assert [reason.field for reason in why_not_hours(hours)] == fields
