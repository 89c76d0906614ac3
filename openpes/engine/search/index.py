"""An inverted index over published vacancies: totals, facets and the best rows of a query, exactly, in microseconds."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from openpes.engine.search import kernels
from openpes.engine.search.building import Arrays, bits_of, texts_in
from openpes.engine.search.distance import AT, metres_to, point_at
from openpes.engine.search.kinds import FACETS, PAGE_SIZE, Near, Order, Query
from openpes.engine.search.relevance import ELSEWHERE, IN_TITLE, PER_LETTER, SCALE, SHORTEST, rarity

FIELDS = {"places": "place", "classes": "occupation", "pay": "pay", "education": "education", "terms": "term"}
BEST = PAGE_SIZE + 1  # one more than a page, which tells that there is a next one
WALKED = 160  # with fewer candidates than one row in so many, one pass over them is faster than bitmaps of all values
END = b"\xff"  # stands behind every letter
KEY_END = 2**62
MOST_SPANS = 64
Bits = Any
Key = tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """What a query finds: how many rows and places, the counts of every facet, and the best rows with their keys."""

    total: int
    openings: int
    counts: Mapping[str, Mapping[str, int]]
    best: tuple[tuple[Key, int], ...]


class Index:
    """The arrays of `building`, in memory or in files, asked by any number of threads at once."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.rows = len(arrays["id"])
        self.words = -(-self.rows // 64)
        self.walked = WALKED
        self._codes = {facet: texts_in(arrays, f"{name}_codes") for facet, name in FIELDS.items()}
        self._values = {facet: texts_in(arrays, f"{name}_values") for facet, name in FIELDS.items()}
        self._values["benefits"] = texts_in(arrays, "benefit_values")
        self._maps = {facet: arrays[f"{name}_maps"] for facet, name in FIELDS.items()}
        self._maps["benefits"] = arrays["benefit_maps"]
        self._common = {int(term): 2 * at for at, term in enumerate(arrays["common"])}
        self._begins = arrays["begins"]
        self._groups = np.zeros((len(FIELDS), max(map(len, self._codes.values())) + 1), np.int64)
        for at, name in enumerate(FIELDS.values()):
            self._groups[at, : len(arrays[f"{name}_groups"])] = arrays[f"{name}_groups"]
        points: dict[Any, int] = {}
        self._points = [points.setdefault(point_at(place), len(points)) for place in self._codes["places"]]
        self._samples = list(dict(zip(self._points, self._codes["places"], strict=True)).values())

    def open_on(self, day: int) -> Bits:
        """The bitmap of the rows that are open on a day (ordinal) with places left."""
        a = self.arrays
        return bits_of((a["published"] <= day) & (a["closes"] >= day) & (a["left"] > 0))

    def holding(self, ids: Collection[int]) -> Bits:
        """The bitmap of the rows of these numbers, as far as they are here."""
        bits, wanted = np.zeros(self.words, np.uint64), np.array(sorted(ids), np.int64)
        by_id, numbers = self.arrays["by_id"], self.arrays["id"]
        places = np.searchsorted(numbers, wanted, sorter=by_id)
        rows = by_id[places[places < self.rows]]
        kernels.set_rows(bits, np.ascontiguousarray(rows[numbers[rows] == wanted[places < self.rows]]))
        return bits

    def rarities(self, query: Query) -> dict[str, int]:
        """What every term that counts for relevance weighs: its weight times how rare it is among all rows."""
        return {term: weight * rarity(self.rows, self._having(term)) for term, weight in query.weights.items()}

    def search(self, query: Query, among: Bits, rarities: Mapping[str, int]) -> Found:
        """Everything about the rows of the bitmap `among` that a query asks for."""
        base = self._base(query, among)
        if kernels.count_ones(base) * self.walked <= self.rows:
            total, openings, counts, result = self._walked(query, base)
        else:
            total, openings, counts, result = self._mapped(query, base)
        best = self._best(query, result, total, rarities) if total else ()
        return Found(total, openings, counts, best)

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

    def _base(self, query: Query, among: Bits) -> Bits:
        """The rows that pass everything but the choices of the facets that widen."""
        bits = np.zeros(self.words, np.uint64) if query.hopeless else among.copy()
        for term in query.must:
            bits &= self._having_term(term)
        for group in query.any_of:
            bits &= self._any([self._having_all(terms) for terms in group])
        for terms in query.excluded:
            bits &= ~self._having_all(terms)
        for start in query.beginnings:
            bits &= self._beginning(start)
        for code in query.benefits:
            bits &= self._of_value("benefits", code)
        if query.pay_from:
            bits &= self._paying(query.pay_from)
        if query.since:
            bits &= self._before(self._place_of("newest", (query.since, -KEY_END)))
        if query.near and query.near.km:
            bits &= self._near(query.near)
        for phrase in query.phrases:
            wanted = np.frombuffer(phrase.encode(), np.uint8)
            kernels.keep_phrase(bits, self.arrays["titles"], self.arrays["title_starts"], wanted)
        return bits

    def _result(self, query: Query, base: Bits, but: str = "") -> Bits:
        for facet in FIELDS:
            if facet != but and (chosen := getattr(query, facet)):
                base = base & self._chosen(facet, chosen)
        return base

    def _walked(self, query: Query, base: Bits) -> tuple[int, int, dict[str, dict[str, int]], Bits]:
        a, result = self.arrays, np.zeros(self.words, np.uint64)
        fits = np.ones(self._groups.shape, np.uint8)
        for at, facet in enumerate(FIELDS):
            if chosen := getattr(query, facet):
                fits[at] = 0
                for low, high in self._ranges(facet, chosen):
                    fits[at, low:high] = 1
        counts = np.zeros((len(FACETS), max(map(len, self._values.values())) + 1), np.int64)
        columns, facets = (a["packed"], a["benefits"], a["left"]), (fits, self._groups, counts)
        total, openings = kernels.walk_facets(base, columns, facets, result)
        return total, openings, self._named(dict(zip((*FIELDS, "benefits"), counts, strict=True))), result

    def _mapped(self, query: Query, base: Bits) -> tuple[int, int, dict[str, dict[str, int]], Bits]:
        chosen = {facet: self._chosen(facet, codes) for facet in FIELDS if (codes := getattr(query, facet))}
        result = self._all([base, *chosen.values()])
        counts = {}
        for facet, maps in self._maps.items():
            others = [bits for other, bits in chosen.items() if other != facet]
            within = self._all([base, *others]) if facet in chosen else result
            counts[facet] = np.zeros(len(maps), np.int64)
            kernels.count_common(within, maps, counts[facet])
        planes = np.zeros(len(self.arrays["left_maps"]), np.int64)
        kernels.count_common(result, self.arrays["left_maps"], planes)
        openings = sum(int(count) << plane for plane, count in enumerate(planes))
        return int(kernels.count_ones(result)), openings, self._named(counts), result

    def _named(self, counts: Mapping[str, Any]) -> dict[str, dict[str, int]]:
        named = {}
        for facet in FACETS:
            values = zip(self._values[facet], counts[facet].tolist(), strict=False)
            named[facet] = {value: count for value, count in values if count and value}
        return named

    # Bitmaps of one condition

    def _having_term(self, term: str) -> Bits:
        number = self._number(term)
        if number in self._common:
            return self.arrays["common_maps"][self._common[number]]
        return self._posted(self._postings(number))

    def _having_all(self, terms: tuple[str, ...]) -> Bits:
        return self._all([self._before(self.rows), *map(self._having_term, terms)])

    def _beginning(self, start: str) -> Bits:
        low, high = self._bound(start.encode()), self._bound(start.encode() + END)
        return self._posted(self.arrays["postings"][self._begins[low] : self._begins[high]])

    def _posted(self, postings: Any) -> Bits:
        bits = np.zeros(self.words, np.uint64)
        kernels.set_postings(bits, postings)
        return bits

    def _of_value(self, facet: str, code: str) -> Bits:
        values = self._values[facet]
        return self._maps[facet][values.index(code)] if code in values else np.zeros(self.words, np.uint64)

    def _chosen(self, facet: str, codes: tuple[str, ...]) -> Bits:
        return self._any([self._spanning(facet, low, high) for low, high in self._ranges(facet, codes)])

    def _spanning(self, facet: str, low: int, high: int) -> Bits:
        """The rows of the codes from `low` to below `high`: whole values by their bitmaps, the rest row by row."""
        groups, maps = self.arrays[f"{FIELDS[facet]}_groups"], self._maps[facet]
        bits = np.zeros(self.words, np.uint64)
        if facet not in ("places", "classes"):
            for code in range(low, high):
                bits |= maps[code]
            return bits
        while low < high:
            begin, end = np.searchsorted(groups, groups[low]), np.searchsorted(groups, groups[low], "right")
            if begin == low and end <= high:
                bits |= maps[groups[low]]
            else:
                end = min(end, high)
                starts = self.arrays[f"{FIELDS[facet]}_starts"]
                kernels.set_rows(bits, self.arrays[f"{FIELDS[facet]}_rows"][starts[low] : starts[end]])
            low = int(end)
        return bits

    def _paying(self, least: int) -> Bits:
        rows = self.arrays["by_pay"][: self._place_of("pay", (least, -KEY_END, -KEY_END))]
        if len(rows) * 3 > self.rows:  # comparing everything in a row is faster than jumping to most of it
            return bits_of(self.arrays["pay_max"] >= least)
        bits = np.zeros(self.words, np.uint64)
        kernels.set_rows(bits, rows)
        return bits

    def _before(self, row: int) -> Bits:
        """The rows before a row: whole words, and the lower bits of the next."""
        bits = np.zeros(self.words, np.uint64)
        bits[: row >> 6] = np.uint64(2**64 - 1)
        if row & 63:
            bits[row >> 6] = (np.uint64(1) << np.uint64(row & 63)) - np.uint64(1)
        return bits

    def _near(self, near: Near) -> Bits:
        inside = np.flatnonzero(self._nearness(near) >= -round(near.km * 1000))
        breaks = np.flatnonzero(np.diff(inside) != 1) + 1
        if len(breaks) > MOST_SPANS:  # many spots: looking at every row once is faster than a bitmap for each span
            chosen = np.zeros(len(self._codes["places"]), bool)
            chosen[inside] = True
            return bits_of(chosen[(self.arrays["packed"] & kernels.WIDE).astype(np.int64)])
        spans = [(int(part[0]), int(part[-1]) + 1) for part in np.split(inside, breaks) if len(part)]
        return self._any([self._spanning("places", low, high) for low, high in spans])

    def _nearness(self, near: Near) -> Any:
        """Negative metres by number of place."""
        metres = np.array([-metres_to(place, near) for place in self._samples] or [0], np.int64)
        return metres[self._points or [0]]

    def _any(self, maps: list[Bits]) -> Bits:
        bits = np.zeros(self.words, np.uint64)
        for other in maps:
            bits |= other
        return bits

    @staticmethod
    def _all(maps: list[Bits]) -> Bits:
        bits = maps[0]
        for other in maps[1:]:
            bits = bits & other
        return bits

    # The dictionary

    def _bound(self, letters: bytes) -> int:
        wanted = np.frombuffer(letters, np.uint8)
        return int(kernels.lower_bound(self.arrays["terms"], self.arrays["terms_at"], wanted))

    def _number(self, term: str) -> int:
        """The number of a term; -1 of one that no row has."""
        letters, starts = term.encode(), self.arrays["terms_at"]
        at = self._bound(letters)
        if at + 1 < len(starts) and self.arrays["terms"][starts[at] : starts[at + 1]].tobytes() == letters:
            return at
        return -1

    def _postings(self, number: int) -> Any:
        begin, end = (self._begins[number], self._begins[number + 1]) if number >= 0 else (0, 0)
        return self.arrays["postings"][begin:end]

    def _having(self, term: str) -> int:
        return len(self._postings(self._number(term)))

    def _ranges(self, facet: str, codes: tuple[str, ...]) -> list[tuple[int, int]]:
        """Where the chosen codes stand: prefixes of places and occupations, codes themselves elsewhere."""
        if facet in ("places", "classes"):
            return [self._range(facet, code) for code in codes]
        known = self._codes[facet]
        return [(known.index(code), known.index(code) + 1) for code in codes if code in known]

    def _range(self, facet: str, prefix: str) -> tuple[int, int]:
        codes = self._codes[facet]
        return bisect_left(codes, prefix), bisect_left(codes, prefix + "~")

    # The best rows

    def _place_of(self, order: str, key: Key) -> int:
        """How many rows of an order stand before or at a key (largest first)."""
        a = self.arrays
        names = {"newest": ("published", "id"), "pay": ("pay_max", "pay_min", "id"), "left": ("left", "id")}[order]
        rows, columns = a[f"by_{order}"] if order != "newest" else None, [a[name] for name in names]
        low, high = 0, self.rows
        while low < high:
            middle = (low + high) // 2
            row = middle if rows is None else rows[middle]
            if tuple(int(column[row]) for column in columns) >= key:
                low = middle + 1
            else:
                high = middle
        return low

    def _best(self, query: Query, bits: Bits, total: int, rarities: Mapping[str, int]) -> tuple[tuple[Key, int], ...]:
        ways: dict[Order, Callable[..., Any]] = {
            Order.NEW: self._newest,
            Order.PAY: self._ranked,
            Order.PLACES: self._ranked,
            Order.RELEVANCE: self._fitting,
            Order.DISTANCE: self._nearest,
        }
        keyed = ways[query.order](query, bits, total, rarities)
        return tuple((key, int(self.arrays["id"][row])) for key, row in keyed)

    def _newest(self, query: Query, bits: Bits, total: int, rarities: object) -> list[tuple[Key, int]]:
        out = np.zeros(BEST, np.int64)
        start = self._place_of("newest", query.after) if query.after else 0
        found = kernels.first_rows(bits, start, out) if start < self.rows else 0
        return [(self._key(row, "published", "id"), row) for row in out[:found].tolist()]

    def _ranked(self, query: Query, bits: Bits, total: int, rarities: object) -> list[tuple[Key, int]]:
        order, names = ("pay", ("pay_max", "pay_min", "id")) if query.order == Order.PAY else ("left", ("left", "id"))
        start, out = self._place_of(order, query.after) if query.after else 0, np.zeros(BEST, np.int64)
        steps = min(total, 4 * BEST * self.rows // total) + BEST
        found = kernels.first_in_order(bits, self.arrays[f"by_{order}"], start, steps, out)
        if found < 0:
            found = kernels.best_by_rank(bits, self.arrays[f"rank_{order}"], start, np.zeros(BEST, np.int64), out)
        return [(self._key(row, *names), row) for row in out[:found].tolist()]

    def _nearest(self, query: Query, bits: Bits, total: int, rarities: object) -> list[tuple[Key, int]]:
        keys, out, near = np.zeros(BEST, np.int64), np.zeros(BEST, np.int64), self._nearness(query.near or Near(0, 0))
        found = kernels.best_by_nearness(bits, self.arrays["packed"], near, self._going_on(query), (keys, out))
        return self._keyed(keys, out, found)

    def _fitting(self, query: Query, bits: Bits, total: int, rarities: Mapping[str, int]) -> list[tuple[Key, int]]:
        numbers = {self._number(term): weight for term, weight in rarities.items() if term in query.weights}
        rare = {number: weight for number, weight in numbers.items() if number >= 0 and number not in self._common}
        common = [
            (self._common[number], weight * IN_TITLE, weight * ELSEWHERE)
            for number, weight in numbers.items()
            if number in self._common
        ]
        keys, out, parts = np.zeros(BEST, np.int64), np.zeros(BEST, np.int64), np.zeros(total if rare else 0, np.int32)
        most = sum(self._most(bits, *entry) for entry in common)
        for number, weight in rare.items():
            heaviest, lightest = weight * IN_TITLE, weight * ELSEWHERE
            most += kernels.add_weights(bits, self._postings(number), heaviest, lightest, parts)
        scale = np.array([SCALE, SHORTEST, PER_LETTER, most], np.int64)
        texts = parts, self.arrays["letters"]
        maps = self.arrays["common_maps"], np.array(common, np.int64).reshape(len(common), 3)
        found = kernels.best_by_score(bits, texts, maps, scale, self._going_on(query), (keys, out))
        return self._keyed(keys, out, found)

    def _most(self, bits: Bits, at: int, title: int, elsewhere: int) -> int:
        """The most that a term with bitmaps adds to any row: nothing, its weight elsewhere, or in the title."""
        maps = self.arrays["common_maps"]
        if (bits & maps[at + 1]).any():
            return title
        return elsewhere if (bits & maps[at]).any() else 0

    def _going_on(self, query: Query) -> tuple[int, int]:
        """The first part of the key behind which to go on, and the row from which equal ones count."""
        if not query.after:
            return KEY_END, 0
        return query.after[0], self._place_of("newest", query.after[1:])

    def _keyed(self, keys: Any, rows: Any, found: int) -> list[tuple[Key, int]]:
        pairs = zip(keys[:found].tolist(), rows[:found].tolist(), strict=True)
        return [((key, *self._key(row, "published", "id")), row) for key, row in pairs]

    def _key(self, row: int, *names: str) -> Key:
        return tuple(int(self.arrays[name][row]) for name in names)
