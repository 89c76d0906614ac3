"""The area tree of the city: levels, parents, nearness, national codes on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from openpes.engine.calendars import Period
from openpes.engine.files import rows

# Length of the significant prefix of the 12-digit statistical code, by level.
LENGTHS = {"province": 2, "city": 4, "county": 6, "town": 9, "village": 12}
_LEVELS = {length: level for level, length in LENGTHS.items()}
_PREFIXES = tuple(LENGTHS.values())
_ALWAYS = Period(date.min, None)


def county_of(path: str) -> str:
    """The six digits of the county that an area lies in; those of the city itself are filled up with zeros."""
    return f"{path[:LENGTHS['county']]:0<{LENGTHS['county']}}"


class UnknownArea(LookupError):
    """A path that is not in the area tree, or not of a length that a level has."""


@dataclass(frozen=True)
class Area:
    """A unit of the city; `path` stays the same when the national code or the name changes."""

    path: str
    level: str
    kind: str
    urban_rural: str
    name: str

    @property
    def parent(self) -> str:
        return parent(self.path)


@dataclass(frozen=True)
class AreaTerm:
    """The national code, kind and name of a unit during a period."""

    path: str
    code: str
    kind: str
    name: str
    period: Period
    source: str = ""


class AreaTree:
    """The units of the city, by path."""

    def __init__(self, areas: Iterable[Area], terms: Iterable[AreaTerm] = ()) -> None:
        self._by_path = {area.path: area for area in areas}
        self._terms: dict[str, list[AreaTerm]] = {}
        for term in terms:
            self._terms.setdefault(term.path, []).append(term)

    def __contains__(self, path: object) -> bool:
        return path in self._by_path

    def __getitem__(self, path: str) -> Area:
        try:
            return self._by_path[path]
        except KeyError:
            raise UnknownArea(f"There is no area '{path}' in the city.") from None

    def all(self, level: str | None = None, within: str = "") -> tuple[Area, ...]:
        """Every unit by path, or those of one level, or those inside a path."""
        return tuple(
            area for area in self._by_path.values() if level in (None, area.level) and area.path.startswith(within)
        )

    def terms(self, path: str) -> tuple[AreaTerm, ...]:
        """The codes and names of a unit, oldest first; one term without dates when they never changed.

        Units below a unit that changed its code changed theirs on the same day.

        :raises UnknownArea: the path is not in the tree
        """
        area = self[path]
        if path in self._terms:
            return tuple(self._terms[path])
        for above in ancestors(path):
            if above in self._terms:
                return tuple(_inherited(area, above, term) for term in self._terms[above])
        return (AreaTerm(path, path, area.kind, area.name, _ALWAYS),)

    def term_on(self, path: str, on: date) -> AreaTerm:
        """The code and name of a unit on a day.

        :raises UnknownArea: the path is not in the tree
        """
        return next(term for term in self.terms(path) if on in term.period)

    def national_code(self, path: str, on: date) -> str:
        """The 12-digit national code of a unit on a day.

        :raises UnknownArea: the path is not in the tree
        """
        return self.term_on(path, on).code.ljust(12, "0")

    def path_of(self, code: str) -> str:
        """The path of the unit that has or had a national code (6 to 12 digits).

        :raises UnknownArea: no unit of the city ever had it
        """
        path = significant(code)
        for terms in self._terms.values():
            for term in terms:
                if path.startswith(term.code):
                    path = term.path + path[len(term.code) :]
        return self[path].path


def level_of(path: str) -> str:
    """The level of a path: province, city, county, town or village.

    :raises UnknownArea: no level has a path of that length
    """
    try:
        return _LEVELS[len(path)]
    except KeyError:
        raise UnknownArea(f"'{path}' is not an area path of 2, 4, 6, 9 or 12 digits.") from None


def significant(code: str) -> str:
    """The significant prefix of a 12-digit code: without the zero groups at its end.

    :raises UnknownArea: what is left does not end at a level
    """
    for length in _PREFIXES:
        if not code[length:].strip("0") and code[:length].strip("0"):
            return _checked(code[:length])
    return _checked(code)


def parent(path: str) -> str:
    """The path of the unit above; empty for a province.

    :raises UnknownArea: no level has a path of that length
    """
    place = _PREFIXES.index(len(_checked(path)))
    return path[: _PREFIXES[place - 1]] if place else ""


def ancestors(path: str) -> tuple[str, ...]:
    """The paths above, the nearest first, up to the province.

    :raises UnknownArea: no level has a path of that length
    """
    return tuple(path[:length] for length in reversed(_PREFIXES) if length < len(_checked(path)))


def contains(scope: str, path: str) -> bool:
    """Whether a unit lies inside a scope (or is it); nothing lies inside an empty scope."""
    return bool(scope) and path.startswith(scope)


def nearness(a: str, b: str) -> int:
    """How many levels two paths share: 0 none, 1 city, 2 county, 3 town, 4 village."""
    return sum(a[:length] == b[:length] and min(len(a), len(b)) >= length for length in _PREFIXES[1:])


def encode(path: str) -> int:
    """A path as a number for arrays: 12 digits, filled up with zeros."""
    return int(path.ljust(12, "0"))


@lru_cache(maxsize=1)
def areas() -> AreaTree:
    """The area tree of Nanning that the product ships with."""
    return AreaTree(
        (Area(row["path"], row["level"], row["kind"], row["urban_rural"], row["name"]) for row in rows("areas.csv")),
        (_term(row) for row in rows("area_terms.csv")),
    )


def _term(row: dict[str, str]) -> AreaTerm:
    from_on = date.fromisoformat(row["from_on"]) if row["from_on"] else date.min
    until_on = date.fromisoformat(row["until_on"]) if row["until_on"] else None
    period = Period(from_on, until_on)
    return AreaTerm(row["path"], row["code"], row["kind"], row["name"], period, row["source"])


def _inherited(area: Area, above: str, term: AreaTerm) -> AreaTerm:
    code = term.code + area.path[len(above) :]
    return AreaTerm(area.path, code, area.kind, area.name, term.period, term.source)


def _checked(path: str) -> str:
    level_of(path)
    return path
