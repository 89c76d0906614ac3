"""Clocks in working days: how long until the last day of a step, and how urgent that is."""

from dataclasses import dataclass
from datetime import date

from openpes.engine.calendars import working_days_between

SOON = 2


@dataclass(frozen=True)
class Clock:
    """The last day of a step as a reader sees it: working days left (negative when it is over), and the tone."""

    due_on: date
    days_left: int

    @property
    def days_late(self) -> int:
        """Working days past the last day."""
        return max(-self.days_left, 0)

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        if self.days_left < 0:
            return "bad"
        return "wait" if self.days_left <= SOON else "plain"


def clock_of(due_on: date, on: date) -> Clock:
    """The clock of a step that is due on a day, read on another."""
    late = due_on < on
    return Clock(due_on, -working_days_between(due_on, on) if late else working_days_between(on, due_on))
