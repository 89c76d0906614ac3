"""Public search over the published vacancies: filters, live facet counts, a page of rows."""

from datetime import date

from django.db.models import Count, Sum
from django.db.models.functions import Left

from openpes.engine.search import PAGE_SIZE, Query, written_key
from openpes.matching.queries.search_asked import query_of_wish
from openpes.matching.queries.search_facets import counted_rows, facets_of
from openpes.matching.queries.search_kinds import Facet, FacetValue, SearchPage, SearchWish
from openpes.matching.queries.search_rows import in_order, key_of, narrowed, open_published

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
    return _by_table(query_of_wish(wish), wish, on)


def vacancy_count(*, wish: SearchWish, on: date) -> int:
    """How many open vacancies a wish would find."""
    return narrowed(query_of_wish(wish), on).count()


def place_counts(*, wish: SearchWish, inside: str, length: int, on: date) -> dict[str, int]:
    """Vacancies that the rest of a wish leaves inside an area, by the first `length` digits of their place."""
    found = narrowed(query_of_wish(wish), on, but="places").filter(place__gte=inside, place__lt=inside + "~")
    counted = found.order_by().annotate(unit=Left("place", length)).values("unit").annotate(n=Count("vacancy_id"))
    return {row["unit"]: row["n"] for row in counted if len(row["unit"]) == length}


def _by_table(query: Query, wish: SearchWish, on: date) -> SearchPage:
    found = narrowed(query, on)
    totals = found.aggregate(rows=Count("vacancy_id"), openings=Sum("places_left"))
    pages = max(1, -(-totals["rows"] // PAGE_SIZE))
    page = 1 if query.after else min(max(wish.page, 1), pages)
    first = (page - 1) * PAGE_SIZE
    rows = tuple(in_order(found.defer("terms"), query)[first : first + PAGE_SIZE + 1])
    following = written_key(query.order, key_of(rows[PAGE_SIZE - 1], query)) if len(rows) > PAGE_SIZE else ""
    facets = facets_of(counted_rows(query, on), wish)
    return SearchPage(totals["rows"], totals["openings"] or 0, rows[:PAGE_SIZE], facets, page, pages, following)
