"""One clock for every room: working days left or over, and the colour of it."""

from datetime import date

import pytest
from django.utils import translation

from openpes.kernel.deadlines import clock_of

DUE = date(2026, 11, 30)  # a Monday


@pytest.mark.parametrize(
    ("on", "left", "late", "tone"),
    [
        (date(2026, 11, 23), 5, 0, "plain"), (date(2026, 11, 26), 2, 0, "wait"), (date(2026, 11, 27), 1, 0, "wait"),
        (date(2026, 11, 30), 0, 0, "wait"), (date(2026, 12, 1), -1, 1, "bad"), (date(2026, 12, 7), -5, 5, "bad"),
    ],
)  # fmt: skip
def test_the_clock_counts_working_days(on, left, late, tone):
    clock = clock_of(DUE, on)
    assert (clock.days_left, clock.days_late, clock.tone) == (left, late, tone)


def test_what_was_due_on_a_free_day_is_late_on_the_next_one():
    saturday, sunday = date(2026, 11, 28), date(2026, 11, 29)
    assert clock_of(saturday, sunday).tone == "bad", "no working day lies between, and still it is over"
    assert clock_of(saturday, sunday).days_late == 1


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 11, 27), "1 working day left"), (date(2026, 11, 23), "5 working days left"),
        (date(2026, 11, 30), "due now"),
        (date(2026, 12, 1), "1 working day late"), (date(2026, 12, 7), "5 working days late"),
    ],
)  # fmt: skip
def test_the_clock_speaks(on, words):
    with translation.override("en"):
        assert clock_of(DUE, on).words == words
