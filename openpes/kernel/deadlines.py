"""Clocks in working days: how long until the last day of something, and how urgent that is."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.engine.calendars import working_days_between

SOON = 2


@dataclass(frozen=True)
class Clock:
    """The last day of something as a reader sees it: working days left (negative when it is over), and the tone."""

    due_on: date
    days_left: int

    @property
    def days_late(self) -> int:
        """Working days past the last day; at least one as soon as it is over."""
        return max(-self.days_left, 0)

    @property
    def words(self) -> str:
        """The working days that are left or over, in words; without one that is left it is due."""
        if self.days_late:
            late = ngettext("%(n)s working day late", "%(n)s working days late", self.days_late)
            return late % {"n": self.days_late}
        if not self.days_left:
            return _("due now")
        left = ngettext("%(n)s working day left", "%(n)s working days left", self.days_left)
        return left % {"n": self.days_left}

    @property
    def tone(self) -> str:
        """The colour of its badge."""
        if self.days_late:
            return "bad"
        return "wait" if self.days_left <= SOON else "plain"


def clock_of(due_on: date, on: date) -> Clock:
    """The clock of something that is due on a day, read on another."""
    if on <= due_on:
        return Clock(due_on, working_days_between(on, due_on))
    return Clock(due_on, -max(working_days_between(due_on, on), 1))
