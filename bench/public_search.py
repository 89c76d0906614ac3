"""The public search: total, six facets and the newest twenty, against ILIKE over a wide row without an index."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import psycopg
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Left

from bench.city import ON, BenchCity
from bench.plain_rows import WideVacancy, make, wide_vacancies
from bench.table import Line, timed
from bench.timing import alternate
from openpes.config import database
from openpes.kernel import within
from openpes.matching.choices import PayBand
from openpes.matching.queries import SearchWish, search_vacancies, vacancy_count
from openpes.matching.queries.search import PAGE_SIZE
from openpes.vacancies.choices import Benefit, Term

PEER = "Django ORM, title ILIKE on one wide row a vacancy, no text index, the same facets"
COPY_STEP = 100_000_000
FACETS: dict[str, tuple[str, Any]] = {
    "places": ("place", Left("place", 6)),
    "pay": ("pay_band", None),
    "classes": ("occupation", Left("occupation", 1)),
    "education": ("education_min", None),
    "terms": ("term", None),
}


def measure(city: BenchCity) -> list[Line]:
    """The demo city as it is, and the same vacancies copied until there are many."""
    lines = [_line(city, wide=False)]
    with _copied_up_to(city, city.sizes.wide_vacancies):
        lines.append(_line(city, wide=True))
    return lines


def _line(city: BenchCity, *, wide: bool) -> Line:
    with city.connect(database.OWNER) as owner:
        count = make(owner, WideVacancy, wide_vacancies())
    wishes = _wishes(city, min(city.sizes.tasks, 60) if wide else city.sizes.tasks)
    asked = [wish for wish in wishes if _means_titles_only(wish.text)]
    times = alternate(asked, _ours, _plain)
    told = f"the same totals, facets and rows, {len(asked)} of {len(asked)}"
    if len(asked) < len(wishes):
        told += f" ({len(wishes) - len(asked)} texts left out: ours also finds them in names of employers)"
    return timed(f"public search, {count:,} open vacancies", times, PEER, told)


def _wishes(city: BenchCity, count: int) -> list[SearchWish]:
    rng = Random(city.sizes.seed)
    rows = list(WideVacancy.objects.filter(title__regex="[一-鿿]{2}").order_by("id").values("title", "place")[:5000])
    return [_wish(rng, rng.choice(rows)) for _ in range(count)]


def _wish(rng: Random, row: dict[str, str]) -> SearchWish:
    kind = rng.choice(["text", "text", "both", "filters"])
    chosen: dict[str, Any] = {"text": _piece(rng, row["title"])} if kind != "filters" else {}
    if kind != "text":
        chosen["places"] = (row["place"][:6],)
        chosen[rng.choice(["pay", "terms", "benefits"])] = ()
        for name, values in {"pay": PayBand.values, "terms": Term.values, "benefits": Benefit.values}.items():
            if name in chosen:
                chosen[name] = (rng.choice(values),)
    return SearchWish(**chosen)


def _piece(rng: Random, title: str) -> str:
    pairs = [title[at : at + 2] for at in range(len(title) - 1)]
    return rng.choice([pair for pair in pairs if all("一" <= letter <= "鿿" for letter in pair)])


def _means_titles_only(text: str) -> bool:
    """Whether the text names no word of an employer, which only ours looks at."""
    with within(role="openpes_public"):
        found = vacancy_count(wish=SearchWish(text=text), on=ON)
    return found == _narrowed(SearchWish(text=text)).count()


def _ours(wish: SearchWish) -> tuple[Any, ...]:
    with within(role="openpes_public"):
        page = search_vacancies(wish=wish, on=ON)
    facets = {facet.name: {v.code: v.count for v in facet.values if v.count} for facet in page.facets}
    return page.total, page.openings, [row.vacancy_id for row in page.rows], facets


def _plain(wish: SearchWish) -> tuple[Any, ...]:
    found = _narrowed(wish)
    totals = found.aggregate(rows=Count("id"), openings=Sum("places_left"))
    ids = [row.pk for row in found.order_by("-published_on", "-id")[:PAGE_SIZE]]
    facets = {name: _counts(_narrowed(wish, but=name), *where) for name, where in FACETS.items()}
    facets["benefits"] = _benefit_counts(found)
    return totals["rows"], totals["openings"] or 0, ids, facets


def _narrowed(wish: SearchWish, but: str = "") -> QuerySet[WideVacancy]:
    found = WideVacancy.objects.filter(published_on__lte=ON, closes_on__gte=ON, places_left__gt=0)
    if wish.text:
        found = found.filter(title__icontains=wish.text)
    if wish.places and but != "places":
        found = found.filter(place__startswith=wish.places[0])
    if wish.pay and but != "pay":
        found = found.filter(pay_band=wish.pay[0])
    if wish.terms and but != "terms":
        found = found.filter(term=wish.terms[0])
    return found.filter(benefits__contains=wish.benefits[0]) if wish.benefits else found


def _counts(found: QuerySet[WideVacancy], column: str, cut: Any) -> dict[str, int]:
    rows = found.order_by().annotate(value=cut) if cut else found.order_by()
    counted = rows.values_list("value" if cut else column).annotate(n=Count("id"))
    return {value: n for value, n in counted if value}


def _benefit_counts(found: QuerySet[WideVacancy]) -> dict[str, int]:
    each = {code: Count("id", filter=Q(benefits__contains=code)) for code in Benefit.values}
    return {code: n for code, n in found.aggregate(**each).items() if n}


@contextmanager
def _copied_up_to(city: BenchCity, wanted: int) -> Iterator[None]:
    """Copies of the public rows without vacancies of their own behind them, taken away again afterwards."""
    server = database.find_server()
    with server.admin(city.stored["name"]) as admin:
        admin.execute(f"SET search_path = city_{database.CITY}")  # type: ignore[arg-type]
        admin.execute("SET session_replication_role = replica")  # no vacancy stands behind a copy
        _copy(admin, wanted)
        try:
            yield
        finally:
            admin.execute("DELETE FROM vacancies_publishedvacancy WHERE vacancy_id >= %s", [COPY_STEP])
            admin.execute("VACUUM ANALYZE vacancies_publishedvacancy")


def _copy(admin: psycopg.Connection, wanted: int) -> None:
    query = (
        "SELECT column_name FROM information_schema.columns WHERE table_schema = %s"
        " AND table_name = 'vacancies_publishedvacancy' AND column_name <> 'vacancy_id'"
    )
    names = ", ".join(f'"{row[0]}"' for row in admin.execute(query, [f"city_{database.CITY}"]).fetchall())
    there = admin.execute("SELECT count(*) FROM vacancies_publishedvacancy").fetchone()[0]  # type: ignore[index]
    admin.execute(
        f"INSERT INTO vacancies_publishedvacancy (vacancy_id, {names})"  # type: ignore[arg-type]
        f" SELECT vacancy_id + copy::bigint * {COPY_STEP}, {names} FROM vacancies_publishedvacancy,"
        f" generate_series(1, {max(0, -(-wanted // max(there, 1)) - 1)}) copy"
    )
    admin.execute("VACUUM ANALYZE vacancies_publishedvacancy")
