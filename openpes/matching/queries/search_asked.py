"""A visitor's wish as a query: texts cut into terms, numbers within bounds, what says nothing left out."""

from dataclasses import replace

from openpes.engine.search import Order, Query, beginning, cut, folded, read_key
from openpes.engine.words import bigrams
from openpes.matching.choices import PayBand, Sort
from openpes.matching.queries.search_kinds import SearchWish

LONGEST_TEXT = 100
MOST_TEXTS = 40
HEAVIEST = 10
LARGEST_FEN = 10**15
Terms = tuple[str, ...]


def query_of_wish(wish: SearchWish) -> Query:
    """The query that both answerers understand. A text without anything that could be looked for finds nothing."""
    must, groups = [_cut(text) for text in _said((wish.text, *wish.must))], _groups(wish)
    phrases, starts = _folds(wish.phrases), [beginning(text) for text in _said(wish.beginnings)]
    # Of a phrase, every pair of characters is a term of the title that has it; its first and last words need not be.
    query = Query(
        must=tuple(sorted({term for terms in (*must, *map(bigrams, phrases)) for term in terms})),
        any_of=tuple(groups),
        excluded=tuple(filter(None, map(_cut, _said(wish.excluded)))),
        phrases=phrases,
        beginnings=tuple(starts),
        nice=tuple((term, _weight(heavy)) for text, heavy in wish.nice[:MOST_TEXTS] for term in _cut(text)),
        hopeless=not all([*must, *groups, *starts]),
    )
    query = _narrowed(query, wish)
    return replace(query, after=read_key(wish.after, query.order))


def _narrowed(query: Query, wish: SearchWish) -> Query:
    return replace(
        query,
        places=wish.places,
        classes=wish.classes,
        pay=tuple(code for code in wish.pay if code in PayBand),
        education=wish.education,
        terms=wish.terms,
        benefits=wish.benefits,
        pay_from=max(0, min(wish.pay_from_fen, LARGEST_FEN)),
        since=wish.since.toordinal() if wish.since else 0,
        near=wish.near,
        sort=Order(wish.sort) if wish.sort in Sort else Order.NEW,
    )


def _groups(wish: SearchWish) -> list[tuple[Terms, ...]]:
    """Every group of alternatives; one of which nothing can be looked for is empty, and then nothing is found."""
    asked = [_said(group) for group in wish.any_of[:MOST_TEXTS]]
    return [tuple(filter(None, map(_cut, group))) for group in asked if group]


def _folds(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folded(phrase[:LONGEST_TEXT]).strip() for phrase in _said(phrases))


def _cut(text: str) -> Terms:
    return cut(text[:LONGEST_TEXT])


def _said(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text[:LONGEST_TEXT] for text in texts[:MOST_TEXTS] if text.strip())


def _weight(heavy: int) -> int:
    return max(1, min(int(heavy), HEAVIEST))
