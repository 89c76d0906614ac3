"""What the words of a search box ask of the published vacancies, and which of them narrow nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from openpes.codes.queries import code_items, code_rank
from openpes.engine.areas import areas
from openpes.engine.parameters import parameters
from openpes.engine.places import point_of
from openpes.engine.search import Near
from openpes.engine.understanding import CERTAIN, Concept, Kind, Reading, Sign, read_query
from openpes.engine.understanding.synonyms import words_for_work
from openpes.matching.choices import PayBand
from openpes.matching.queries import SearchWish
from openpes.portal.queries.wishes import CITY, COUNTY, EDUCATION
from openpes.vacancies.choices import Term

FULL_TIME = (Term.OPEN_ENDED.value, Term.FIXED.value, Term.SHORT.value)
USUAL_KM = 10.0  # what "near" means when no distance is named
NICE_WEIGHT, EXACT_WEIGHT, HINT_WEIGHT = 3, 4, 2
NO_SCHOOLING = ("none", "90")
# What no published vacancy says in a field of its own: it moves those up that say it in words.
HINTS = (Kind.CONDITION, Kind.SKILL, Kind.GROUP, Kind.EMPLOYER_TYPE, Kind.INDUSTRY, Kind.EXPERIENCE)
# What is understood and still is no condition: no vacancy may ask for it, or none of it is in the city.
SILENT = (Kind.IGNORED, Kind.PROVINCE)
NOWHERE = "none"  # no area has this code, so nothing is found


@dataclass(frozen=True)
class Asked:
    """A search as the index understands it, and what was read in its words."""

    wish: SearchWish
    reading: Reading
    place_for_distance: str


@lru_cache(maxsize=2000)
def reading_of(text: str) -> Reading:
    """What a text asks for; read once while many ask for the same."""
    return read_query(text)


def asked_for(wish: SearchWish, on: date) -> Asked:
    """The search of an address with its words turned into conditions. Words that say nothing find nothing."""
    reading = reading_of(wish.text)
    used = [concept for concept in reading.concepts if concept.certainty >= CERTAIN]
    if not used:
        return Asked(_outermost(wish), reading, "")
    near = _near(used, wish)
    changed = replace(wish, text="", near=near[0] or wish.near)
    for apply in (_words, _work, _places, _pay, _conditions, _schooling):
        changed = apply(changed, used, on)
    if near[0] is not None:  # the circle stands in for the area in whose middle it is
        changed = replace(changed, places=tuple(path for path in changed.places if path != near[1]))
    return Asked(_outermost(changed), reading, near[1])


def _outermost(wish: SearchWish) -> SearchWish:
    """Chosen towns stand in for their county, and any area for the city."""
    inner = (path for path in wish.places if not any(o != path and o.startswith(path) for o in wish.places))
    return replace(wish, places=tuple(dict.fromkeys(inner)))


def _written(concept: Concept) -> str:
    return concept.said or concept.name


def _of(used: Iterable[Concept], *kinds: Kind, sign: Sign = Sign.MUST) -> list[Concept]:
    return [concept for concept in used if concept.kind in kinds and concept.sign == sign]


def _words(wish: SearchWish, used: list[Concept], on: date) -> SearchWish:
    """Plain words, employers and phrases; what must not be; what is nice, with its weight."""
    nice = [(_written(one), HINT_WEIGHT) for one in _of(used, *HINTS)]
    nice += [(_written(one), NICE_WEIGHT * one.weight) for one in used if one.sign == Sign.NICE]
    by_field = (*SILENT, Kind.PLACE, Kind.TERM, Kind.NEAR, Kind.PAY)
    excluded = [one for one in used if one.sign == Sign.WITHOUT and one.kind not in by_field]
    return replace(
        wish,
        must=(*wish.must, *(one.name for one in _of(used, Kind.WORD, Kind.EMPLOYER))),
        phrases=(*wish.phrases, *(one.name for one in _of(used, Kind.PHRASE))),
        excluded=(*wish.excluded, *(_written(one) for one in excluded if _written(one))),
        nice=(*wish.nice, *((text, weight) for text, weight in nice if text)),
    )


def _work(wish: SearchWish, used: list[Concept], on: date) -> SearchWish:
    """Several kinds of work are alternatives; the word that was written counts more than others for it."""
    work = _of(used, Kind.OCCUPATION)
    if not work:
        return wish
    group = tuple(dict.fromkeys(word for one in work for word in words_for_work(one)))
    exact = tuple((_written(one), EXACT_WEIGHT) for one in work)
    return replace(wish, any_of=(*wish.any_of, group), nice=(*wish.nice, *exact))


def _places(wish: SearchWish, used: list[Concept], on: date) -> SearchWish:
    """The areas that were named, without those that must not be: then all others of the same level are wanted."""
    named = tuple(code for one in _of(used, Kind.PLACE) for code in one.codes if len(code) > CITY)
    wanted = (*wish.places, *named)
    for never in (code for one in _of(used, Kind.PLACE, sign=Sign.WITHOUT) for code in one.codes):
        wanted = _all_but(never, wanted)
    return replace(wish, places=wanted)


def _all_but(never: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The wanted areas (all counties when none is named) without one; what it lies in is cut into its parts."""
    tree, kept = areas(), []
    for area in wanted or tuple(county.path for county in tree.all("county")):
        if never.startswith(area) and area != never:
            level = "town" if len(area) == COUNTY else "village"
            kept += _all_but(never, tuple(below.path for below in tree.all(level, within=area)))
        elif not area.startswith(never):
            kept.append(area)
    return tuple(kept) or (NOWHERE,)


