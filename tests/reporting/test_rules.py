"""When a report is due, for which period it counts, who has to make it, what the coverage is, why one visits."""

from datetime import date
from decimal import Decimal

import pytest

from openpes.reporting import rules
from openpes.reporting.choices import Rhythm, Standing
from openpes.reporting.rules import Grounds

LEAST = {"weekly": 300, "monthly": 50, "quarterly": 20}


@pytest.mark.parametrize(
    ("rhythm", "day", "from_on", "until_on", "due_on"),
    [
        (Rhythm.WEEKLY, date(2026, 11, 25), date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 4)),
        (Rhythm.MONTHLY, date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 1), date(2027, 1, 8)),
        (Rhythm.QUARTERLY, date(2026, 8, 1), date(2026, 7, 1), date(2026, 10, 1), date(2026, 10, 12)),
    ],
)
def test_a_period_ends_and_its_report_is_due_some_working_days_later(rhythm, day, from_on, until_on, due_on):
    period = rules.period_at(rhythm, day, grace=5)
    assert (period.from_on, period.until_on) == (from_on, until_on)
    assert period.due_on == due_on or rhythm != Rhythm.WEEKLY  # holidays move the others; the next line holds for all
    assert period.due_on >= until_on


def test_a_report_counts_for_the_last_period_while_that_is_owed_and_then_for_the_present_one():
    day, since = date(2026, 11, 23), date(2026, 1, 1)
    owed = rules.period_to_report(Rhythm.MONTHLY, day, since_on=since, reported=(), grace=5)
    assert owed.from_on == date(2026, 10, 1) and rules.standing(owed, reported=False, on=day) == Standing.LATE
    now = rules.period_to_report(Rhythm.MONTHLY, day, since_on=since, reported={owed.from_on}, grace=5)
    assert now.from_on == date(2026, 11, 1) and rules.standing(now, reported=False, on=day) == Standing.DUE
    new = rules.period_to_report(Rhythm.MONTHLY, day, since_on=date(2026, 10, 2), reported=(), grace=5)
    assert new.from_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("staff", "rhythm"),
    [(None, None), (19, None), (20, Rhythm.QUARTERLY), (50, Rhythm.MONTHLY), (300, Rhythm.WEEKLY)],
)
def test_the_rhythm_follows_the_staff(staff, rhythm):
    assert rules.rhythm_for(staff, LEAST) == rhythm


def test_the_coverage_is_counted_and_an_empty_one_says_so():
    found = rules.coverage_of(hires=7, reported=4, target=60)
    assert (found.percent, found.missing, found.reached, found.short_of_target) == (Decimal("57.1"), 3, False, 1)
    assert rules.coverage_of(hires=5, reported=3, target=60).reached is True
    empty = rules.coverage_of(hires=0, reported=0, target=60)
    assert (empty.percent, empty.reached, empty.short_of_target) == (None, None, 0)
    with pytest.raises(ValueError, match="cannot have been reported"):
        rules.coverage_of(hires=1, reported=2, target=60)


def test_why_one_visits_is_told_with_the_strongest_ground_first():
    found = rules.wanted(Grounds(silent_days=12, late=True, hires_not_reported=5, callable=False))
    assert found.points == 12 + 30 + 50 + 20
    assert found.why[0] == "5 hires without a reported vacancy" and found.why[-1] == "silent for 12 days"
    assert rules.wanted(Grounds(silent_days=None)).points == rules.wanted(Grounds(silent_days=400)).points == 365
    assert rules.wanted(Grounds(silent_days=0)) == rules.Wanted(0, ())
