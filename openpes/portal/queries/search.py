"""The public search as its page shows it: facets, chips, the list, and what to loosen when nothing is found."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.codes.queries import code_label, occupation_label
from openpes.matching.choices import PayBand, Sort
from openpes.matching.queries import (
    SearchPage,
    SearchWish,
    place_counts,
    search_vacancies,
    vacancy_count,
)
from openpes.matching.queries.search import PAGE_SIZE
from openpes.network.queries import area_full_name, area_name
from openpes.portal.queries.openings import Opening, opening_of
from openpes.portal.queries.wishes import CITY, COUNTY, EDUCATION, TOWN, narrowed, query_of, without
from openpes.vacancies.choices import Benefit, Term

PARAMETERS = {
    "places": "place", "pay": "pay", "classes": "class", "education": "education", "terms": "term",
    "benefits": "benefit",
}  # fmt: skip
MOST_LOOSENED = 12


@dataclass(frozen=True)
class Choice:
    """One box of a facet; a chosen county carries its towns."""

    parameter: str
    code: str
    label: str
    count: int
    chosen: bool
    below: tuple["Choice", ...] = ()


@dataclass(frozen=True)
class Group:
    """One facet under its heading."""

    title: str
    choices: tuple[Choice, ...]
    chosen: int


@dataclass(frozen=True)
class Chip:
    """A choice in force, and the address without it; `count` is what would be found then, when that was asked."""

    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True)
class Found:
    """Everything that the search page shows."""

    wish: SearchWish
    address: str
    total: int
    openings: int
    rows: tuple[Opening, ...]
    groups: tuple[Group, ...]
    chips: tuple[Chip, ...]
    loosened: tuple[Chip, ...]
    pages: Page
    sorts: tuple[tuple[str, str], ...]


def found_openings(*, wish: SearchWish, on: date) -> Found:
    """The answer to a search, one page of it, with exact facet counts."""
    page = search_vacancies(wish=narrowed(wish), on=on)
    wish = replace(wish, page=page.page)
    chips = _chips(wish)
    return Found(
        wish=wish,
        address=query_of(wish),
        total=page.total,
        openings=page.openings,
        rows=tuple(opening_of(row, on) for row in page.rows),
        groups=_groups(page, wish, on),
        chips=tuple(chip for chip, _without in chips),
        loosened=() if page.total else _loosened(chips, on),
        pages=Paginator(range(page.total), PAGE_SIZE).page(page.page),
        sorts=tuple((sort.value, str(sort.label)) for sort in Sort),
    )


def _groups(page: SearchPage, wish: SearchWish, on: date) -> tuple[Group, ...]:
    facets = {facet.name: facet.values for facet in page.facets}
    towns = _town_counts(wish, on)
    groups = []
    for field, title in _titles().items():
        values = [value for value in facets[field] if _offered(field, value.code)]
        choices = tuple(_choice(field, value, wish, towns) for value in values)
        inside = sum(below.chosen for choice in choices for below in choice.below)
        groups.append(Group(title, choices, sum(choice.chosen for choice in choices) + inside))
    return tuple(group for group in groups if group.choices)


def _titles() -> dict[str, str]:
    return {
        "places": _("Place of work"),
        "pay": _("Pay a month"),
        "classes": _("Occupation"),
        "terms": pgettext("vacancy", "Term"),
        "education": _("Education asked"),
        "benefits": _("Benefits"),
    }


def _offered(field: str, code: str) -> bool:
    """Boxes exist for counties and major classes; towns stand under their county, finer classes only in chips."""
    return len(code) == {"places": COUNTY, "classes": 1}.get(field, len(code))


def _choice(field: str, value: Any, wish: SearchWish, towns: dict[str, int]) -> Choice:
    chosen = value.code in getattr(wish, field)
    below = _towns(value.code, wish, towns) if field == "places" and chosen else ()
    return Choice(PARAMETERS[field], value.code, str(value.label), value.count, chosen, below)


def _town_counts(wish: SearchWish, on: date) -> dict[str, int]:
    """Vacancies by town, asked for only when a county is chosen."""
    return place_counts(wish=wish, inside=wish.places[0][:CITY], length=TOWN, on=on) if wish.places else {}


def _towns(county: str, wish: SearchWish, counts: dict[str, int]) -> tuple[Choice, ...]:
    chosen = {path for path in wish.places if path.startswith(county) and len(path) == TOWN}
    paths = chosen | {path for path in counts if path.startswith(county)}
    towns = [Choice("town", path, area_name(path), counts.get(path, 0), path in chosen) for path in paths]
    return tuple(sorted(towns, key=lambda town: (-town.count, town.code)))


def _chips(wish: SearchWish) -> list[tuple[Chip, SearchWish]]:
    asked = [("text", wish.text)] if wish.text else []
    asked += [("places", path) for path in narrowed(wish).places]
    for field in ("pay", "classes", "terms", "education", "benefits"):
        asked += [(field, value) for value in getattr(wish, field)]
    left = [(field, value, without(wish, field, value)) for field, value in asked]
    return [(Chip(_label(field, value), query_of(rest)), rest) for field, value, rest in left]


def _loosened(chips: list[tuple[Chip, SearchWish]], on: date) -> tuple[Chip, ...]:
    """Which one choice, taken away, would bring how many; the most helpful first."""
    counted = [replace(chip, count=vacancy_count(wish=narrowed(rest), on=on)) for chip, rest in chips[:MOST_LOOSENED]]
    return tuple(sorted((chip for chip in counted if chip.count), key=lambda chip: -(chip.count or 0)))


def _label(field: str, value: str) -> str:
    if field == "text":
        return _("“%(text)s”") % {"text": value}
    if field == "places":
        return area_name(value) if len(value) == COUNTY else area_full_name(value)[len(area_name(value[:4])) :]
    names: dict[str, Any] = {
        "pay": lambda: PayBand(value).label,
        "classes": lambda: occupation_label(value),
        "terms": lambda: Term(value).label,
        "education": lambda: code_label(EDUCATION, value),
        "benefits": lambda: Benefit(value).label,
    }
    return str(names[field]())
