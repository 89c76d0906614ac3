"""What a result can be narrowed by: every value with its name and its exact count."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Func, Value, When
from django.db.models.expressions import F
from django.db.models.functions import Left

from openpes.codes.queries import code_label, occupation_label
from openpes.engine.search import FACETS, Query
from openpes.matching.choices import PayBand
from openpes.matching.queries.columns import EDUCATION, education_rank
from openpes.matching.queries.search_kinds import Facet, FacetValue, SearchWish
from openpes.matching.queries.search_rows import narrowed
from openpes.network.queries import area_name
from openpes.vacancies.choices import Benefit, Term

Counts = Mapping[str, int]


def facets_of(counts: Mapping[str, Counts], wish: SearchWish) -> tuple[Facet, ...]:
    """The facets with the words of the reader; a chosen value stands there with a count of nothing too."""
    return tuple(_facet(name, counts[name], getattr(wish, name)) for name in FACETS)


def counted_rows(query: Query, on: date) -> dict[str, Counts]:
    """The counts of every facet, from the narrow table."""
    return {name: _counts(name, query, on) for name in FACETS}


def _counts(name: str, query: Query, on: date) -> Counts:
    # A benefit narrows with "and", so its counts keep the choice; every other facet widens with "or".
    found = narrowed(query, on, but="" if name == "benefits" else name)
    rows = found.order_by().annotate(value=COUNTED[name]).values("value").annotate(n=Count("vacancy_id"))
    return {row["value"]: row["n"] for row in rows if row["value"] not in (None, "")}


def _facet(name: str, counts: Counts, chosen: tuple[str, ...]) -> Facet:
    codes = {*counts, *chosen}
    values = [FacetValue(code, LABELS[name](code), counts.get(code, 0), code in chosen) for code in codes]
    return Facet(name, tuple(sorted(values, key=ORDER.get(name, _by_count))))


def _by_count(value: FacetValue) -> tuple[Any, ...]:
    return (-value.count, value.code)


def _by_code(value: FacetValue) -> tuple[Any, ...]:
    return (PayBand.values.index(value.code) if value.code in PayBand else 99, value.code)


def _by_rank(value: FacetValue) -> tuple[Any, ...]:
    return (education_rank(value.code), value.code)


_BANDS = Case(
    *(
        When(pay_max_fen__gte=band.bounds[0], pay_max_fen__lt=band.bounds[1], then=Value(band.value))
        for band in PayBand
    ),
    output_field=CharField(),
)
COUNTED: dict[str, Any] = {
    "places": Left("place", 6),
    "pay": _BANDS,
    "classes": Left("occupation", 1),
    "education": F("education_min"),
    "terms": F("term"),
    "benefits": Func(F("benefits"), function="unnest", output_field=CharField()),
}
ORDER = {"pay": _by_code, "education": _by_rank}
LABELS: dict[str, Callable[[str], Any]] = {
    "places": area_name,
    "pay": lambda code: PayBand(code).label if code in PayBand else code,
    "classes": occupation_label,
    "education": lambda code: code_label(EDUCATION, code),
    "terms": lambda code: Term(code).label if code in Term else code,
    "benefits": lambda code: Benefit(code).label if code in Benefit else code,
}
