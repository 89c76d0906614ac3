"""When a month of facts is closed, and in which month a late one counts."""

from datetime import date, timedelta

from openpes.engine.calendars import add_months
from openpes.engine.parameters import parameters

MONTHS_AHEAD = 24


def closes_on(month: date) -> date:
    """The first day on which the month of a day is closed: so many days after its end."""
    ended_on = add_months(month.replace(day=1), 1)
    return ended_on + timedelta(days=int(parameters().value("facts_close_days", ended_on)))


def open_from(on: date) -> date:
    """The first day of the earliest month that is open on a day; months before it are closed for good."""
    month = on.replace(day=1)
    while closes_on(before := add_months(month, -1)) > on:
        month = before
    return month


def counted_on(happened_on: date, on: date) -> date:
    """The day on which something counts that is told on a day: its own, or the first of the open month."""
    return max(happened_on, open_from(on))


def horizon(on: date) -> date:
    """The first day of which nothing is kept yet on a day: what is planned beyond is told when it comes nearer."""
    return add_months(on.replace(day=1), MONTHS_AHEAD)
