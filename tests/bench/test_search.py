"""The searches of the benchmark on a small city: every way exists and gives the answers of the index."""

import os
from dataclasses import replace
from importlib.util import find_spec

import pytest

from bench.search_asked import pieces
from bench.search_city import SearchCity
from openpes.engine.search import cut
from tests.bench.test_measurements import small_city  # noqa: F401


@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="fills the public table as the superuser of its server")
def test_every_way_of_searching_gives_the_same_pages(small_city, settings):  # noqa: F811
    from bench.search import measure

    settings.SEARCH_FOLDER, settings.SEARCH_INDEX_FROM = settings.SEARCH_FOLDER, settings.SEARCH_INDEX_FROM
    small_city.sizes = replace(small_city.sizes, searched=2_500)
    lines = measure(small_city)
    assert len(lines) == 5 + 2 * (find_spec("tantivy") is not None)
    assert all(line.ours > 0 and line.plain > 0 and "same" in line.answers for line in lines)


def test_the_vacancies_that_are_searched_follow_from_the_seed():
    assert [*SearchCity(60, 1).documents()] == [*SearchCity(60, 1).documents()]
    assert [*SearchCity(60, 1).documents()] != [*SearchCity(60, 2).documents()]


def test_nearly_every_piece_of_a_title_finds_it():
    documents = [*SearchCity(400, 4).documents()]
    asked = pieces(documents, 300, 2)
    kept = [
        (piece, document.id)
        for piece in asked
        for document in documents
        if piece in document.title and not set(cut(piece)) <= set(document.terms)
    ]
    assert len(kept) <= 0.01 * sum(piece in document.title for piece in asked for document in documents)
