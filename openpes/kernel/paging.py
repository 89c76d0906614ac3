"""Pages of lists that may run over a whole city: counted up to a bound, turned by number or by the row next to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

BOUND = 10_000
LONGEST_KEY = 18  # digits: what every key of the database is shorter than


def _counted(rows: QuerySet, bound: int) -> int:
    """How many rows there are, but no more than one above the bound: the database then stops counting."""
    return rows.order_by()[: bound + 1].count()


class BoundedPaginator(Paginator):
    """Pages by number over the first rows of a list; what lies beyond the bound is neither counted nor turned to."""

    def __init__(self, rows: QuerySet, per_page: int, *, bound: int = BOUND) -> None:
        super().__init__(rows, per_page)
        self.rows = rows
        self.bound = bound

    @cached_property
    def _found(self) -> int:
        return _counted(self.rows, self.bound)

    @cached_property
    def count(self) -> int:
        """How many rows can be turned to."""
        return min(self._found, self.bound)

    @property
    def is_more(self) -> bool:
        """Whether the list goes on beyond them."""
        return self._found > self.bound


class KeyedPaginator:
    """Pages over all rows of a list, the greatest key first, each found from the row next to it.

    However far one turns, a page costs the same; what is written meanwhile moves no row to another page.
    """

    def __init__(self, rows: QuerySet, per_page: int, *, bound: int = BOUND) -> None:
        self.rows = rows.order_by("-pk")
        self.per_page = per_page
        self.bound = bound

    @cached_property
    def _found(self) -> int:
        return _counted(self.rows, self.bound)

    @property
    def count(self) -> int:
        """How many rows there are, or the bound."""
        return min(self._found, self.bound)

    @property
    def is_more(self) -> bool:
        """Whether there are more than the bound."""
        return self._found > self.bound

    def get_page(self, asked: Mapping[str, str]) -> "KeyedPage":
        """The page that an address asks for: `before` a row, `after` a row (0: the last page), else the first.

        An address that names no row, or one beyond the end, gives the page nearest to it.
        """
        before, after = _key(asked.get("before")), _key(asked.get("after"))
        page = None
        if before is not None:
            page = self._before(before)
            after = 0 if page is None else None
        if page is None and after is not None:
            page = self._after(after)
        return page or self._first()

    def _first(self) -> "KeyedPage":
        found = list(self.rows[: self.per_page + 1])
        return KeyedPage(self, found[: self.per_page], False, len(found) > self.per_page)

    def _before(self, key: int) -> "KeyedPage | None":
        """The rows below a key; none when there are none. The row of the key itself shows that others stand above."""
        found = list(self.rows.filter(pk__lte=key)[: self.per_page + 2])
        above = bool(found) and found[0].pk == key
        found = found[above:]
        if not found:
            return None
        above = above or self.rows.order_by().filter(pk__gt=found[0].pk).exists()
        return KeyedPage(self, found[: self.per_page], above, len(found) > self.per_page)

    def _after(self, key: int) -> "KeyedPage | None":
        """The rows next above a key; none when they fill no page, so that the first page shows them with others."""
        found = list(self.rows.order_by("pk").filter(pk__gte=key)[: self.per_page + 2])
        below = bool(found) and found[0].pk == key
        found = found[below:]
        if len(found) < self.per_page:
            return None
        shown = found[: self.per_page][::-1]
        below = below or self.rows.order_by().filter(pk__lt=shown[-1].pk).exists()
        return KeyedPage(self, shown, len(found) > self.per_page, below)


@dataclass(frozen=True)
class KeyedPage:
    """Some rows of a list, and whether others stand before and behind them."""

    paginator: KeyedPaginator
    object_list: list[Any]
    has_previous: bool
    has_next: bool
    by_key: bool = True

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    @property
    def previous(self) -> dict[str, int | None]:
        """What the address of the page before this one asks for."""
        return {"before": None, "after": self.object_list[0].pk, "page": None}

    @property
    def next(self) -> dict[str, int | None]:
        """What the address of the page behind this one asks for."""
        return {"before": self.object_list[-1].pk, "after": None, "page": None}


def _key(text: str | None) -> int | None:
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_KEY:
        return None
    return int(text)