def _pay(wish: SearchWish, used: list[Concept], on: date) -> SearchWish:
    """The pay a month that is reached at least; an upper bound alone keeps the bands that begin below it."""
    bounds = [_monthly(one, on) for one in _of(used, Kind.PAY)]
    lows = [low for low, _high in bounds if low]
    highs = [high for low, high in bounds if high and not low]
    bands = tuple(b.value for b in PayBand if any(b.bounds[0] < high for high in highs)) if highs else ()
    return replace(wish, pay_from_fen=max([wish.pay_from_fen, *lows]), pay=wish.pay or bands)


def _monthly(concept: Concept, on: date) -> tuple[int, int]:
    """Bounds in fen a month; pay by the day or hour counts for the paid days and hours of a month."""
    if concept.unit == "day":
        hundredths = parameters().value("pay_days_a_month", on)
    else:
        hundredths = 100 * parameters().value("pay_hours_a_month", on) if concept.unit == "hour" else 100
    return round(concept.low * hundredths), round(concept.high * hundredths)


def _conditions(wish: SearchWish, used: list[Concept], on: date) -> SearchWish:
    benefits = (code for one in _of(used, Kind.BENEFIT) for code in one.codes)
    terms = [code for one in _of(used, Kind.TERM) for code in one.codes]
    wanted = [term for code in terms for term in (FULL_TIME if code == "full_time" else (code,))]
    never = [code for one in _of(used, Kind.TERM, sign=Sign.WITHOUT) for code in one.codes]
    if never:
        unwanted = {term for code in never for term in (FULL_TIME if code == "full_time" else (code,))}
        wanted = [term for term in (wanted or Term.values) if term not in unwanted]
    days = [one.low for one in _of(used, Kind.NEWEST)]
    return replace(
        wish,
        benefits=tuple(dict.fromkeys((*wish.benefits, *benefits))),
        terms=tuple(dict.fromkeys((*wish.terms, *wanted))),
        since=on - timedelta(days=int(min(days)) - 1) if days else wish.since,
    )


def _schooling(wish: SearchWish, used: list[Concept], on: date) -> SearchWish:
    """What a seeker has is enough for all that ask for it or less; “or more” asks for it or more."""
    asked: list[str] = []
    for one in _of(used, Kind.EDUCATION):
        asked += _levels(one)
    return replace(wish, education=wish.education or tuple(dict.fromkeys(asked)))


def _levels(concept: Concept) -> list[str]:
    code = concept.codes[0]
    if code in NO_SCHOOLING:
        return ["", "90"]
    own = code_rank(EDUCATION, code) or 0
    ranks = [(item.code, code_rank(EDUCATION, item.code) or 0) for item in code_items(EDUCATION)]
    if concept.unit == "up":
        return [code for code, rank in ranks if rank >= own]
    return ["", *(code for code, rank in ranks if rank <= own)]


def _near(used: list[Concept], wish: SearchWish) -> tuple[Near | None, str]:
    """The circle that a query asks for, around the first county or town that it or the address names."""
    asked = _of(used, Kind.NEAR)
    named: list[Any] = [code for one in _of(used, Kind.PLACE) for code in one.codes] + list(wish.places)
    area = next((code for code in named if point_of(code)), "")
    point = point_of(area) if asked and area else None
    if point is None:
        return None, ""
    return Near(*point, asked[0].low or USUAL_KM), area
