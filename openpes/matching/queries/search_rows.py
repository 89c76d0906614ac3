"""The narrow table as the answerer of searches: the truth, and the measure of every faster one."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from openpes.engine.places import EARTH_RADIUS_KM, county_seats
from openpes.engine.search import UNKNOWN, Order, Query, metres_to
from openpes.engine.search.relevance import ELSEWHERE, IN_TITLE, PER_LETTER, SCALE, SHORTEST, rarity
from openpes.engine.search.text import LOWER, UPPER
from openpes.matching.choices import PayBand
from openpes.vacancies.models import PublishedVacancy

Rows = QuerySet[PublishedVacancy]
FOLDED = f"translate(normalize(title, NFKC), '{UPPER}', '{LOWER}')"
HAS = "terms @@ %s::tsquery"
# The arithmetic of `engine.places.distance_km`, step by step, so that both answerers have the same metres.
METRES = f"""
(SELECT round(1000 * (2 * {EARTH_RADIUS_KM}::float8 * asin(least(1, sqrt(
    power(sin((lat - near_lat) / 2), 2) + cos(near_lat) * cos(lat) * power(sin((lon - near_lon) / 2), 2))))))
FROM (SELECT
    radians(split_part(spot, ',', 1)::float8) lat, radians(split_part(spot, ',', 2)::float8) lon,
    radians(%s::float8) near_lat, radians(%s::float8) near_lon) points)::bigint
