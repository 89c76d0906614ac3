"""Check-lists of acceptance by kind of service point and day, and whether given points are enough."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from openpes.engine.files import document


@dataclass(frozen=True)
class Item:
    """One thing that is looked at: its most points, and the least that it must reach whatever the sum is."""

    code: str
    points: int
    least: int
    title_en: str
    title_zh: str


@dataclass(frozen=True)
class Checklist:
    """One version of a list, in force from a day until the next version; `pass_mark` in hundredths of all points."""

    code: str
    version: int
    from_on: date
    title_en: str
    title_zh: str
    kinds: tuple[str, ...]
    pass_mark: int
    source: str
    items: tuple[Item, ...]

    @property
    def most(self) -> int:
        """All points that can be reached."""
        return sum(item.points for item in self.items)


@dataclass(frozen=True)
class Outcome:
    """What given points come to: `short` are the codes of items below their own least."""

    score: int
    most: int
    short: tuple[str, ...]
    passed: bool


@lru_cache(maxsize=1)
def checklists() -> tuple[Checklist, ...]:
    """Every version of every list, oldest first.

    :raises ValueError: an item whose least lies above its points, or two versions of a list that begin on one day
    """
    found = sorted(
        (_checklist(entry) for entry in document("checklists.toml")["lists"]), key=lambda one: (one.code, one.from_on)
    )
    days = [(one.code, one.from_on) for one in found]
    if len(set(days)) < len(days) or any(item.least > item.points for one in found for item in one.items):
        raise ValueError("A check-list has an item that nobody can pass, or two versions of one day.")
    return tuple(found)


def checklist_on(code: str, on: date) -> Checklist | None:
    """The version of a list in force on a day; None when there is none."""
    return next((one for one in reversed(checklists()) if one.code == code and one.from_on <= on), None)


def checklist_version(code: str, version: int) -> Checklist:
    """One version of a list.

    :raises KeyError: there is none of that number
    """
    found = next((one for one in checklists() if (one.code, one.version) == (code, version)), None)
    if found is None:
        raise KeyError(f"There is no version {version} of the check-list '{code}'.")
    return found


def lists_for(kind: str, on: date) -> list[Checklist]:
    """The lists that a kind of service point is held against on a day, in the order of their codes."""
    codes = sorted({one.code for one in checklists()})
    in_force = (checklist_on(code, on) for code in codes)
    return [one for one in in_force if one is not None and kind in one.kinds]


def outcome(checklist: Checklist, points: Mapping[str, int]) -> Outcome:
    """What points come to: passed when the sum reaches the pass mark and every item its own least.

    :raises ValueError: an item without points, or with more than it has
    """
    for item in checklist.items:
        if not 0 <= points.get(item.code, -1) <= item.points:
            raise ValueError(f"The item '{item.code}' takes 0 to {item.points} points.")
    score = sum(points[item.code] for item in checklist.items)
    short = tuple(item.code for item in checklist.items if points[item.code] < item.least)
    enough = score * 100 >= checklist.pass_mark * checklist.most
    return Outcome(score, checklist.most, short, enough and not short)


def content_hash(parts: Mapping[str, Any]) -> str:
    """What a signature is bound to: the same for the same contents in any order."""
    text = "\n".join(f"{key}={parts[key]!r}" for key in sorted(parts))
    return hashlib.sha256(text.encode()).hexdigest()


def _checklist(entry: Mapping[str, Any]) -> Checklist:
    return Checklist(
        entry["code"], entry["version"], entry["from"], entry["title_en"], entry["title_zh"], tuple(entry["kinds"]),
        entry["pass_mark"], entry["source"], tuple(Item(**item) for item in entry["items"]),
    )  # fmt: skip
