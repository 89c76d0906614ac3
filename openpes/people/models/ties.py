"""Which columns of which tables say whom a row is about; every room tells it of its own tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from openpes.people.choices import Clash

OVERLAP = "daterange(a.from_on, a.until_on) && daterange(b.from_on, b.until_on)"
LIVING = "({row}.until_on IS NULL OR {row}.until_on > DATE '{on}')"


@dataclass(frozen=True)
class Part:
    """Rows that hang on a row and go aside with it; `column` names that row."""

    model: type[models.Model]
    column: str


@dataclass(frozen=True, kw_only=True)
class Tie:
    """A column that names a person, and how rows of two persons come under one.

    `title` names the rows. `apart` is a condition in SQL on a row `a` of one person and a row `b` of the other under
    which the two cannot stand beside each other; empty when they always can. `clash` says what is done then, and
    `living` (SQL on one `{row}`, on the day `{on}`) which rows are open matters, which are never put aside silently.
    `next_step` says what the offices do first. `parts` go aside with a row; with `detach` a row only loses its person.
    `remains` says why rows keep the old number when they do.
    """

    model: type[models.Model]
    title: Any
    column: str = "person_id"
    apart: str = ""
    clash: Clash = Clash.REFUSE
    living: str = "true"
    next_step: Any = ""
    parts: tuple[Part, ...] = ()
    detach: bool = False
    remains: str = ""

    @property
    def table(self) -> str:
        """The table of the rows."""
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column by which a row is known."""
        return str(self.model._meta.pk.column)

    @property
    def name(self) -> str:
        """The tie as it is written down: table and column."""
        return f"{self.table}.{self.column}"


_ties: dict[str, Tie] = {}


def hold_ties(*ties: Tie) -> None:
    """Make the ties of a room known; said once by the subscriptions of each room that has any."""
    _ties.update({tie.name: tie for tie in ties})


def ties() -> Iterator[Tie]:
    """Every tie whose rows go with the person, in the order in which the rooms stand above each other."""
    return (tie for tie in _ties.values() if not tie.remains)


def tie_named(name: str) -> Tie | None:
    """The tie of a table and column, if a room has it."""
    return _ties.get(name)


def tied_columns() -> dict[str, str]:
    """Every known `table.column`, with why its rows remain, or nothing when they go."""
    return {name: tie.remains for name, tie in _ties.items()}
