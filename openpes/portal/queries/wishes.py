"""A search as it stands in an address: read from it, tidied, and written back."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from openpes.codes.queries import code_exists, occupation_exists
from openpes.matching.choices import PayBand, Sort
from openpes.matching.queries import SearchWish
from openpes.network.queries import area_exists
from openpes.vacancies.choices import Benefit, Term

CITY, COUNTY, TOWN = 4, 6, 9
LONGEST_TEXT = 200
MOST_VALUES = 30
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
KEY = re.compile(r"[0-9a-zA-Z_.:~-]{1,200}")
EDUCATION = "education_2006"


def wish_of(query: QueryDict) -> SearchWish:
    """What an address asks for. Values that nobody offers are left out, so an old link still answers.

    A town (`town=`) counts only while its county (`place=`) is chosen, so that unticking the county in the form
    lets its towns go; a town written as `place=` brings its county along.
    """
    asked = [path for path in _known(query, "place", area_exists) if len(path) >= COUNTY]
    counties = list(dict.fromkeys(path[:COUNTY] for path in asked))
    towns = [path for path in _known(query, "town", area_exists) if path[:COUNTY] in counties]
    below = [path for path in (*asked, *towns) if len(path) > COUNTY]
    text, sort = readable(query.get("q", "")), query.get("sort", "")
    return SearchWish(
        text=text,
        places=tuple(dict.fromkeys((*counties, *below))),
        pay=_known(query, "pay", PayBand.values.__contains__),
        classes=_known(query, "class", occupation_exists),
        education=_known(query, "education", lambda code: code_exists(EDUCATION, code)),
        terms=_known(query, "term", Term.values.__contains__),
        benefits=_known(query, "benefit", Benefit.values.__contains__),
        sort=sort if sort in Sort else usual_sort(text),
        page=_page(query.get("page", "")),
        after=key if KEY.fullmatch(key := query.get("after", "")) else "",
    )


def usual_sort(text: str) -> str:
    """The order when none was chosen: what fits best for words, else the newest."""
    return Sort.RELEVANCE.value if text else Sort.NEW.value


def query_of(wish: SearchWish) -> str:
    """The address that asks for exactly this, `?` included, in one order, so that equal searches share one link."""
    counties = [path for path in wish.places if len(path) == COUNTY]
    pairs = [("q", wish.text)] if wish.text else []
    pairs += [("place", path) for path in counties]
    pairs += [("town", path) for path in wish.places if len(path) > COUNTY]
    for name, values in {"pay": wish.pay, "class": wish.classes, "education": wish.education}.items():
        pairs += [(name, value) for value in values]
    pairs += [("term", value) for value in wish.terms] + [("benefit", value) for value in wish.benefits]
    pairs += [("sort", wish.sort)] if wish.sort != usual_sort(wish.text) else []
    pairs += [("page", str(wish.page))] if wish.page > 1 else []
    pairs += [("after", wish.after)] if wish.after else []
    return "?" + (urlencode(pairs) if pairs else f"sort={Sort.NEW}")


def narrowed(wish: SearchWish) -> SearchWish:
    """The wish as the search understands it: chosen towns stand in for their county."""
    kept = (path for path in wish.places if not any(_inside(other, path) for other in wish.places))
    return replace(wish, places=tuple(kept))


def without(wish: SearchWish, field: str, value: str) -> SearchWish:
    """The wish with one choice taken away; a county takes its towns along."""
    if field == "text":
        return replace(wish, text="", page=1, after="")
    kept = tuple(v for v in getattr(wish, field) if v != value and not (field == "places" and _inside(v, value)))
    changes: dict[str, Any] = {field: kept, "page": 1, "after": ""}
    return replace(wish, **changes)


def readable(text: str) -> str:
    """A search text on one line, without characters that only machines see."""
    return " ".join(CONTROL.sub(" ", text).split())[:LONGEST_TEXT].strip()


def _inside(path: str, area: str) -> bool:
    return path != area and path.startswith(area)


def _known(query: QueryDict, name: str, exists: Callable[[str], bool]) -> tuple[str, ...]:
    offered = dict.fromkeys(query.getlist(name)[:MOST_VALUES])
    return tuple(value for value in offered if value and exists(value))


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
