"""Periods as their readers call them."""

from django.utils.translation import gettext as _

from openpes.engine.calendars import Period, quarter, quarter_number
from openpes.kernel.days import spoken_day


def period_title(period: Period) -> str:
    """A quarter in the words of the reader, or the days of another period."""
    if period == quarter(period.from_on):
        return quarter_title(period)
    days = {"first": spoken_day(period.from_on), "last": spoken_day(period.last_on or period.from_on)}
    return _("%(first)s to %(last)s") % days


def quarter_title(period: Period) -> str:
    """A quarter in the words of the reader."""
    return _("Q%(number)s %(year)s") % {"number": quarter_number(period), "year": period.from_on.year}
