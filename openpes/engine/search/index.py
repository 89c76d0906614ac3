"""An inverted index over published vacancies: totals, facets and the best rows of a query, exactly, in microseconds."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from openpes.engine.search import kernels, listed
from openpes.engine.search.bitmaps import FIELDS, KEY_END, Bits
from openpes.engine.search.building import Arrays
from openpes.engine.search.distance import AT
from openpes.engine.search.kinds import Order, Query
from openpes.engine.search.ordering import BEST, LISTED, NOTHING, Best, Few, Ordering, Weights
from openpes.engine.search.relevance import rarity

__all__ = ["BEST", "LISTED", "Found", "Index"]
COUNTED = (*FIELDS, "benefits")
NO_ROWS = np.zeros(0, np.uint32), np.zeros(0, np.int64)


@dataclass(frozen=True)
class Found:
    """What a query finds: how many rows and places, the counts of every facet, and the best rows with their keys."""

    total: int
    openings: int
    counts: Mapping[str, Mapping[str, int]]
    best: Best


class Index(Ordering):
    """Everything about the rows that a query asks for.

    Rows that share a term that is not on very many rows are looked at one by one; what many rows pass is counted on
    their bitmaps. Which way is taken changes nothing but the time.
    """

    def __init__(self, arrays: Arrays) -> None:
        super().__init__(arrays)
        self._fitting_all = np.ones((len(FIELDS), max(map(len, self._codes.values())) + 1), np.uint8)
        self._counted_in = len(COUNTED), max(map(len, self._values.values())) + 1
        self._offered_in = -(-len(self._values["benefits"]) // 8), 256

    def rarities(self, query: Query) -> dict[str, int]:
        """What every term that counts for relevance weighs: its weight times how rare it is among all rows."""
        weights = query.weights if query.order == Order.RELEVANCE else {}
        numbers = self._numbers(weights)
        told = zip(weights.items(), numbers, strict=True)
        return {term: weight * rarity(self.rows, self._length(number)) for (term, weight), number in told}

    def search(self, query: Query, among: Bits, rarities: Mapping[str, int] | None = None) -> Found:
        """Everything about the rows of the bitmap `among` that a query asks for.

        `rarities` are those of a larger stock of rows to which these belong; without them these are the stock.
        """
        fitting = query.order == Order.RELEVANCE
        weights = self._weights(self.rarities(query) if rarities is None else rarities) if fitting else None
        few, base, rest = self._candidates(query, among, weights)
        if few is None or len(few[0]) * self.listed > self.rows:
            return self._found_in_many(query, base if few is None else self._set(few[0]), few, rest)
        few, openings, counts = self._counted(query, few)
        self._add(*few, rest or {})
        return Found(len(few[0]), openings, self._named(counts), self._best_of_few(query, few))

    def count(self, query: Query, among: Bits) -> int:
        """How many of the rows of `among` a query asks for."""
        return int(kernels.count_ones(self._result(query, self._base(query, among))))

    def place_counts(self, query: Query, among: Bits, inside: str) -> dict[str, int]:
        """How many rows the rest of a query leaves at every place inside an area, whichever spots they have there."""
        bits = self._result(query, self._base(query, among), but="places")
        low, high = self._range("places", inside)
        out = np.zeros(high - low, np.int64)
        kernels.count_rows(bits, self.arrays["place_rows"], self.arrays["place_starts"], low, high, out)
        counts: Counter[str] = Counter()
        for place, count in zip(self._codes["places"][low:high], out.tolist(), strict=True):
            counts[place.partition(AT)[0]] += count
        return dict(+counts)

    # The rows that pass everything but the choices of the facets that widen

    def _candidates(
        self, query: Query, among: Bits, weights: Weights | None
    ) -> tuple[Few | None, Bits, Weights | None]:
        """They in a list, with what they weigh so far, and which terms still have to be added; when many, a bitmap."""
        numbers = dict.fromkeys(self._numbers(query.must))
        if query.hopeless or -1 in numbers:
            return NO_ROWS, self._before(0), None
        within = self._all([among, *self._conditions(query)])
        lists = sorted((self._length(number), number) for number in numbers if number not in self._common)
        maps = [number for number in numbers if number in self._common]
        if lists:
            few = self._having_lists([number for _length, number in lists], maps, within, weights)
            weights = weights and {number: told for number, told in weights.items() if number not in numbers}
        else:
            within = self._all([within, *(self.arrays["common_maps"][self._common[number]] for number in maps)])
            count = int(kernels.count_ones(within))
            if count * self.listed > self.rows and not query.phrases:
                return None, within, weights
            few = self._listed(within, count, None if weights is None else {})
        return self._with_phrases(query, few), within, weights

    def _having_lists(self, lists: list[int], maps: list[int], within: Bits, weights: Weights | None) -> Few:
        told = weights or {}
        spans = np.array([(*self._span(n), *told.get(n, NOTHING)) for n in lists], np.int64)
        size = self._length(lists[0])
        rows, parts = np.empty(size, np.uint32), np.empty(0 if weights is None else size, np.int64)
        found = listed.rows_having(within, (self.arrays["postings"], spans), self._heavy(maps, told), rows, parts)
        return rows[:found], parts[:found]

    def _with_phrases(self, query: Query, few: Few) -> Few:
        rows, parts = few
        titles = self.arrays["titles"], self.arrays["title_starts"]
        for phrase in query.phrases:
            kept = listed.keep_phrase(rows, parts, titles, np.frombuffer(phrase.encode(), np.uint8))
            rows, parts = rows[:kept], parts[:kept]
        return rows, parts

    def _conditions(self, query: Query) -> list[Bits]:
        """The bitmaps of everything that narrows beside the terms that must be there, phrases and facets."""
        maps = [self._any([self._having_all(terms) for terms in group]) for group in query.any_of]
        maps += [~self._having_all(terms) for terms in query.excluded]
        maps += [self._beginning(start) for start in query.beginnings]
        maps += [self._of_value("benefits", code) for code in query.benefits]
        if query.pay_from:
            maps.append(self._paying(query.pay_from))
        if query.since:
            maps.append(self._before(self._place_of("newest", (query.since, -KEY_END))))
        if query.near and query.near.km:
            maps.append(self._near(query.near))
        return maps

    def _base(self, query: Query, among: Bits) -> Bits:
        few, bits, _rest = self._candidates(query, among, None)
        return bits if few is None else self._set(few[0])

    def _result(self, query: Query, base: Bits, but: str = "") -> Bits:
        for facet in FIELDS:
            if facet != but and (chosen := getattr(query, facet)):
                base = base & self._chosen(facet, chosen)
        return base

    # What is counted

    def _counted(self, query: Query, few: Few) -> tuple[Few, int, Any]:
        """Which candidates pass all choices, their places, and the counts of every facet."""
        fits, narrows = self._fitting_all, False
        for at, facet in enumerate(FIELDS):
            if chosen := getattr(query, facet):
                fits, narrows = fits if narrows else fits.copy(), True
                fits[at] = 0
                for low, high in self._ranges(facet, chosen):
                    fits[at, low:high] = 1
        counts, (rows, parts) = np.zeros(self._counted_in, np.int64), few
        counted = counts, np.zeros(self._offered_in, np.int64)
        total, openings = listed.walk_rows(rows, parts, self.arrays["cards"], (narrows, fits), counted)
        return (rows[:total], parts[:total]), openings, counts

    def _found_in_many(self, query: Query, base: Bits, few: Few | None, weights: Weights | None) -> Found:
        """What the choices leave of many candidates, by bitmaps; where there is a list too, the best are of it."""
        chosen = {facet: self._chosen(facet, codes) for facet in FIELDS if (codes := getattr(query, facet))}
        result = self._all([base, *chosen.values()])
        total = int(kernels.count_ones(result))
        if few is not None:
            few = self._kept(few, result) if chosen else few
            self._add(*few, weights or {})
        elif total * self.listed <= self.rows:
            few = self._listed(result, total, weights)
        if few is not None and total * self.listed <= self.rows:
            _few, openings, counts = self._counted(Query(), few)
        else:
            openings, counts = self._counted_by_maps(result, but=chosen)
        for facet in chosen:
            others = [bits for other, bits in chosen.items() if other != facet]
            kernels.count_common(self._all([base, *others]), self._maps[facet], counts[COUNTED.index(facet)])
        best = self._best_of_few(query, few) if few else self._best_of_many(query, result, total, weights)
        return Found(total, openings, self._named(counts), best)

    @staticmethod
    def _kept(few: Few, bits: Bits) -> Few:
        """Those of a list that a bitmap has."""
        rows, parts = few
        kept = listed.keep_rows(rows, parts, bits)
        return rows[:kept], parts[:kept]

    def _counted_by_maps(self, bits: Bits, but: Collection[str]) -> tuple[int, Any]:
        """The places of the rows of a bitmap, and the counts of all facets but some."""
        planes, counts = np.zeros(len(self.arrays["left_maps"]), np.int64), np.zeros(self._counted_in, np.int64)
        kernels.count_common(bits, self.arrays["left_maps"], planes)
        for at, facet in enumerate(COUNTED):
            if facet not in but:
                kernels.count_common(bits, self._maps[facet], counts[at])
        return sum(count << plane for plane, count in enumerate(planes.tolist())), counts

    def _named(self, counts: Any) -> dict[str, dict[str, int]]:
        return {
            facet: {value: count for value, count in zip(self._values[facet], row, strict=False) if count and value}
            for facet, row in zip(COUNTED, counts.tolist(), strict=True)
        }
