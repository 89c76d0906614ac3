"""Periods of a rhythm, when the report of one is due, and who has to report how often."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from openpes.engine.calendars import add_months, quarter, working_days_after
from openpes.reporting.choices import Rhythm, Standing

DAY = timedelta(days=1)


@dataclass(frozen=True)
class ReportPeriod:
    """A period `[from_on, until_on)` of a rhythm, and the last day on which its report is in time."""

    from_on: date
    until_on: date
    due_on: date


def period_at(rhythm: Rhythm, day: date, *, grace: int) -> ReportPeriod:
    """The period of a rhythm that holds a day; its report is due so many working days after its last day."""
    if rhythm == Rhythm.WEEKLY:
        from_on = day - DAY * day.weekday()
        until_on = from_on + 7 * DAY
    elif rhythm == Rhythm.MONTHLY:
        from_on = day.replace(day=1)
        until_on = add_months(from_on, 1)
    else:
        from_on = quarter(day).from_on
        until_on = add_months(from_on, 3)
    return ReportPeriod(from_on, until_on, working_days_after(until_on - DAY, grace))


def period_to_report(
    rhythm: Rhythm, day: date, *, since_on: date, reported: Collection[date], grace: int
) -> ReportPeriod:
    """For which period a report of a day counts: the last complete one if it is owed, else the present one.

    `reported` are the first days of periods with a report; a period that began before the duty is not owed.
    """
    present = period_at(rhythm, day, grace=grace)
    before = period_at(rhythm, present.from_on - DAY, grace=grace)
    owed = before.from_on >= since_on and before.from_on not in reported
    return before if owed else present


def standing(period: ReportPeriod, *, reported: bool, on: date) -> Standing:
    """Where an employer stands with the report of a period on a day."""
    if reported:
        return Standing.DONE
    return Standing.LATE if on > period.due_on else Standing.DUE


def rhythm_for(staff: int | None, least: Mapping[str, int]) -> Rhythm | None:
    """How often an employer of so many people reports; `least` gives by rhythm from how many on. Nothing for fewer."""
    for rhythm in Rhythm:
        if staff is not None and rhythm.value in least and staff >= least[rhythm.value]:
            return rhythm
    return None
