"""The coverage: of the hires for a year or more, how many were for a vacancy that had been reported before."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Coverage:
    """Hires that count, and those of them whose vacancy was reported before; the target is per cent."""

    hires: int
    reported: int
    target: int

    @property
    def percent(self) -> Decimal | None:
        """Reported of all, one decimal, half up; nothing where there was no hire."""
        if not self.hires:
            return None
        return (Decimal(100 * self.reported) / self.hires).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def missing(self) -> int:
        """How many hires were for no vacancy that had been reported."""
        return self.hires - self.reported

    @property
    def short_of_target(self) -> int:
        """How many more would have had to be reported to reach the target."""
        needed = -(-self.target * self.hires // 100)
        return max(needed - self.reported, 0)

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; nothing where there was no hire."""
        return None if not self.hires else 100 * self.reported >= self.target * self.hires


def coverage_of(*, hires: int, reported: int, target: int) -> Coverage:
    """The coverage of so many hires.

    :raises ValueError: more were reported than hired
    """
    if not 0 <= reported <= hires:
        raise ValueError(f"{reported} of {hires} hires cannot have been reported.")
    return Coverage(hires, reported, target)


def longest_start(until_on: date, *, days: int) -> date:
    """The latest day on which a contract can begin that ends with this day and lasts so many days, both counted."""
    return until_on - timedelta(days=days - 1)
