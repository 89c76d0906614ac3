"""Days and moments as the reader's language writes them: one way for pages, sentences and letters."""

from datetime import date, datetime

from django.utils.translation import get_language

from openpes.kernel.clock import BUSINESS_ZONE, day_of

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def spoken_day(value: date | datetime) -> str:
    """A day in the language in force: 2026年11月23日, in English 23 Nov 2026; of a moment, its business day."""
    day = day_of(value) if isinstance(value, datetime) else value
    if (get_language() or "").startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_moment(value: datetime) -> str:
    """A moment in the language in force, in business time: 2026年11月23日 09:30, in English 23 Nov 2026, 09:30."""
    between = " " if (get_language() or "").startswith("zh") else ", "
    return f"{spoken_day(value)}{between}{value.astimezone(BUSINESS_ZONE):%H:%M}"
