"""The best rows of what was found, in every order: few of them row by row, many along what is sorted already."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from openpes.engine.search import kernels, listed
from openpes.engine.search.bitmaps import KEY_END, Bitmaps, Bits, Key
from openpes.engine.search.kinds import PAGE_SIZE, Near, Order, Query
from openpes.engine.search.relevance import ELSEWHERE, IN_TITLE, PER_LETTER, SCALE, SHORTEST, score

BEST = PAGE_SIZE + 1  # one more than a page, which tells that there is a next one
LISTED = 64  # not more rows than one in so many are handled one by one
NOTHING = (0, 0)
Weights = Mapping[int, tuple[int, int]]  # by number of a term: in the title, elsewhere
Few = tuple[Any, Any]  # rows in a list, and what they weigh so far; nothing where nothing is weighed
Best = tuple[tuple[Key, int], ...]
Fitting = tuple[Any, Any, int]  # the best scores so far, their rows, and how many there are


class Ordering(Bitmaps):
    """Bitmaps with the orders in which their rows can be shown."""

    listed = LISTED

    def _weights(self, rarities: Mapping[str, int]) -> Weights:
        numbers = self._numbers(rarities)
        told = zip(numbers, rarities.values(), strict=True)
        return {number: (weight * IN_TITLE, weight * ELSEWHERE) for number, weight in told if number >= 0}

    def _listed(self, bits: Bits, count: int, weights: Weights | None) -> Few:
        """The rows of a bitmap in a list, with what they weigh."""
        rows, parts = np.empty(count, np.uint32), np.zeros(0 if weights is None else count, np.int64)
        listed.rows_of(bits, rows)
        self._add(rows, parts, weights or {})
        return rows, parts

    def _add(self, rows: Any, parts: Any, weights: Weights) -> None:
        if weights:
            rare = [(*self._span(number), *told) for number, told in weights.items() if number not in self._common]
            spans = np.array(rare, np.int64).reshape(len(rare), 4)
            maps = self._heavy([number for number in weights if number in self._common], weights)
            listed.add_parts((self.arrays["postings"], spans), maps, rows, parts)

    def _heavy(self, numbers: list[int], weights: Weights) -> tuple[Any, Any]:
        heavy = [(self._common[number], *weights.get(number, NOTHING)) for number in numbers]
        return self.arrays["common_maps"], np.array(heavy, np.int64).reshape(len(heavy), 3)

    def _best_of_few(self, query: Query, few: Few) -> Best:
        rows, _parts = few
        if not len(rows):
            return ()
        if query.order == Order.NEW:
            start = self._place_of("newest", query.after) if query.after else 0
            begin = int(np.searchsorted(rows, start)) if start else 0
            return self._keyed(rows[begin : begin + BEST], ("published", "id"))
        if query.order != Order.RELEVANCE:
            return self._best_of_many(query, self._set(rows), len(rows), {})
        keys, out, found = self._fitting(few, self._going_on(query), *self._nobody())
        return self._scored(keys, out, found)

    def _best_of_many(self, query: Query, bits: Bits, total: int, weights: Weights | None) -> Best:
        if query.order == Order.NEW:
            out, start = np.zeros(BEST, np.int64), self._place_of("newest", query.after) if query.after else 0
            found = kernels.first_rows(bits, start, out) if start < self.rows else 0
            return self._keyed(out[:found], ("published", "id"))
        if query.order == Order.RELEVANCE:
            return self._fitting_many(query, bits, total, weights or {})
        if query.order != Order.DISTANCE:
            return self._ranked(query, bits, total)
        keys, out, _none = self._nobody()
        near = self._nearness(query.near or Near(0, 0))
        found = kernels.best_by_nearness(bits, self.arrays["cards"], near, self._going_on(query), (keys, out))
        return self._scored(keys, out, found)

    def _ranked(self, query: Query, bits: Bits, total: int) -> Best:
        order, names = ("pay", ("pay_max", "pay_min", "id")) if query.order == Order.PAY else ("left", ("left", "id"))
        start, out = self._place_of(order, query.after) if query.after else 0, np.zeros(BEST, np.int64)
        steps = min(total, 4 * BEST * self.rows // total) + BEST
        found = kernels.first_in_order(bits, self.arrays[f"by_{order}"], start, steps, out)
        if found < 0:
            found = kernels.best_by_rank(bits, self.arrays[f"rank_{order}"], start, np.zeros(BEST, np.int64), out)
        return self._keyed(out[:found], names)

    def _fitting(self, few: Few, key: tuple[int, int], keys: Any, out: Any, found: int) -> Fitting:
        scale = np.array([SCALE, SHORTEST, PER_LETTER], np.int64)
        return keys, out, listed.best_of_rows(*few, self.arrays["letters"], scale, key, (keys, out, found))

    def _fitting_many(self, query: Query, bits: Bits, total: int, weights: Weights) -> Best:
        """Rows with every term in the title first, then the others, which cannot weigh as much."""
        key, best, titled = self._going_on(query), self._nobody(), bits
        for number in weights:
            if number in self._common:
                titled = titled & self.arrays["common_maps"][self._common[number] + 1]
        most = sum(title for title, _elsewhere in weights.values())
        if not most:
            return self._equal(bits, key)
        lost = [title - elsewhere for number, (title, elsewhere) in weights.items() if number in self._common]
        for part, bound in ((titled, most), (bits & ~titled, most - min(lost, default=0))):
            best = self._fitting_part(part, bound, weights, key, best)
        return self._scored(*best)

    def _equal(self, bits: Bits, key: tuple[int, int]) -> Best:
        """The newest, from behind a key, where every row has all the terms, which then tell nothing of any."""
        (after, behind), (keys, out, found) = key, self._nobody()
        if after >= 0:
            found = kernels.first_rows(bits, min(behind, self.rows) if after == 0 else 0, out)
        return self._scored(keys, out, found)

    def _fitting_part(self, bits: Bits, most: int, weights: Weights, key: tuple[int, int], best: Fitting) -> Fitting:
        """The best of a bitmap, from the shortest titles on, until longer ones with all the terms score less."""
        for end, piece in zip(self.arrays["lengths"].tolist(), self.arrays["length_maps"], strict=True):
            within = bits & piece
            if count := int(kernels.count_ones(within)):
                best = self._fitting(self._listed(within, count, weights), key, *best)
            keys, _rows, found = best
            if found == BEST and score(most, end + 1) < keys[-1]:
                break
        return best

    @staticmethod
    def _nobody() -> Fitting:
        return np.zeros(BEST, np.int64), np.zeros(BEST, np.int64), 0

    def _going_on(self, query: Query) -> tuple[int, int]:
        """The first part of the key behind which to go on, and the row from which equal ones count."""
        if not query.after:
            return KEY_END, 0
        return query.after[0], self._place_of("newest", query.after[1:])

    def _scored(self, keys: Any, rows: Any, found: int) -> Best:
        published, ids = (self.arrays[name][rows[:found]].tolist() for name in ("published", "id"))
        return tuple(zip(zip(keys[:found].tolist(), published, ids, strict=True), ids, strict=True))

    def _keyed(self, rows: Any, names: tuple[str, ...]) -> Best:
        """Rows with what they are sorted by; the last of it is the number of the vacancy."""
        columns = [self.arrays[name][rows].tolist() for name in names]
        return tuple(zip(zip(*columns, strict=True), columns[-1], strict=True))
