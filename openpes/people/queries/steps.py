"""Lists read on from the last line shown (by day, kind and number), so that no page costs more than another."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Q


@dataclass(frozen=True, order=True)
class Step:
    """Where a list goes on: after the line of this day, kind and number."""

    day: date
    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}.{self.kind}.{self.number}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The step that an address names; None where it names none."""
        try:
            day, kind, number = text.split(".")
            return cls(date.fromisoformat(day), kind, int(number))
        except ValueError:
            return None

    def rows_after(self, kind: str, *, day: str, number: str = "pk") -> Q:
        """The rows of a kind that come after, ordered by the columns of day and number within their kind."""
        later = Q(**{f"{day}__gt": self.day})
        if kind < self.kind:
            return later
        same = Q(**{day: self.day})
        return later | (same if kind > self.kind else same & Q(**{f"{number}__gt": self.number}))
