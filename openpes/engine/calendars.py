"""Days, months, quarters and ages: periods are [from_on, until_on)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from openpes.engine.files import rows

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, order=True)
class Period:
    """Days from `from_on`, up to but not including `until_on`; open-ended when that is None."""

    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on <= self.from_on:
            raise ValueError(f"A period must end after it begins: {self.from_on} to {self.until_on}.")

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def overlaps(self, other: Self) -> bool:
        """Whether the two periods share a day."""
        begins_in_time = self.until_on is None or other.from_on < self.until_on
        return begins_in_time and (other.until_on is None or self.from_on < other.until_on)

    @property
    def last_on(self) -> date | None:
        """The last day of the period; None when it is open-ended."""
        return None if self.until_on is None else self.until_on - DAY

    @property
    def days(self) -> int:
        """How many days the period has.

        :raises ValueError: the period is open-ended
        """
        if self.until_on is None:
            raise ValueError("An open-ended period has no number of days.")
        return (self.until_on - self.from_on).days


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days offices are open: weekends are free, except make-up days; holidays are free.

    Before `known_until` the official arrangement is known; from then on only weekends are free.
    """

    holidays: frozenset[date]
    workdays: frozenset[date]
    known_until: date

    def is_working(self, day: date) -> bool:
        """Whether offices are open on a day."""
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() < SATURDAY

    def is_known(self, day: date) -> bool:
        """Whether the official arrangement of that day's year has been announced."""
        return day < self.known_until


@lru_cache(maxsize=1)
def china() -> WorkingCalendar:
    """The calendar of public holidays and make-up days that the product ships with."""
    marked: dict[str, set[date]] = {"holiday": set(), "workday": set()}
    for row in rows("holidays.csv"):
        period = Period(date.fromisoformat(row["from_on"]), date.fromisoformat(row["until_on"]))
        marked[row["kind"]].update(period.from_on + DAY * n for n in range(period.days))
    last_year = max(day.year for day in marked["holiday"])
    return WorkingCalendar(frozenset(marked["holiday"]), frozenset(marked["workday"]), date(last_year + 1, 1, 1))


def working_days_after(day: date, n: int, calendar: WorkingCalendar | None = None) -> date:
    """The n-th working day after a day; the day itself does not count (民法典 art. 201).

    :raises ValueError: n is negative
    """
    if n < 0:
        raise ValueError(f"The number of working days must not be negative: {n}.")
    open_days = calendar or china()
    for _ in range(n):
        day += DAY
        while not open_days.is_working(day):
            day += DAY
    return day


def working_days_between(from_on: date, until_on: date, calendar: WorkingCalendar | None = None) -> int:
    """How many working days lie in [from_on, until_on); 0 when the end is not after the beginning."""
    open_days = calendar or china()
    return sum(open_days.is_working(from_on + DAY * n) for n in range(max((until_on - from_on).days, 0)))


def add_months(day: date, months: int) -> date:
    """The same day of a month so many months later (or earlier); the last of the month where it has no such day.

    Source: 民法典 art. 202.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def age_in_months(born_on: date, day: date) -> int:
    """Completed months of life on a day; negative before birth."""
    months = (day.year - born_on.year) * 12 + day.month - born_on.month
    return months - 1 if add_months(born_on, months) > day else months


def age_on(born_on: date, day: date) -> int:
    """Completed years of life on a day; who was born on 29 February is a year older on 28 February (art. 202)."""
    return age_in_months(born_on, day) // 12


def quarter(on: date) -> Period:
    """The calendar quarter in which a day lies."""
    from_on = date(on.year, on.month - (on.month - 1) % 3, 1)
    return Period(from_on, add_months(from_on, 3))


def quarter_of(year: int, number: int) -> Period:
    """A quarter by its number, 1 to 4.

    :raises ValueError: there is no such quarter
    """
    if number not in range(1, 5):
        raise ValueError(f"A year has quarters 1 to 4, not {number}.")
    return quarter(date(year, number * 3, 1))


def quarter_number(period: Period) -> int:
    """Which quarter of its year a period begins in, 1 to 4."""
    return (period.from_on.month + 2) // 3
