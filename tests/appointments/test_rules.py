"""Which times are offered, how long an offer is kept, from when somebody counts as waiting."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from openpes.appointments import rules
from openpes.kernel.clock import BUSINESS_ZONE

DAY = date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 9, tzinfo=BUSINESS_ZONE)
KNOWN = rules.terms(DAY)
MINUTE = timedelta(minutes=1)


def test_times_are_whole_slots_inside_the_opening_hours():
    found = [
        f"{time:%H:%M}" for time in rules.times_of(DAY, [(510, 560), (870, 889)], timedelta(minutes=20), BUSINESS_ZONE)
    ]
    assert found == ["08:30", "08:50"]


@pytest.mark.parametrize(
    ("windows", "purpose", "percent", "chosen"),
    [
        ({1: {"registration"}, 2: {"general"}, 3: {"training"}}, "registration", 50, (1,)),
        ({1: {"registration"}, 2: {"general"}, 3: {"registration"}, 4: {"general"}}, "registration", 50, (1, 2)),
        ({4: {"training"}, 2: {"general"}}, "training", 100, (2, 4)),
        ({1: {"training"}}, "registration", 50, ()),
        ({1: {"training"}}, "training", 1, (1,)),
    ],
)
def test_a_share_of_the_windows_of_a_purpose_takes_appointments(windows, purpose, percent, chosen):
    assert rules.windows_for({n: frozenset(p) for n, p in windows.items()}, purpose, percent) == chosen


def test_a_freed_time_is_kept_for_two_hours_but_never_past_the_notice():
    assert rules.held_until(NINE - timedelta(hours=8), NINE, KNOWN) == NINE - timedelta(hours=6)
    assert rules.held_until(NINE - timedelta(minutes=90), NINE, KNOWN) == NINE - timedelta(minutes=60)
    assert rules.held_until(NINE - timedelta(minutes=60), NINE, KNOWN) is None


@pytest.mark.parametrize(
    ("came", "since"), [(-40, -40), (-10, -30), (0, -30), (15, -30), (16, 16)]
)  # minutes from the time
def test_who_comes_in_time_counts_as_waiting_since_before_it_and_who_is_late_since_now(came, since):
    assert rules.queues_from(NINE, NINE + came * MINUTE, KNOWN) == NINE + since * MINUTE


def test_a_time_outside_the_hours_or_too_near_is_refused():
    told = {"times": [NINE], "known": KNOWN}
    assert not [*rules.why_not_book(starts_at=NINE, at=NINE - timedelta(hours=1), **told)]
    assert [*rules.why_not_book(starts_at=NINE, at=NINE - timedelta(minutes=59), **told)]
    assert [*rules.why_not_book(starts_at=NINE + MINUTE, at=NINE - timedelta(hours=3), **told)]


def test_the_days_offered_begin_today():
    days = rules.days_offered(NINE, replace(KNOWN, days_ahead=2))
    assert days == [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)]
