"""The search page over a million vacancies: total, places, six facets and twenty rows, beside every usual way."""

import statistics
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.utils import translation

from bench.city import AT, ON, BenchCity
from bench.search_asked import pieces, questions
from bench.search_city import SearchCity
from bench.search_postgres import page as postgres_page
from bench.search_postgres import public_rows
from bench.search_sqlite import SqliteSearch
from bench.table import Line, timed
from bench.timing import Times, alternate, refuse_difference
from openpes.engine.search import Document, Order, Query, cut
from openpes.engine.search.both import Both
from openpes.engine.words import words
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.matching.actions import renew_search_index
from openpes.matching.queries import SearchWish, search_vacancies
from openpes.matching.queries import search as answering
from openpes.matching.queries.search_kept import KeptIndex, kept_index
from openpes.vacancies.models import PublishedVacancy

DAY = ON.toordinal()
FEWER, FEWEST = 100, 30  # questions of the ways that take long
PROBES = 20
PATIENCE = 30  # seconds


def measure(city: BenchCity) -> list[Line]:
    """The index against tantivy, PostgreSQL, SQLite and the table that the product asks without an index."""
    documents = list(SearchCity(city.sizes.searched, city.sizes.seed).documents())
    asked = questions(documents, max(city.sizes.tasks, 8), city.sizes.seed)
    with public_rows(city, documents) as admin:
        kept, made_in = _index(city)
        try:
            some = asked[:FEWER]
            return [
                *_beside_tantivy(city.folder, documents, asked, kept),
                _beside_postgres(admin, documents, some, kept),
                *_beside_sqlite(city.folder, documents, some, kept, made_in),
                *_in_the_product(documents, asked, made_in),
            ]
        finally:
            settings.SEARCH_INDEX_FROM = 10**12
            renew_search_index(by=PLATFORM, at=AT)


def _index(city: BenchCity) -> tuple[KeptIndex, float]:
    """The index as the job makes it from the table, opened as a web process opens it."""
    settings.SEARCH_INDEX_FROM, settings.SEARCH_FOLDER = 1, city.folder / "search"
    began = time.perf_counter()
    renew_search_index(by=PLATFORM, at=AT)
    made_in = time.perf_counter() - began
    kept = kept_index()
    kept.wait()
    return kept, made_in


def _both(kept: KeptIndex) -> Both:
    with within(role="openpes_public"):
        both = kept.present()
    assert both is not None, "the index has to answer"
    return both


def _page(both: Both) -> Callable[[Query], tuple[Any, ...]]:
    def asked(query: Query) -> tuple[Any, ...]:
        found = both.search(query, DAY)
        rows = [number for _key, number in found.best[:20]] if query.sort != Order.RELEVANCE else []
        return found.total, found.openings, rows, dict(found.counts)

    return asked


def _beside_tantivy(folder: Path, documents: Sequence[Document], asked: list[Query], kept: KeptIndex) -> list[Line]:
    """Beside the best-known library, where the packages of `requirements-bench.lock` are there."""
    if find_spec("tantivy") is None:
        return []
    from bench.search_tantivy import TantivySearch

    began = time.perf_counter()
    tantivy, ours = TantivySearch(folder, documents), _page(_both(kept))
    made = f"made in {time.perf_counter() - began:.0f} s by one thread from rows in memory, {_mb(tantivy.size)}"
    what, peer = _what(documents), "tantivy, words cut beforehand, facets by aggregations of fast fields"
    told = f"the same totals, places, facets and rows, {len(asked)} of {len(asked)}; {made}"
    lines = [timed(what, alternate(asked, ours, tantivy.page), peer, told)]
    fitting = [Query(must=query.must, places=query.places, sort=Order.RELEVANCE) for query in asked if query.must]
    told = f"the same totals, places and facets, {len(fitting)} of {len(fitting)}; each orders by its own BM25"
    return [*lines, timed(f"{what}, by relevance", alternate(fitting, ours, tantivy.page), peer, told)]


