"""Public search over the published vacancies: filters, live facet counts, a page of rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, Count, Func, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import F, RawSQL
from django.db.models.functions import Left

from openpes.codes.queries import code_label, occupation_label
from openpes.engine.words import wanted_terms
from openpes.matching.choices import PayBand, Sort
from openpes.matching.queries.columns import EDUCATION, education_rank
from openpes.network.queries import area_name
from openpes.vacancies.choices import Benefit, Term
from openpes.vacancies.models import PublishedVacancy

PAGE_SIZE = 20
LONGEST_TEXT = 100
ORDERS = {
    Sort.NEW: ("-published_on", "-vacancy_id"),
    Sort.PAY: ("-pay_max_fen", "-pay_min_fen", "-vacancy_id"),
    Sort.PLACES: ("-places_left", "-vacancy_id"),
}
Rows = QuerySet[PublishedVacancy]


@dataclass(frozen=True)
class SearchWish:
    """What a visitor asked for; an empty field asks for nothing. `places` and `classes` are code prefixes."""

    text: str = ""
    places: tuple[str, ...] = ()
    pay: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    benefits: tuple[str, ...] = ()
    sort: str = Sort.NEW
    page: int = 1


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: its code, its name, how many vacancies it would leave, and whether it is chosen."""

    code: str
    label: Any
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A property by which the result can be narrowed; its counts leave its own choice out."""

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True)
class SearchPage:
    """One page of the answer: how many vacancies and places in all, the rows, the facets."""

    total: int
    openings: int
    rows: tuple[PublishedVacancy, ...]
    facets: tuple[Facet, ...]
    page: int
    pages: int


def search_vacancies(*, wish: SearchWish, on: date) -> SearchPage:
    """The open vacancies that a wish asks for, 20 a page, with facets whose counts are exact."""
    found = _narrowed(wish, on)
    totals = found.aggregate(rows=Count("vacancy_id"), openings=Sum("places_left"))
    pages = max(1, -(-totals["rows"] // PAGE_SIZE))
    page = min(max(wish.page, 1), pages)
    order = ORDERS[Sort(wish.sort)] if wish.sort in Sort.values else ORDERS[Sort.NEW]
    rows = found.defer("terms").order_by(*order)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return SearchPage(totals["rows"], totals["openings"] or 0, tuple(rows), _facets(wish, on), page, pages)


def vacancy_count(*, wish: SearchWish, on: date) -> int:
    """How many open vacancies a wish would find."""
    return _narrowed(wish, on).count()


def place_counts(*, wish: SearchWish, inside: str, length: int, on: date) -> dict[str, int]:
    """Vacancies that the rest of a wish leaves inside an area, by the first `length` digits of their place."""
    found = _narrowed(wish, on, but="places").filter(_range("place", inside))
    counted = found.order_by().annotate(unit=Left("place", length)).values("unit").annotate(n=Count("vacancy_id"))
    return {row["unit"]: row["n"] for row in counted if len(row["unit"]) == length}


def open_published(*, on: date) -> Rows:
    """Published vacancies with places left that are open on a day, newest first."""
    found = PublishedVacancy.objects.filter(published_on__lte=on, closes_on__gte=on, places_left__gt=0)
    return found.defer("terms").order_by(*ORDERS[Sort.NEW])


def _narrowed(wish: SearchWish, on: date, *, but: str = "") -> Rows:
    found = open_published(on=on)
    for name, narrow in NARROWINGS.items():
        if name != but:
            found = narrow(found, wish)
    return found


def _by_text(found: Rows, wish: SearchWish) -> Rows:
    terms = sorted(wanted_terms(wish.text[:LONGEST_TEXT]))
    if not terms:
        return found.none() if wish.text.strip() else found
    quoted = " & ".join("'{}'".format(term.replace("\\", "\\\\").replace("'", "''")) for term in terms)
    return found.filter(RawSQL("terms @@ %s::tsquery", [quoted], output_field=BooleanField()))


def _by_place(found: Rows, wish: SearchWish) -> Rows:
    return _any(found, [_range("place", prefix) for prefix in wish.places])


def _by_class(found: Rows, wish: SearchWish) -> Rows:
    return _any(found, [_range("occupation", code) for code in wish.classes])


def _by_pay(found: Rows, wish: SearchWish) -> Rows:
    bounds = [PayBand(code).bounds for code in wish.pay if code in PayBand.values]
    return _any(found, [Q(pay_max_fen__gte=low, pay_max_fen__lt=high) for low, high in bounds])


def _by_education(found: Rows, wish: SearchWish) -> Rows:
    return found.filter(education_min__in=wish.education) if wish.education else found


def _by_term(found: Rows, wish: SearchWish) -> Rows:
    return found.filter(term__in=wish.terms) if wish.terms else found


def _by_benefit(found: Rows, wish: SearchWish) -> Rows:
    return found.filter(benefits__contains=list(wish.benefits)) if wish.benefits else found


def _range(column: str, prefix: str) -> Q:
    return Q(**{f"{column}__gte": prefix, f"{column}__lt": prefix + "~"})


def _any(found: Rows, choices: list[Q]) -> Rows:
    either = Q()
    for choice in choices:
        either |= choice
    return found.filter(either)


NARROWINGS: dict[str, Callable[[Rows, SearchWish], Rows]] = {
    "text": _by_text,
    "places": _by_place,
    "classes": _by_class,
    "pay": _by_pay,
    "education": _by_education,
    "terms": _by_term,
    "benefits": _by_benefit,
}


def _facets(wish: SearchWish, on: date) -> tuple[Facet, ...]:
    return tuple(_facet(name, wish, on) for name in COUNTED)


def _facet(name: str, wish: SearchWish, on: date) -> Facet:
    # A benefit narrows with "and", so its counts keep the choice; every other facet widens with "or".
    found = _narrowed(wish, on, but="" if name == "benefits" else name)
    chosen = getattr(wish, name)
    rows = found.order_by().annotate(value=COUNTED[name]).values("value").annotate(n=Count("vacancy_id"))
    counts = {row["value"]: row["n"] for row in rows if row["value"] not in (None, "")}
    codes = {*counts, *chosen}
    values = [FacetValue(code, LABELS[name](code), counts.get(code, 0), code in chosen) for code in codes]
    return Facet(name, tuple(sorted(values, key=ORDER.get(name, _by_count))))


def _by_count(value: FacetValue) -> tuple[Any, ...]:
    return (-value.count, value.code)


def _by_code(value: FacetValue) -> tuple[Any, ...]:
    return (PayBand.values.index(value.code) if value.code in PayBand.values else 99, value.code)


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
    "pay": lambda code: PayBand(code).label if code in PayBand.values else code,
    "classes": occupation_label,
    "education": lambda code: code_label(EDUCATION, code),
    "terms": lambda code: Term(code).label if code in Term.values else code,
    "benefits": lambda code: Benefit(code).label if code in Benefit.values else code,
}
