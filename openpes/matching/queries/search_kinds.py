"""What a visitor asks for, and what the answer looks like."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from openpes.engine.search import Near
from openpes.matching.choices import Sort
from openpes.vacancies.models import PublishedVacancy


@dataclass(frozen=True)
class SearchWish:
    """What a visitor asked for; an empty field asks for nothing.

    Texts of the seeker's own: all words of `text` and of every text of `must` have to be found; of every group of
    `any_of` one text; none of `excluded`; `phrases` stand in the title letter by letter; `beginnings` begin a word.
    `nice` (text, weight from 1 to 10) only moves rows up when sorted by relevance.
    `places` and `classes` are code prefixes, of which any will do; `benefits` must all be offered. `pay_from_fen` is
    what the pay reaches at least, `since` the first day of publication that counts, `near` a point and its distance.
    `after` is the key of the last row seen (`SearchPage.following`) and goes on behind it, however deep; without it
    `page` counts pages of 20 rows.
    """

    text: str = ""
    places: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    sort: str = Sort.NEW
    page: int = 1
    must: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    nice: tuple[tuple[str, int], ...] = ()
    pay_from_fen: int = 0
    since: date | None = None
    near: Near | None = None
    after: str = ""


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: its code, its name, how many vacancies it would leave, and whether it is chosen."""

    code: str
    label: Any
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A property by which the result can be narrowed; its counts leave its own choice out."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class SearchPage:
    """One page of the answer: how many vacancies and places in all, the rows, the facets.

    `following` is the key with which the next page is asked for (`SearchWish.after`), empty on the last one.
    """

    total: int
    openings: int
    rows: tuple[PublishedVacancy, ...]
    facets: tuple[Facet, ...]
    page: int
    pages: int
    following: str = ""