def _beside_sqlite(
    folder: Path, documents: Sequence[Document], asked: list[Query], kept: KeptIndex, made_in: float
) -> list[Line]:
    began = time.perf_counter()
    sqlite, ours = SqliteSearch(folder, documents), _page(_both(kept))
    made = Times((made_in,)), Times((time.perf_counter() - began,))
    told = f"the same totals, places, facets and rows, {len(asked)} of {len(asked)}"
    times = alternate(asked, ours, lambda query: sqlite.page(query, DAY))
    lines = [timed(_what(documents), times, "SQLite FTS5 without content, words cut beforehand", told)]
    told = f"the same rows; {_mb(_size(kept.folder))} and {_mb(sqlite.size)}; {_recall(documents, ours)}"
    peer = "SQLite FTS5 from rows in memory; ours reads its rows from PostgreSQL"
    return [*lines, timed(f"index of {len(documents):,} vacancies made", made, peer, told, "s")]


def _beside_postgres(
    admin: psycopg.Connection, documents: Sequence[Document], asked: list[Query], kept: KeptIndex
) -> Line:
    times = alternate(asked, _page(_both(kept)), lambda query: postgres_page(admin, query))
    told = f"the same totals, places, facets and rows, {len(asked)} of {len(asked)}"
    peer = "PostgreSQL, narrow table, GIN on terms, the whole page in one statement, no row policy"
    return timed(_what(documents), times, peer, told)


def _in_the_product(documents: Sequence[Document], asked: list[Query], made_in: float) -> list[Line]:
    """The door of the product with an index and without: changes looked for, rows read, labels in words."""
    texts = pieces(documents, FEWEST, 5)
    wishes = [
        SearchWish(text=text, places=query.places, pay=query.pay, terms=query.terms)
        for text, query in zip(texts, asked, strict=False)
    ]

    def with_index(wish: SearchWish) -> tuple[Any, ...]:
        return _told(wish)

    def by_table(wish: SearchWish) -> tuple[Any, ...]:
        present, answering.kept_index = answering.kept_index, lambda: KeptIndex(Path("/nowhere"))
        try:
            return _told(wish)
        finally:
            answering.kept_index = present

    times = alternate(wishes, with_index, by_table)
    told = f"the same totals, places, facets and rows, {len(wishes)} of {len(wishes)}"
    lines = [timed("search_vacancies, rows and labels", times, "the same door without an index", told)]
    seconds = [_findable_after(number) for number in range(PROBES)]
    told = f"the same row found by both, {PROBES} changes; the slowest {max(seconds) * 1000:.0f} ms"
    renewed = Times(tuple(seconds)), Times((made_in,))
    lines.append(timed("from commit until found", renewed, "one new index over everything", told))
    return lines


def _told(wish: SearchWish) -> tuple[Any, ...]:
    with within(role="openpes_public"), translation.override("zh-hans"):
        page = search_vacancies(wish=wish, on=ON)
    facets = {facet.name: {v.code: v.count for v in facet.values if v.count} for facet in page.facets}
    return page.total, page.openings, [row.pk for row in page.rows], facets


def _findable_after(number: int) -> float:
    """Seconds from the commit of a change until a search finds it."""
    pay = 77_000_000 + number
    with within("4501"):
        PublishedVacancy.objects.filter(pk=number + 1).update(pay_max_fen=pay)
    began = time.perf_counter()
    while time.perf_counter() - began < PATIENCE:
        with within(role="openpes_public"):
            page = search_vacancies(wish=SearchWish(pay_from_fen=pay), on=ON)
        if [row.pk for row in page.rows] == [number + 1]:
            return time.perf_counter() - began
    raise TimeoutError("What was saved is not found.")


def _recall(documents: Sequence[Document], ours: Callable[[Query], tuple[Any, ...]]) -> str:
    """How much of what a substring of titles finds is found, with pairs of characters and by whole words alone."""
    shares: tuple[list[float], list[float]] = ([], [])
    wanted_pieces = pieces(documents, PROBES, 11)
    for piece in wanted_pieces:
        truth = [set(d.terms) for d in documents if piece in d.title]
        for found, wanted in zip(shares, (set(cut(piece)), set(words(piece))), strict=True):
            found.append(sum(wanted <= terms for terms in truth) / len(truth))
    having = sum(set(cut(wanted_pieces[0])) <= set(d.terms) for d in documents)
    refuse_difference(wanted_pieces[0], ours(Query(must=cut(wanted_pieces[0])))[0], having)
    with_pairs, by_words = (statistics.fmean(found) for found in shares)
    return (
        f"recall against a substring of titles {with_pairs:.3f}, lowest {min(shares[0]):.3f};"
        f" by words alone {by_words:.3f}, lowest {min(shares[1]):.3f}"
    )


def _what(documents: Sequence[Document]) -> str:
    return f"search page, {len(documents):,} vacancies"


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
