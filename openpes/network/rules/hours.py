"""Opening hours: as people type them, as signs show them, and on a day with its holidays."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from django.utils.translation import gettext as _

from openpes.engine.calendars import WorkingCalendar, china
from openpes.kernel.refusal import Reason

Stretch = tuple[int, int]
HOURS_EXAMPLE = "8:30-12:00 14:30-17:30"
MONDAY, FRIDAY, DAY_MINUTES = 1, 5, 24 * 60
STRETCH = re.compile(r"(\d{1,2})[:.](\d{2})[-~至到—–](\d{1,2})[:.](\d{2})")
BETWEEN = re.compile(r"[\s,;、，；和]*")


def parsed_hours(text: str) -> tuple[Stretch, ...] | None:
    """Stretches in minutes after midnight from `8:30-12:00 14:30-17:30`, in order; None when it cannot be read."""
    rest = unicodedata.normalize("NFKC", text).strip()
    rest = re.sub(r"\s*([-~至到—–])\s*", r"\1", rest)
    found: list[Stretch] = []
    while rest:
        match = STRETCH.match(rest)
        if match is None:
            return None
        from_hour, from_minute, until_hour, until_minute = map(int, match.groups())
        if from_minute > 59 or until_minute > 59:
            return None
        found.append((from_hour * 60 + from_minute, until_hour * 60 + until_minute))
        rest = rest[match.end() :]
        rest = rest[BETWEEN.match(rest).end() :]  # type: ignore[union-attr]
    return tuple(sorted(found))


def why_not_hours(hours: Mapping[int, Sequence[Stretch]]) -> Iterator[Reason]:
    """Why the hours of a week cannot be so: an end before its beginning, past midnight, or one stretch in another."""
    for weekday, stretches in sorted(hours.items()):
        field = f"hours_{weekday}"
        if any(until <= begins or until > DAY_MINUTES for begins, until in stretches):
            yield Reason(
                _("A stretch of opening hours ends after it begins, and by midnight."),
                field=field,
                next_step=_("Write it like %(example)s.") % {"example": HOURS_EXAMPLE},
            )
        elif any(after[0] < before[1] for before, after in pairwise(stretches)):
            yield Reason(_("Two stretches of opening hours overlap."), field=field)


def hours_text(stretches: Iterable[Stretch]) -> str:
    """Stretches as signs show them: 8:30–12:00, 14:30–17:30; nothing when there are none."""
    return ", ".join(f"{_clock(begins)}–{_clock(until)}" for begins, until in stretches)


def hours_of_day(
    hours: Mapping[int, Sequence[Stretch]], day: date, calendar: WorkingCalendar | None = None
) -> tuple[Stretch, ...]:
    """When a point is open on a day: nothing on a public holiday.

    On a make-up working day a point that is shut on weekends keeps the hours of a Monday.
    """
    known = calendar or china()
    usual = tuple(hours.get(day.isoweekday(), ()))
    if not known.is_working(day):
        return usual if day.isoweekday() > FRIDAY and day not in known.holidays else ()
    return usual or tuple(hours.get(MONDAY, ())) if day in known.workdays else usual


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
