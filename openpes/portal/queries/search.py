"""The public search as its page shows it: facets, chips, the list, and what to loosen when nothing is found."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.codes.queries import code_label, occupation_label
from openpes.engine.understanding import Kind, Sign
from openpes.matching.choices import PayBand, Sort
from openpes.matching.queries import (
    SearchPage,
    SearchWish,
    place_counts,
    search_vacancies,
    vacancy_count,
)
from openpes.network.queries import area_full_name, area_name
from openpes.portal.queries.asked import Asked, asked_for
from openpes.portal.queries.chips import Correction, Said, corrections_of, label_of, said_of, without_concept
from openpes.portal.queries.openings import Opening, opening_of
from openpes.portal.queries.wishes import CITY, COUNTY, EDUCATION, TOWN, narrowed, query_of, usual_sort, without
from openpes.vacancies.choices import Benefit, Term

PARAMETERS = {
    "places": "place", "pay": "pay", "classes": "class", "education": "education", "terms": "term",
    "benefits": "benefit",
}  # fmt: skip
MOST_LOOSENED = 12
GROUPS = (7, 4)  # length of the code of a small and of a middle group of occupations
MOST_IN_PAIRS = 6  # choices of which every two are tried when no single one helps


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
    related: tuple[Chip, ...]
    said: tuple[Said, ...]
    corrections: tuple[Correction, ...]
    cleared: str
    following: str
    first: str
    sorts: tuple[tuple[str, str, bool], ...]


def found_openings(*, wish: SearchWish, on: date) -> Found:
    """The answer to a search, one page of it, with exact facet counts."""
    asked = asked_for(wish, on)
    page = search_vacancies(wish=asked.wish, on=on)
    chips = chips_of(wish, asked)
    return Found(
        wish=wish,
        address=query_of(wish),
        total=page.total,
        openings=page.openings,
        rows=tuple(opening_of(row, on) for row in page.rows),
        groups=_groups(page, wish, asked, on),
        chips=tuple(chip for chip, rest in chips if rest.text == wish.text),
        loosened=() if page.total else _loosened(chips, on),
        related=() if page.total else _related(asked, wish, on),
        said=said_of(asked, wish),
        corrections=corrections_of(asked, wish),
        cleared=query_of(SearchWish(text=wish.text, sort=wish.sort)),
        following=query_of(replace(wish, after=page.following, page=1)) if page.following else "",
        first=query_of(replace(wish, after="", page=1)) if wish.after else "",
        sorts=_sorts(wish, asked),
    )


def _sorts(wish: SearchWish, asked: Asked) -> tuple[tuple[str, str, bool], ...]:
    """The orders that make sense, with whether each is chosen; the usual one needs no word in the address.

    Fitting words stand first only when there are words, the nearest only around a place.
    """
    offered = [sort for sort in Sort if sort != Sort.RELEVANCE or wish.text]
    if asked.wish.near is None:
        offered.remove(Sort.DISTANCE)
    usual = usual_sort(wish.text)
    return tuple(("" if sort == usual else sort.value, str(sort.label), sort == wish.sort) for sort in offered)


def _groups(page: SearchPage, wish: SearchWish, asked: Asked, on: date) -> tuple[Group, ...]:
    facets = {facet.name: facet.values for facet in page.facets}
    towns = _town_counts(wish, asked, on)
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


def _town_counts(wish: SearchWish, asked: Asked, on: date) -> dict[str, int]:
    """Vacancies by town, asked for only when a county is chosen."""
    if not wish.places:
        return {}
    return place_counts(wish=asked.wish, inside=wish.places[0][:CITY], length=TOWN, on=on)


def _towns(county: str, wish: SearchWish, counts: dict[str, int]) -> tuple[Choice, ...]:
    chosen = {path for path in wish.places if path.startswith(county) and len(path) == TOWN}
    paths = chosen | {path for path in counts if path.startswith(county)}
    towns = [Choice("town", path, area_name(path), counts.get(path, 0), path in chosen) for path in paths]
    return tuple(sorted(towns, key=lambda town: (-town.count, town.code)))


def chips_of(wish: SearchWish, asked: Asked) -> list[tuple[Chip, SearchWish]]:
    """Everything that can be taken away: what was understood of the words, and the choices of the facets."""
    reading = asked.reading
    left = [
        (label_of(one, reading, asked), without_concept(reading, number, wish))
        for number, one in enumerate(reading.concepts)
    ]
    if wish.text and not left:
        left.append((_label("text", wish.text), without(wish, "text", wish.text)))
    chosen = [("places", path) for path in narrowed(wish).places]
    for field in ("pay", "classes", "terms", "education", "benefits"):
        chosen += [(field, value) for value in getattr(wish, field)]
    left += [(_label(field, value), without(wish, field, value)) for field, value in chosen]
    return [(Chip(label, query_of(rest)), rest) for label, rest in left]


def _loosened(chips: list[tuple[Chip, SearchWish]], on: date) -> tuple[Chip, ...]:
    """Which choice or concept, taken away, would bring how many; where no single one helps, which two; best first."""
    alone = _counted(chips[:MOST_LOOSENED], on)
    return alone or _counted(_pairs(chips[:MOST_IN_PAIRS], on), on)


def _counted(chips: list[tuple[Chip, SearchWish]], on: date) -> tuple[Chip, ...]:
    counted = [replace(chip, count=vacancy_count(wish=asked_for(rest, on).wish, on=on)) for chip, rest in chips]
    return tuple(sorted((chip for chip in counted if chip.count), key=lambda chip: -(chip.count or 0)))


def _related(asked: Asked, wish: SearchWish, on: date) -> tuple[Chip, ...]:
    """Work of the same small and middle group instead of an occupation of which there is none, with how many."""
    found = []
    for number, one in enumerate(asked.reading.concepts):
        if one.kind == Kind.OCCUPATION and one.sign == Sign.MUST:
            rest = without_concept(asked.reading, number, wish)
            wider = dict.fromkeys(one.codes[0][:length] for length in GROUPS if len(one.codes[0]) > length)
            found += [(code, replace(rest, classes=(*rest.classes, code))) for code in wider]
    return _counted([(Chip(occupation_label(code), query_of(instead)), instead) for code, instead in found], on)


def _pairs(chips: list[tuple[Chip, SearchWish]], on: date) -> list[tuple[Chip, SearchWish]]:
    """Every two of some choices, taken away together."""
    found = []
    for number, (first, rest) in enumerate(chips):
        for second, both in chips_of(rest, asked_for(rest, on))[number : MOST_IN_PAIRS - 1]:
            label = _("%(one)s and %(other)s") % {"one": first.label, "other": second.label}
            found.append((Chip(label, query_of(both)), both))
    return found


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
