"""Periods as their readers call them."""

from datetime import date

from django.utils.translation import gettext as _

from openpes.engine.calendars import Period, quarter, quarter_number
from openpes.kernel.days import spoken_day


def period_title(period: Period) -> str:
    """A quarter or a year in the words of the reader, or the days of another period."""
    if period == year_of(period.from_on.year):
        return _("%(year)s (whole year)") % {"year": period.from_on.year}
    if period == quarter(period.from_on):
        return quarter_title(period)
    days = {"first": spoken_day(period.from_on), "last": spoken_day(period.last_on or period.from_on)}
    return _("%(first)s to %(last)s") % days


def year_of(year: int) -> Period:
    """The days of a year."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def quarter_title(period: Period) -> str:
    """A quarter in the words of the reader."""
    return _("Q%(number)s %(year)s") % {"number": quarter_number(period), "year": period.from_on.year}
