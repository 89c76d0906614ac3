"""The tuned way on PostgreSQL: the narrow table with its GIN index, a page with its facets in one statement."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg

from bench.city import ON, BenchCity
from openpes.config import database
from openpes.engine.search import Document, Query
from openpes.matching.choices import PayBand

TABLE = "vacancies_publishedvacancy"
BLANKS = {"CharField": "", "TextField": "", "AreaField": "", "ArrayField": [], "BooleanField": False}
OR_FACETS = {
    "places": "left(place, 6)",
    "classes": "left(occupation, 1)",
    "pay": "CASE " + " ".join(f"WHEN pay_max_fen < {b.bounds[1]} THEN '{b.value}'" for b in PayBand) + " END",
    "education": "education_min",
    "terms": "term",
}
PREFIXED = {"places": "place", "classes": "occupation"}


@contextmanager
def public_rows(city: BenchCity, documents: Iterable[Document]) -> Iterator[psycopg.Connection]:
    """The documents as the city's public rows, indexed and analysed; afterwards its own rows are back."""
    with database.find_server().admin(city.stored["name"]) as admin:
        for setting in (f"search_path = city_{database.CITY}", "session_replication_role = replica", "jit = off"):
            admin.execute(f"SET {setting}")
        admin.execute("SET work_mem = '256MB'; SET maintenance_work_mem = '1GB'; SET synchronous_commit = off")
        admin.execute(f"DROP TABLE IF EXISTS bench_kept; CREATE TABLE bench_kept AS TABLE {TABLE}; TRUNCATE {TABLE}")
        admin.execute("DROP INDEX published_by_terms")
        try:
            _fill(admin, documents)
            admin.execute(f"CREATE INDEX published_by_terms ON {TABLE} USING gin (terms)")
            admin.execute(f"VACUUM ANALYZE {TABLE}")
            yield admin
        finally:
            admin.execute(f"TRUNCATE {TABLE}; INSERT INTO {TABLE} SELECT * FROM bench_kept; DROP TABLE bench_kept")
            admin.execute(f"CREATE INDEX IF NOT EXISTS published_by_terms ON {TABLE} USING gin (terms)")


def _fill(admin: psycopg.Connection, documents: Iterable[Document]) -> None:
    from openpes.vacancies.models import PublishedVacancy

    fields = PublishedVacancy._meta.concrete_fields
    blanks = [None if f.null else BLANKS.get(f.get_internal_type(), BLANKS.get(type(f).__name__, 0)) for f in fields]
    names = [field.column for field in fields]
    with admin.cursor().copy(f"COPY {TABLE} ({', '.join(names)}) FROM STDIN") as copy:
        for document in documents:
            row = _row(document)
            copy.write_row([row.get(name, blank) for name, blank in zip(names, blanks, strict=True)])


def _row(d: Document) -> dict[str, Any]:
    quoted = " ".join("'{}'".format(term.replace("\\", "\\\\").replace("'", "''")) for term in d.terms)
    return {
        "vacancy_id": d.id, "place": d.place, "title": d.title, "occupation": d.occupation, "openings": d.left,
        "places_left": d.left, "term": d.term, "pay_min_fen": d.pay_min, "pay_max_fen": d.pay_max,
        "education_min": d.education, "benefits": list(d.benefits), "terms": quoted,
        "published_on": date.fromordinal(d.published), "closes_on": date.fromordinal(d.closes),
    }  # fmt: skip


def page(admin: psycopg.Connection, query: Query) -> tuple[Any, ...]:
    """Total, places, the counts of six facets, the newest twenty: one statement over rows that are found once."""
    base, parameters = _base(query)
    chosen = [facet for facet in OR_FACETS if getattr(query, facet)]
    columns = ", ".join(f"{column} AS {facet}" for facet, column in OR_FACETS.items())
    tests = ", ".join(f"{_test(facet, query, parameters)} AS {facet}_ok" for facet in chosen)
    passed = {facet: " AND ".join(f"{other}_ok" for other in chosen if other != facet) or "true" for facet in OR_FACETS}
    whole = " AND ".join(f"{facet}_ok" for facet in chosen) or "true"
    counts = " ".join(
        f"UNION ALL SELECT '{facet}', {facet}, count(*), 0 FROM base WHERE {passed[facet]} GROUP BY {facet}"
        for facet in OR_FACETS
    )
    statement = (
        f"WITH base AS MATERIALIZED (SELECT vacancy_id, published_on, places_left, benefits, {columns}"
        f"{', ' + tests if tests else ''} FROM {TABLE} WHERE {base})"
        f" SELECT '', '', count(*), coalesce(sum(places_left), 0) FROM base WHERE {whole} {counts}"
        f" UNION ALL SELECT 'benefits', benefit, count(*), 0 FROM base, unnest(benefits) benefit WHERE {whole}"
        " GROUP BY benefit UNION ALL (SELECT 'row', '', vacancy_id, 0 FROM base"
        f" WHERE {whole} ORDER BY published_on DESC, vacancy_id DESC LIMIT 20)"
    )
    return _told(admin.execute(statement, parameters).fetchall())


def _base(query: Query) -> tuple[str, dict[str, Any]]:
    parts = ["published_on <= %(on)s AND closes_on >= %(on)s AND places_left > 0"]
    parameters: dict[str, Any] = {"on": ON}
    if query.must:
        parts.append("terms @@ %(must)s::tsquery")
        parameters["must"] = " & ".join("'{}'".format(term.replace("'", "''")) for term in query.must)
    if query.benefits:
        parts.append("benefits @> %(benefits)s::varchar[]")
        parameters["benefits"] = list(query.benefits)
    return " AND ".join(parts), parameters


def _test(facet: str, query: Query, parameters: dict[str, Any]) -> str:
    code = getattr(query, facet)[0]
    parameters[facet] = code
    if facet in PREFIXED:
        parameters[f"{facet}_end"] = code + "~"
        return f"({PREFIXED[facet]} >= %({facet})s AND {PREFIXED[facet]} < %({facet}_end)s)"
    return f"({OR_FACETS[facet]} = %({facet})s)"


def _told(rows: Iterable[tuple[str, str, int, int]]) -> tuple[Any, ...]:
    counts: dict[str, dict[str, int]] = {facet: {} for facet in (*OR_FACETS, "benefits")}
    total = openings = 0
    found = []
    for kind, value, count, places in rows:
        if kind == "row":
            found.append(count)
        elif kind:
            counts[kind] |= {value: count} if value else {}
        else:
            total, openings = count, int(places)
    return total, openings, found, counts
