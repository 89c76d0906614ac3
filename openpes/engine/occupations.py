"""The occupation tree of 2022: ancestors, nearness, report classes, numbers for arrays, search."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from openpes.engine.files import rows

LEVELS = 4
REPORT_OTHER = "9"
_SEARCHED_LEVELS = (4,)


class UnknownOccupation(LookupError):
    """A code that is not in the classification."""


@dataclass(frozen=True)
class Occupation:
    """One class of the classification: level 1 a major class, level 4 an occupation."""

    code: str
    level: int
    name: str
    name_en: str
    parent: str
    gb6565: str
    green: bool
    digital: bool
    edition: str
    aliases: tuple[str, ...]


class OccupationTree:
    """The whole classification, read once."""

    def __init__(self, occupations: Iterable[Occupation]) -> None:
        self._by_code = {occupation.code: occupation for occupation in occupations}
        self._by_number = {encode(code): code for code, o in self._by_code.items() if o.level == LEVELS}
        self._children: dict[str, list[Occupation]] = {}
        for occupation in self._by_code.values():
            self._children.setdefault(occupation.parent, []).append(occupation)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Occupation:
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownOccupation(f"There is no occupation '{code}' in the classification of 2022.") from None

    def all(self, level: int | None = None) -> tuple[Occupation, ...]:
        """Every class by code, or those of one level."""
        return tuple(o for o in self._by_code.values() if level in (None, o.level))

    def children(self, code: str = "") -> tuple[Occupation, ...]:
        """The classes directly below a code; the eight major classes for the empty code."""
        return tuple(self._children.get(code, ()))

    def ancestors(self, code: str) -> tuple[Occupation, ...]:
        """The classes above a code, the major class first, without the code itself.

        :raises UnknownOccupation: the code is not in the classification
        """
        above: list[Occupation] = []
        parent = self[code].parent
        while parent:
            above.insert(0, self[parent])
            parent = self[parent].parent
        return tuple(above)

    def normalise(self, text: str) -> str:
        """The code that a text means: `4-10-01-05`, `4100105`, or a wider class filled up with -00.

        :raises UnknownOccupation: it means none
        """
        code = _with_hyphens(text.strip())
        while code not in self._by_code and code.endswith("-00"):
            code = code.removesuffix("-00")
        return self[code].code

    def decode(self, number: int) -> str:
        """The occupation (level 4) of a number that `encode` gave.

        :raises UnknownOccupation: no occupation has that number
        """
        try:
            return self._by_number[number]
        except KeyError:
            raise UnknownOccupation(f"No occupation has the number {number}.") from None

    def search(self, text: str, limit: int = 20, levels: tuple[int, ...] = _SEARCHED_LEVELS) -> list[Occupation]:
        """The classes that a text may mean, best first: code, then name, then other names; ties by code."""
        wanted = text.strip().lower()
        if not wanted or limit < 1:
            return []
        ranked = ((_rank(o, wanted), o.code, o) for o in self._by_code.values() if o.level in levels)
        found = sorted(hit for hit in ranked if hit[0] is not None)
        return [occupation for _, _, occupation in found[:limit]]


def encode(code: str) -> int:
    """A code as a number for arrays: `4-10-01-05` is 4100105, a wider class is filled up with zeros."""
    return int(code.replace("-", "").ljust(7, "0"))


def nearness(a: str, b: str) -> int:
    """How many levels two codes share, 0 (different major classes) to 4 (the same occupation)."""
    shared = 0
    for one, other in zip(a.split("-"), b.split("-"), strict=False):
        if one != other:
            break
        shared += 1
    return shared


def report_class(code: str) -> str:
    """The class of table 5 of the quarterly report: 1 to 6 by major class, 9 (其他) for all others."""
    major = code[:1]
    return major if major in ("1", "2", "3", "4", "5", "6") else REPORT_OTHER


@lru_cache(maxsize=1)
def occupations() -> OccupationTree:
    """The classification that the product ships with."""
    return OccupationTree(_occupation(row) for row in rows("occupations_2022.csv"))


def _occupation(row: dict[str, str]) -> Occupation:
    return Occupation(
        code=row["code"],
        level=int(row["level"]),
        name=row["name"],
        name_en=row["name_en"],
        parent=row["parent"],
        gb6565=row["gb6565"],
        green=row["green"] == "1",
        digital=row["digital"] == "1",
        edition=row["edition"],
        aliases=tuple(filter(None, row["aliases"].split("|"))),
    )


def _with_hyphens(text: str) -> str:
    if not text.isdigit():
        return text
    return "-".join([text[:1], *(text[place : place + 2] for place in range(1, len(text), 2))])


def _rank(occupation: Occupation, wanted: str) -> int | None:
    if occupation.code.startswith(wanted) or occupation.code.replace("-", "").startswith(wanted):
        return 0
    name = occupation.name.lower()
    if wanted in name:
        return 1 if wanted == name else 3 if name.startswith(wanted) else 4
    aliases = [alias.lower() for alias in occupation.aliases]
    if wanted in aliases:
        return 2
    return 5 if any(wanted in alias for alias in aliases) else None
