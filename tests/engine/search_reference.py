"""Searching as anybody would write it down, document by document: what the index has to equal."""

from collections import Counter
from collections.abc import Mapping, Sequence

from openpes.engine.search import Document, Order, Query, folded, metres_to
from openpes.engine.search.index import BEST, Found
from openpes.engine.search.relevance import ELSEWHERE, IN_TITLE, rarity, score

FACETS = {
    "places": lambda d: [d.place[:6]],
    "pay": lambda d: [d.pay],
    "classes": lambda d: [d.occupation[:1]],
    "education": lambda d: [d.education],
    "terms": lambda d: [d.term],
    "benefits": lambda d: d.benefits,
}


def found_by_hand(query: Query, documents: Sequence[Document], day: int, stock: Sequence[Document]) -> Found:
    """What a query finds; `stock` are the documents by which rarity is judged."""
    open_ones = [d for d in documents if d.published <= day <= d.closes and d.left > 0]
    rows = [d for d in open_ones if _fits(d, query)]
    counts = {}
    for facet, values in FACETS.items():
        but = facet if facet != "benefits" else ""
        left = Counter(value for d in open_ones if _fits(d, query, but) for value in values(d))
        counts[facet] = {value: n for value, n in left.items() if value}
    having = {term: sum(term in other.terms for other in stock) for term in query.weights}
    heavy = {term: weight * rarity(len(stock), having[term]) for term, weight in query.weights.items()}
    keyed = sorted(((_key(d, query, heavy), d.id) for d in rows), reverse=True)
    behind = [pair for pair in keyed if query.after is None or pair[0] < query.after]
    return Found(len(rows), sum(d.left for d in rows), counts, tuple(behind[:BEST]))


def _fits(d: Document, query: Query, but: str = "") -> bool:
    terms, title = set(d.terms), folded(d.title)
    choices = {
        "places": any(d.place.startswith(path) for path in query.places),
        "classes": any(d.occupation.startswith(code) for code in query.classes),
        "pay": d.pay in query.pay,
        "education": d.education in query.education,
        "terms": d.term in query.terms,
    }
    return (
        not query.hopeless
        and all(fits for facet, fits in choices.items() if getattr(query, facet) and facet != but)
        and set(query.benefits) <= set(d.benefits)
        and set(query.must) <= terms
        and all(any(set(some) <= terms for some in group) for group in query.any_of)
        and not any(set(some) <= terms for some in query.excluded)
        and all(phrase in title for phrase in query.phrases)
        and all(any(term.startswith(start) for term in terms) for start in query.beginnings)
        and d.pay_max >= query.pay_from
        and d.published >= query.since
        and (not query.near or not query.near.km or metres_to(d.place, query.near) <= round(query.near.km * 1000))
    )


def _key(d: Document, query: Query, heavy: Mapping[str, int]) -> tuple[int, ...]:
    if query.order == Order.PAY:
        return d.pay_max, d.pay_min, d.id
    if query.order == Order.PLACES:
        return d.left, d.id
    if query.order == Order.DISTANCE and query.near:
        return -metres_to(d.place, query.near), d.published, d.id
    if query.order == Order.RELEVANCE:
        return _score(d, heavy), d.published, d.id
    return d.published, d.id


def _score(d: Document, heavy: Mapping[str, int]) -> int:
    title = folded(d.title)
    parts = [weight * (IN_TITLE if term in title else ELSEWHERE) for term, weight in heavy.items() if term in d.terms]
    return score(sum(parts), len(d.title))
