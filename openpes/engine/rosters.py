"""The hiring roster of employers: its columns, and which of them a row needs by the state of the contract."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from openpes.engine.files import document, rows
from openpes.engine.message import Message

NEEDED = "A contract in this state needs this cell (%(law)s). Fill it in, or choose another state of the contract."
NEEDED_BY_TYPE = "A contract of this type needs this cell (%(law)s). Fill it in, or choose another type of contract."
NOT_FOR_TYPE = "Only a contract of a fixed term has a last day (%(law)s). Empty this cell, or choose the fixed term."


@dataclass(frozen=True, kw_only=True)
class RosterColumn:
    """A column of the roster: how its cells are read, and when a row needs it.

    `needed` are codes of `contract_state`; with `only_for`, codes of `contract_type`, it is needed for those types
    only, and stays empty for the others.
    """

    key: str
    zh: str
    en: str
    reads: str
    set: str = ""
    longest: int = 0
    always: bool = False
    needed: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    law: str = ""
    also: tuple[str, ...] = ()
    help_zh: str = ""
    help_en: str = ""

    def fault(self, values: Mapping[str, Any]) -> Message | None:
        """What is wrong with the cell of a row, seen from the others; a needed one must be filled in."""
        if values["contract_state"] not in self.needed:
            return None
        fits = not self.only_for or values["contract_type"] in self.only_for
        filled = values[self.key] is not None
        if fits and not filled:
            return Message(NEEDED_BY_TYPE if self.only_for else NEEDED, {"law": self.law})
        if filled and not fits and values["contract_type"] is not None:
            return Message(NOT_FOR_TYPE, {"law": self.law})
        return None


@dataclass(frozen=True)
class Roster:
    """The roster as a form: titles, where it is from, and its columns in order."""

    title_zh: str
    title_en: str
    source: str
    columns: tuple[RosterColumn, ...]

    def faults(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Message]]:
        """What a row lacks or has too much by the state and the type of its contract, by column."""
        for column in self.columns:
            if fault := column.fault(values):
                yield column.key, fault


@lru_cache(maxsize=1)
def hiring_roster() -> Roster:
    """The hiring roster of 23 columns (就业服务与就业管理规定 art. 62)."""
    told = document("hiring_roster.toml")
    lists = ("needed", "only_for", "also")
    columns: list[dict[str, Any]] = [
        {name: tuple(value) if name in lists else value for name, value in column.items()}
        for column in told["columns"]
    ]
    made = tuple(RosterColumn(**column) for column in columns)
    return Roster(told["title_zh"], told["title_en"], told["source"], made)


@lru_cache(maxsize=1)
def provinces() -> tuple[str, ...]:
    """The names of the provinces, in the order of their codes (GB/T 2260)."""
    return tuple(row["name"] for row in rows("provinces_and_cities.csv") if row["code"].endswith("0000"))
