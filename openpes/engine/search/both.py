"""An index and the few rows that changed since it was made, asked as if they were one."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from openpes.engine.search.building import Builder
from openpes.engine.search.index import BEST, Found, Index
from openpes.engine.search.kinds import FACETS, Document, Query

KEPT_DAYS = 2


class Both:
    """Rows of an index, apart from those that changed, and the changed ones as they are now."""

    def __init__(self, index: Index, changed: Mapping[int, Document | None]) -> None:
        """`changed` holds every row that came, went or changed since: what it is now, or None when it is gone."""
        self.index, self.changed = index, dict(changed)
        self._gone = index.holding(self.changed) if self.changed else None
        self._fresh = _index_of([document for document in self.changed.values() if document])
        self._open: dict[int, tuple[Any, Any]] = {}

    def with_changes(self, changed: Mapping[int, Document | None]) -> "Both":
        """The same after further changes."""
        return Both(self.index, self.changed | dict(changed))

    def search(self, query: Query, day: int) -> Found:
        """What a query finds among the rows that are open on a day (ordinal)."""
        stale, fresh = self._bitmaps(day)
        if self._fresh is None:
            return self.index.search(query, stale)
        rarities = self.index.rarities(query)
        found = self.index.search(query, stale, rarities)
        more = self._fresh.search(query, fresh, rarities)
        counts = {facet: dict(Counter(found.counts[facet]) + Counter(more.counts[facet])) for facet in FACETS}
        best = tuple(sorted(found.best + more.best, reverse=True)[:BEST])
        return Found(found.total + more.total, found.openings + more.openings, counts, best)

    def count(self, query: Query, day: int) -> int:
        """How many rows that are open on a day a query finds."""
        stale, fresh = self._bitmaps(day)
        return self.index.count(query, stale) + (self._fresh.count(query, fresh) if self._fresh else 0)

    def place_counts(self, query: Query, day: int, inside: str) -> dict[str, int]:
        """How many open rows the rest of a query leaves at every place inside an area."""
        stale, fresh = self._bitmaps(day)
        counts = Counter(self.index.place_counts(query, stale, inside))
        return dict(counts + Counter(self._fresh.place_counts(query, fresh, inside) if self._fresh else {}))

    def _bitmaps(self, day: int) -> tuple[Any, Any]:
        kept = self._open.get(day)
        if kept is None:
            stale = self.index.open_on(day)
            if self._gone is not None:
                stale &= ~self._gone
            kept = (stale, self._fresh.open_on(day) if self._fresh else None)
            if len(self._open) >= KEPT_DAYS:
                self._open.clear()
            self._open[day] = kept
        return kept


def _index_of(documents: Collection[Document]) -> Index | None:
    if not documents:
        return None
    builder = Builder()
    builder.add(documents)
    return Index(builder.arrays())
