"""Public search over the published vacancies: filters, live facet counts, a page of rows.

A large city has a search index in files (`engine.search`), which answers as the narrow table would. Where there is
none, or it cannot be read, or too much changed since, the table answers itself.
"""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.db.models.functions import Left

from openpes.engine.search import PAGE_SIZE, Query, written_key
from openpes.kernel.composed import Composed
from openpes.kernel.rows import any_of, array_text
from openpes.matching.queries.search_asked import query_of_wish
from openpes.matching.queries.search_facets import counted_rows, facets_of
from openpes.matching.queries.search_kept import kept_index
from openpes.matching.queries.search_kinds import Facet, FacetValue, SearchPage, SearchWish
from openpes.matching.queries.search_rows import in_order, key_of, narrowed, open_published
from openpes.vacancies.models import PublishedVacancy

if TYPE_CHECKING:
    from openpes.engine.search.both import Both

__all__ = [
    "PAGE_SIZE",
    "Facet",
    "FacetValue",
    "SearchPage",
    "SearchWish",
    "open_published",
    "place_counts",
    "search_vacancies",
    "vacancy_count",
]


def search_vacancies(*, wish: SearchWish, on: date) -> SearchPage:
    """The open vacancies that a wish asks for, 20 a page, with facets whose counts are exact."""
    query = query_of_wish(wish)
    # A page by its number is counted off by the table; whoever pages by key stays with the index.
    index = kept_index().present() if wish.page <= 1 or query.after else None
    return _by_table(query, wish, on) if index is None else _by_index(index, query, wish, on)


def vacancy_count(*, wish: SearchWish, on: date) -> int:
    """How many open vacancies a wish would find."""
    query, index = query_of_wish(wish), kept_index().present()
    return narrowed(query, on).count() if index is None else index.count(query, on.toordinal())


def place_counts(*, wish: SearchWish, inside: str, length: int, on: date) -> dict[str, int]:
    """Vacancies that the rest of a wish leaves inside an area, by the first `length` digits of their place."""
    query, index = query_of_wish(wish), kept_index().present()
    if index is None:
        return _place_counts_by_table(query, inside, length, on)
    units: Counter[str] = Counter()
    for place, count in index.place_counts(query, on.toordinal(), inside).items():
        units[place[:length]] += count
    return {unit: count for unit, count in units.items() if len(unit) == length}


def _by_index(index: "Both", query: Query, wish: SearchWish, on: date) -> SearchPage:
    found = index.search(query, on.toordinal())
    best, pages = found.best[:PAGE_SIZE], max(1, -(-found.total // PAGE_SIZE))
    rows = {row.pk: row for row in _ROWS(keys=array_text([number for _key, number in best]))}
    page = tuple(rows[number] for _key, number in best if number in rows)
    following = written_key(query.order, best[-1][0]) if len(found.best) > PAGE_SIZE else ""
    return SearchPage(found.total, found.openings, page, facets_of(found.counts, wish), 1, pages, following)


_ROWS = Composed(
    lambda keys: PublishedVacancy.objects.defer("terms").filter(any_of(PublishedVacancy, "vacancy", keys)),
    {"keys": "{-1}"},
)


def _by_table(query: Query, wish: SearchWish, on: date) -> SearchPage:
    found = narrowed(query, on)
    totals = found.aggregate(rows=Count("vacancy_id"), openings=Sum("places_left"))
    pages = max(1, -(-totals["rows"] // PAGE_SIZE))
    page = 1 if query.after else min(max(wish.page, 1), pages)
    first = (page - 1) * PAGE_SIZE
    rows = tuple(in_order(found, query)[first : first + PAGE_SIZE + 1])
    following = written_key(query.order, key_of(rows[PAGE_SIZE - 1], query)) if len(rows) > PAGE_SIZE else ""
    facets = facets_of(counted_rows(query, on), wish)
    return SearchPage(totals["rows"], totals["openings"] or 0, rows[:PAGE_SIZE], facets, page, pages, following)


def _place_counts_by_table(query: Query, inside: str, length: int, on: date) -> dict[str, int]:
    found = narrowed(query, on, but="places").filter(place__gte=inside, place__lt=inside + "~")
    counted = found.order_by().annotate(unit=Left("place", length)).values("unit").annotate(n=Count("vacancy_id"))
    return {row["unit"]: row["n"] for row in counted if len(row["unit"]) == length}
