"""What comes next for somebody: one line a thing, the most urgent first."""

from dataclasses import dataclass
from datetime import date, datetime

from openpes.kernel.clock import day_of
from openpes.kernel.deadlines import Clock, clock_of
from openpes.portal.choices import NextKind

NO_DAY = "9"
FIRST_OF_ALL = frozenset(
    [
        NextKind.HOLD, NextKind.TIMES, NextKind.OFFER, NextKind.ANSWER, NextKind.SIGN, NextKind.REPORT,
        NextKind.RETURNED,
        NextKind.INTERVIEW, NextKind.APPOINTMENT,
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Next:
    """One thing to do or to keep in mind: what, about what, when; `pk` is of the row that its page shows.

    `clock` says until when something is to be done, `at` when something takes place; a note adds what somebody said;
    `begun` is the first day of what it is about; `count` is more than one where one page answers several.
    """

    kind: NextKind
    pk: int
    title: str = ""
    other: str = ""
    note: str = ""
    at: datetime | None = None
    clock: Clock | None = None
    count: int = 1
    begun: date | None = None

    @property
    def order(self) -> tuple[bool, str, int, int]:
        """First what somebody waits for or what takes place, by its day; then all else likewise; ties by kind."""
        day = self.clock.due_on.isoformat() if self.clock else day_of(self.at).isoformat() if self.at else NO_DAY
        return (self.kind not in FIRST_OF_ALL, day, list(NextKind).index(self.kind), self.pk)


def due(day: date | None, on: date) -> Clock | None:
    """The clock of a day; nothing without one."""
    return clock_of(day, on) if day else None
