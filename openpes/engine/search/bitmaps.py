"""Which rows meet one condition: bitmaps from coded columns, postings and prefixes."""

from bisect import bisect_left
from collections.abc import Collection
from itertools import accumulate
from typing import Any

import numpy as np

from openpes.engine.search import kernels, listed
from openpes.engine.search.building import Arrays, bits_of, texts_in
from openpes.engine.search.distance import metres_to, point_at
from openpes.engine.search.kinds import Near

FIELDS = {"places": "place", "classes": "occupation", "pay": "pay", "education": "education", "terms": "term"}
END = b"\xff"  # stands behind every letter
KEY_END = 2**62
MOST_SPANS = 64
MOST_KNOWN = 4_096  # terms that were asked for lately
Bits = Any
Key = tuple[int, ...]


class Bitmaps:
    """The arrays of `building`, in memory or in files, asked by any number of threads at once."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.rows = len(arrays["id"])
        self.words = -(-self.rows // 64)
        self._codes = {facet: texts_in(arrays, f"{name}_codes") for facet, name in FIELDS.items()}
        self._values = {facet: texts_in(arrays, f"{name}_values") for facet, name in FIELDS.items()}
        self._values["benefits"] = texts_in(arrays, "benefit_values")
        self._maps = {facet: arrays[f"{name}_maps"] for facet, name in FIELDS.items()}
        self._maps["benefits"] = arrays["benefit_maps"]
        self._common = {int(term): 2 * at for at, term in enumerate(arrays["common"])}
        self._begins = arrays["begins"]
        self._known: dict[str, int] = {}
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

    def _having_term(self, term: str) -> Bits:
        (number,) = self._numbers([term])
        if number in self._common:
            return self.arrays["common_maps"][self._common[number]]
        begin, end = self._span(number)
        return self._posted(self.arrays["postings"][begin:end])

    def _having_all(self, terms: tuple[str, ...]) -> Bits:
        return self._all([self._before(self.rows), *map(self._having_term, terms)])

    def _beginning(self, start: str) -> Bits:
        low, high = self._bound(start.encode()), self._bound(start.encode() + END)
        return self._posted(self.arrays["postings"][self._begins[low] : self._begins[high]])

    def _posted(self, postings: Any) -> Bits:
        bits = np.zeros(self.words, np.uint64)
        kernels.set_postings(bits, postings)
        return bits

    def _set(self, rows: Any) -> Bits:
        bits = np.zeros(self.words, np.uint64)
        kernels.set_rows(bits, rows)
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
            return bits_of(chosen[(self.arrays["cards"][:, 0] & kernels.WIDE).astype(np.int64)])
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

    def _bound(self, letters: bytes) -> int:
        wanted = np.frombuffer(letters, np.uint8)
        return int(kernels.lower_bound(self.arrays["terms"], self.arrays["terms_at"], wanted))

    def _numbers(self, terms: Collection[str]) -> list[int]:
        """The numbers of terms; -1 of one that no row has."""
        known = [number for term in terms if (number := self._known.get(term)) is not None]
        if len(known) == len(terms):
            return known
        letters = [term.encode() for term in terms]
        ends, found = np.array([0, *accumulate(map(len, letters))], np.int64), np.empty(len(letters), np.int64)
        asked = np.frombuffer(b"".join(letters) or END, np.uint8)
        listed.numbers_of(self.arrays["terms"], self.arrays["terms_at"], asked, ends, found)
        numbers: list[int] = found.tolist()
        if len(self._known) >= MOST_KNOWN:
            self._known = {}
        self._known.update(zip(terms, numbers, strict=True))
        return numbers

    def _span(self, number: int) -> tuple[int, int]:
        """Where the postings of a term begin and end; nowhere for one that no row has."""
        return (self._begins.item(number), self._begins.item(number + 1)) if number >= 0 else (0, 0)

    def _length(self, number: int) -> int:
        begin, end = self._span(number)
        return end - begin

    def _ranges(self, facet: str, codes: tuple[str, ...]) -> list[tuple[int, int]]:
        """Where the chosen codes stand: prefixes of places and occupations, codes themselves elsewhere."""
        if facet in ("places", "classes"):
            return [self._range(facet, code) for code in codes]
        known = self._codes[facet]
        return [(known.index(code), known.index(code) + 1) for code in codes if code in known]

    def _range(self, facet: str, prefix: str) -> tuple[int, int]:
        codes = self._codes[facet]
        return bisect_left(codes, prefix), bisect_left(codes, prefix + "~")

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
