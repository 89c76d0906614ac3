"""The areas of the city, their names and codes on a day; public facts, kept in each process."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language

from openpes.engine.areas import Area as Unit
from openpes.engine.areas import AreaTerm as Term
from openpes.engine.areas import AreaTree, UnknownArea, ancestors, level_of
from openpes.engine.calendars import Period
from openpes.engine.files import rows
from openpes.network.choices import Level
from openpes.network.models import Area, AreaPopulation, AreaTerm


@dataclass(frozen=True)
class AreaView:
    """A unit of the city as pages show it: `full_name` begins with the city."""

    path: str
    level: Level
    kind: str
    urban_rural: str
    name: str
    full_name: str

    @property
    def label(self) -> str:
        """The name in the reader's language; below the counties there are Chinese names only."""
        return self.name if _is_chinese() else _english_names().get(self.path, self.name)

    @property
    def heading(self) -> str:
        """What stands over a page: in Chinese the full name, in English the unit first, then those above it."""
        if _is_chinese():
            return self.full_name
        above = [area(path) for path in ancestors(self.path) if area_exists(path)]
        return ", ".join(unit.label for unit in (self, *above))


class _Atlas:
    """Every area of the city in memory, with the units directly below each."""

    def __init__(self) -> None:
        terms = [_term(row) for row in AreaTerm.objects.all()]
        names = {term.path: term.name for term in terms}  # ordered by date: the last one is today's
        units = [_unit(row, names[row.path]) for row in Area.objects.all()]
        self.tree = AreaTree(units, terms)
        self.below: dict[str, list[AreaView]] = defaultdict(list)
        self.views: dict[str, AreaView] = {}
        self.by_code: dict[str, list[Term]] = defaultdict(list)
        self.choices: dict[tuple[str, Level], list[tuple[str, str]]] = {}  # every form with an area asks for them
        for term in terms:
            self.by_code[term.code].append(term)
        for unit in units:
            above = self.views.get(unit.parent)
            full_name = (above.full_name if above else "") + unit.name
            view = AreaView(
                unit.path, Level[unit.level.upper()], unit.kind, unit.urban_rural, unit.name, full_name
            )
            self.views[unit.path] = view
            self.below[unit.parent].append(view)


_atlas: list[_Atlas] = []


def area(path: str) -> AreaView:
    """The unit of a path.

    :raises UnknownArea: the city has no such unit
    """
    try:
        return _read().views[path]
    except KeyError:
        raise UnknownArea(f"There is no area '{path}' in the city.") from None


def area_exists(path: str) -> bool:
    """Whether the city has a unit of that path."""
    return path in _read().views


def area_name(path: str, on: date | None = None) -> str:
    """The name of a unit today or on a day; the path itself when the city has no such unit."""
    if not area_exists(path):
        return path
    return area(path).name if on is None else _read().tree.term_on(path, on).name


def area_full_name(path: str) -> str:
    """The names from the city down to the unit, as addresses are written; the path itself when unknown."""
    return area(path).full_name if area_exists(path) else path


def area_label(path: str) -> str:
    """The name of a unit in the reader's language, where it has one; the path itself when unknown."""
    return area(path).label if area_exists(path) else path


def area_heading(path: str) -> str:
    """A unit as it stands over a page in the reader's language; the path itself when unknown."""
    return area(path).heading if area_exists(path) else path


def area_terms(path: str) -> tuple[Term, ...]:
    """Every code and name that a unit has had, oldest first; a code before the records begin starts at `date.min`.

    :raises UnknownArea: the city has no such unit
    """
    return _read().tree.terms(path)


def areas_below(path: str) -> list[AreaView]:
    """The units directly below a unit, by path."""
    return list(_read().below.get(path, ()))


def areas_above(path: str, scope: str) -> list[AreaView]:
    """The units above a unit that lie inside a scope, the highest first."""
    views = _read().views
    return [views[above] for above in reversed(ancestors(path)) if above.startswith(scope) and above in views]


def area_choices(scope: str, level: Level) -> list[tuple[str, str]]:
    """Units of one level inside a scope for a drop-down: path, and the names from below the scope down."""
    if not scope:
        return []
    atlas = _read()
    if (scope, level) not in atlas.choices:
        inside = (v for v in atlas.views.values() if v.level == level and v.path.startswith(scope))
        atlas.choices[scope, level] = [(view.path, _short_name(view, scope, atlas.views)) for view in inside]
    return list(atlas.choices[scope, level])


def place_choices(scope: str) -> list[tuple[str, str]]:
    """The places inside a scope for one drop-down: the unit itself and those of two levels, each before its parts."""
    levels = (Level.TOWN, Level.VILLAGE) if len(scope) >= 9 else (Level.COUNTY, Level.TOWN)
    inside = [place for level in levels for place in area_choices(scope, level) if place[0] != scope]
    own = [(scope, area_name(scope))] if scope in _read().views and len(scope) > 4 else []
    return own + sorted(inside)


def path_of_code(code: str, on: date) -> str:
    """The path of the unit with a national code (4 to 12 digits) on a day.

    A code that was not in force on that day still finds the unit that had it before or got it later, because old
    ledgers keep old codes: 450122 and 450110 are 武鸣, 450127 and 450181 are 横州.

    :raises UnknownArea: no unit of the city ever had it
    """
    digits = code.strip()
    stem = digits if len(digits) in (4, 6, 9) else _significant(digits)
    found = _read().by_code.get(stem, [])
    if not found:
        raise UnknownArea(f"No area of the city ever had the code '{code}'.")
    return next((term.path for term in found if on in term.period), found[-1].path)


def areas_named(text: str, limit: int = 30) -> list[AreaView]:
    """Units whose full name holds every word of a text, the shortest name first; none for an empty text."""
    words = text.split()
    if not words:
        return []
    found = (view for view in _read().views.values() if all(word in view.full_name for word in words))
    best = sorted(found, key=lambda view: (-sum(word in view.name for word in words), len(view.full_name), view.path))
    return best[:limit]


def population(path: str, on: date) -> AreaPopulation | None:
    """The newest count of the people of a unit up to a day, or nothing when none is on record."""
    return AreaPopulation.objects.filter(unit=path, counted_on__lte=on).order_by("-counted_on").first()


def populations(path: str) -> list[AreaPopulation]:
    """Every count of the people of a unit, the newest first."""
    return list(AreaPopulation.objects.filter(unit=path).order_by("-counted_on"))


def forget_areas() -> None:
    """Read the areas anew at the next question, after they were loaded."""
    _atlas.clear()


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


@lru_cache(maxsize=1)
def _english_names() -> dict[str, str]:
    return {row["path"]: row["name"] for row in rows("area_names_en.csv")}


def _read() -> _Atlas:
    if not _atlas:
        atlas = _Atlas()
        if not atlas.views:
            return atlas
        _atlas.append(atlas)
    return _atlas[0]


def _significant(digits: str) -> str:
    for length in (4, 6, 9):
        if not digits[length:].strip("0"):
            return digits[:length]
    return digits


def _short_name(view: AreaView, scope: str, views: dict[str, AreaView]) -> str:
    above = [views[path].name for path in reversed(ancestors(view.path)) if len(path) > len(scope) and path in views]
    return " ".join([*above, view.name])


def _unit(row: Area, name: str) -> Unit:
    return Unit(row.path, level_of(row.path), row.kind, row.urban_rural, name)


def _term(row: AreaTerm) -> Term:
    return Term(row.area_id, row.code, "", row.name, Period(row.from_on, row.until_on), row.source)
