"""What may be asked of the published vacancies, in terms and codes that both of its answerers understand."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

PAGE_SIZE = 20
MOST_WEIGHED = 64
FACETS = ("places", "pay", "classes", "education", "terms", "benefits")


class Order(StrEnum):
    """Orders of the result; what is equal stands by day of publication and number, the newest first."""

    NEW = "new"
    RELEVANCE = "relevance"
    PAY = "pay"
    DISTANCE = "distance"
    PLACES = "places"


@dataclass(frozen=True)
class Near:
    """A point (degrees of WGS 84) and how many kilometres around it count; 0 for any distance."""

    latitude: float
    longitude: float
    km: float = 0


class Document(NamedTuple):
    """What is to be found of one published vacancy; days are ordinals, `pay` is the code of its band, `place` a code of
    an area, with a spot in it where one is known (`distance.spotted`)."""

    id: int
    published: int
    closes: int
    place: str
    occupation: str
    pay: str
    education: str
    term: str
    benefits: Sequence[str]
    pay_min: int
    pay_max: int
    left: int
    title: str
    terms: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Query:
    """A search cut into index terms. Everything narrows, apart from `nice`, `sort` and `after`.

    `must`: terms that all have to be there; `any_of`: groups of alternatives (each several terms), one of every group;
    `excluded`: alternatives of which none may be there; `phrases`: plain text that stands in the title as it is;
    `beginnings`: what a term has to begin with; `nice`: terms that only move a row up, with a weight.
    `places`, `classes`: code prefixes, any of them; `pay`, `education`, `terms`: codes, any of them; `benefits`: codes,
    all of them. `pay_from`: the top of the pay in fen at least; `since`: the day (ordinal) of publication or later.
    `after`: the key of the last row that was seen (`keys`). `hopeless`: the text says nothing that could be found.
    """

    must: tuple[str, ...] = ()
    any_of: tuple[tuple[tuple[str, ...], ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    nice: tuple[tuple[str, int], ...] = ()
    places: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    pay_from: int = 0
    since: int = 0
    near: Near | None = None
    sort: Order = Order.NEW
    after: tuple[int, ...] | None = None
    hopeless: bool = False

    @property
    def weights(self) -> dict[str, int]:
        """The terms that count for relevance, each with its weight: what must be there 1, what is nice its own.

        Of a very long question the first ones in order count, so that nobody can ask for endless sums.
        """
        if not (self.any_of or self.nice):
            return dict.fromkeys(sorted(self.must)[:MOST_WEIGHED], 1)
        found = dict.fromkeys(self.must, 1)
        found |= {term: 1 for group in self.any_of for alternative in group for term in alternative}
        for term, weight in self.nice:
            found[term] = found.get(term, 0) + weight
        return dict(sorted(found.items())[:MOST_WEIGHED])

    @property
    def order(self) -> Order:
        """The order that makes sense: relevance needs terms and distance a point, else the newest come first."""
        if self.sort == Order.RELEVANCE and not (self.must or self.nice or self.weights):
            return Order.NEW
        return Order.NEW if self.sort == Order.DISTANCE and self.near is None else self.sort
