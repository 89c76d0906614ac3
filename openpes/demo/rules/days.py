"""Days as numbers, and the working days on which offices do things."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

import numpy as np

from openpes.demo.rules.chance import Ints
from openpes.engine.calendars import china

MINUTES = 24 * 60
NEVER = -1


@lru_cache(maxsize=4)
def working_days(from_day: int, until_day: int) -> Ints:
    """The working days of a stretch of days, as ordinals."""
    calendar = china()
    days = range(from_day, until_day)
    return np.array([day for day in days if calendar.is_working(date.fromordinal(day))], dtype=np.int64)


def to_working_day(days: Ints, open_days: Ints) -> Ints:
    """The last working day on or before each day, the first of all for earlier ones."""
    places = np.searchsorted(open_days, days, side="right") - 1
    return open_days[np.maximum(places, 0)]


def moment(minute: int, zone: tzinfo) -> datetime:
    """The moment of a minute number: days since year 1 times 1440, plus the minute of the day."""
    day, rest = divmod(int(minute), MINUTES)
    return datetime.combine(date.fromordinal(day), datetime.min.time(), zone) + timedelta(minutes=rest)


def day_or_none(day: int) -> date | None:
    """The day of an ordinal, nothing for `NEVER`."""
    return None if day == NEVER else date.fromordinal(int(day))
