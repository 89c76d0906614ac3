"""How a vacancy or a job wish counts in a period: carried over from before, or new in it.

The count of a period is what was registered before and still valid at its start (上期结转), and what was
registered in it (本期新增): instructions of the quarterly supply-demand report, table 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openpes.engine.calendars import Period


@dataclass(frozen=True)
class Fact:
    """A vacancy, with its openings and the days on which one was filled; or a job wish, one opening.

    Valid on the days [registered_on, ended_on); `ended_on` None means still valid.
    """

    registered_on: date
    ended_on: date | None = None
    openings: int = 1
    filled_on: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if self.openings < 1:
            raise ValueError(f"openings must be at least 1, not {self.openings}")
        if self.ended_on is not None and self.ended_on < self.registered_on:
            raise ValueError(f"ended on {self.ended_on}, before it was registered on {self.registered_on}")
        if len(self.filled_on) > self.openings:
            raise ValueError(f"{len(self.filled_on)} fills of {self.openings} openings")


@dataclass(frozen=True)
class Counted:
    """Persons counted in a period; both together are its valid number (本期有效数)."""

    carried: int = 0
    new: int = 0

    @property
    def total(self) -> int:
        """The valid number of the period."""
        return self.carried + self.new

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.carried + other.carried, self.new + other.new)


def counted(facts: Iterable[Fact], period: Period) -> Counted:
    """Count facts in a period: openings left at its start are carried, all registered in it are new.

    :raises ValueError: the period is open-ended
    """
    if period.until_on is None:
        raise ValueError("An open-ended period has no valid number.")
    return sum((_one(fact, period) for fact in facts), Counted())


def _one(fact: Fact, period: Period) -> Counted:
    if fact.registered_on in period:
        return Counted(new=fact.openings)
    if fact.registered_on >= period.from_on:
        return Counted()
    if fact.ended_on is not None and fact.ended_on <= period.from_on:
        return Counted()
    return Counted(carried=fact.openings - sum(day < period.from_on for day in fact.filled_on))