"""
KEYS = {
    Order.NEW: ("published_on", "vacancy_id"),
    Order.PAY: ("pay_max_fen", "pay_min_fen", "vacancy_id"),
    Order.PLACES: ("places_left", "vacancy_id"),
    Order.RELEVANCE: ("relevance", "published_on", "vacancy_id"),
    Order.DISTANCE: ("nearness", "published_on", "vacancy_id"),
}
DAYS = (1, date.max.toordinal())


def open_published(*, on: date) -> Rows:
    """Published vacancies with places left that are open on a day, newest first."""
    found = PublishedVacancy.objects.filter(published_on__lte=on, closes_on__gte=on, places_left__gt=0)
    return found.defer("terms").order_by(*(f"-{name}" for name in KEYS[Order.NEW]))


def narrowed(query: Query, on: date, *, but: str = "") -> Rows:
    """The open rows that a query asks for, or that it would ask for without one of its facets."""
    found = open_published(on=on)
    if query.hopeless:
        return found.none()
    for name, narrow in NARROWINGS.items():
        if name != but:
            found = narrow(found, query)
    return found


def in_order(found: Rows, query: Query) -> Rows:
    """The rows in the order that is asked for, from behind the last one that was seen."""
    if query.order == Order.RELEVANCE:
        found = found.annotate(relevance=_relevance(query))
    elif query.order == Order.DISTANCE:
        found = found.annotate(nearness=_nearness(query))
    if query.after:
        found = found.filter(_behind(KEYS[query.order], query.after))
    return found.order_by(*(f"-{name}" for name in KEYS[query.order]))


def key_of(row: PublishedVacancy, query: Query) -> tuple[int, ...]:
    """Where a row of `in_order` stands in its order."""
    values = [getattr(row, name) for name in KEYS[query.order]]
    return tuple(value.toordinal() if isinstance(value, date) else int(value) for value in values)


def _behind(names: tuple[str, ...], key: tuple[int, ...]) -> Q:
    """Rows that stand behind a key: their first differing value is smaller."""
    behind, same = Q(), Q()
    for name, value in zip(names, key, strict=True):
        limit: Any = date.fromordinal(min(max(value, DAYS[0]), DAYS[1])) if name == "published_on" else value
        behind |= same & Q(**{f"{name}__lt": limit})
        same &= Q(**{name: limit})
    return behind


def _by_text(found: Rows, query: Query) -> Rows:
    parts = [_all(query.must)] if query.must else []
    parts += ["(" + " | ".join(f"({_all(terms)})" for terms in group) + ")" for group in query.any_of]
    parts += [f"!({_all(terms)})" for terms in query.excluded]
    parts += [f"{_quoted(start)}:*" for start in query.beginnings]
    if parts:
        found = found.filter(_raw(HAS, " & ".join(parts)))
    for phrase in query.phrases:
        found = found.filter(_raw(f"position(%s in {FOLDED}) > 0", phrase))
    return found


def _by_place(found: Rows, query: Query) -> Rows:
    return _any(found, [_range("place", prefix) for prefix in query.places])


def _by_class(found: Rows, query: Query) -> Rows:
    return _any(found, [_range("occupation", code) for code in query.classes])


def _by_pay(found: Rows, query: Query) -> Rows:
    if query.pay_from:
        found = found.filter(pay_max_fen__gte=query.pay_from)
    return found


def _by_band(found: Rows, query: Query) -> Rows:
    bounds = [PayBand(code).bounds for code in query.pay]
    return _any(found, [Q(pay_max_fen__gte=low, pay_max_fen__lt=high) for low, high in bounds])


def _by_education(found: Rows, query: Query) -> Rows:
    return found.filter(education_min__in=query.education) if query.education else found


def _by_term(found: Rows, query: Query) -> Rows:
    return found.filter(term__in=query.terms) if query.terms else found


def _by_benefit(found: Rows, query: Query) -> Rows:
    return found.filter(benefits__contains=list(query.benefits)) if query.benefits else found


def _by_day(found: Rows, query: Query) -> Rows:
    return found.filter(published_on__gte=date.fromordinal(query.since)) if query.since else found


def _by_distance(found: Rows, query: Query) -> Rows:
    if query.near is None or not query.near.km:
        return found
    return found.alias(away=_nearness(query)).filter(away__gte=-round(query.near.km * 1000))


NARROWINGS: dict[str, Callable[[Rows, Query], Rows]] = {
    "text": _by_text,
    "places": _by_place,
    "classes": _by_class,
    "pay": _by_band,
    "pay_from": _by_pay,
    "education": _by_education,
    "terms": _by_term,
    "benefits": _by_benefit,
    "since": _by_day,
    "near": _by_distance,
}


def _range(column: str, prefix: str) -> Q:
    return Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + "~"})


def _any(found: Rows, choices: list[Q]) -> Rows:
    either = Q()
    for choice in choices:
        either |= choice
    return found.filter(either)


def _all(terms: tuple[str, ...]) -> str:
    return " & ".join(map(_quoted, terms))


def _quoted(term: str) -> str:
    return "'{}'".format(term.replace("\\", "\\\\").replace("'", "''"))


def _raw(statement: str, *parameters: str) -> RawSQL:
    return RawSQL(statement, parameters, output_field=BooleanField())


def _nearness(query: Query) -> Case:
    """How near the place of work is: the negative number of metres, from its spot, else from the seat of its county."""
    if query.near is None:
        return Case(default=Value(-UNKNOWN), output_field=BigIntegerField())
    metres = {county: metres_to(county, query.near) for county in county_seats()}
    spot = RawSQL(METRES, [query.near.latitude, query.near.longitude], output_field=BigIntegerField())
    whens = [When(_range("place", county), then=Value(-away)) for county, away in metres.items()]
    return Case(When(~Q(spot=""), then=-spot), *whens, default=Value(-UNKNOWN), output_field=BigIntegerField())


def _relevance(query: Query) -> RawSQL:
    """The score of `engine.search.relevance` as an expression over a row."""
    heavy = _rarities(query.weights)
    place = f"CASE WHEN position(%s in {FOLDED}) > 0 THEN {IN_TITLE} ELSE {ELSEWHERE} END"
    part = f"CASE WHEN {HAS} THEN {place} ELSE 0 END"
    parts = " + ".join(f"({part}) * {weight}" for weight in heavy.values())
    letters = f"({SHORTEST} + {PER_LETTER} * char_length(title))"
    parameters = [value for term in heavy for value in (_quoted(term), term)]
    return RawSQL(f"(({parts})::bigint * {SCALE}) / {letters}", parameters, output_field=BigIntegerField())


def _rarities(weights: dict[str, int]) -> dict[str, int]:
    """What a term weighs in this search: its weight times how rare it is among all public rows."""
    table = PublishedVacancy._meta.db_table
    counts = ", ".join(f"(SELECT count(*) FROM {table} WHERE {HAS})" for _term in weights)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (SELECT count(*) FROM {table}), {counts}", [_quoted(term) for term in weights])
        rows, *having = cursor.fetchone()
    return {term: weights[term] * rarity(rows, count) for term, count in zip(weights, having, strict=True)}
