"""Long lists: no count runs past its bound, and turning from row to row shows every row once, whatever is written."""

from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openpes.kernel.models import Asking
from openpes.kernel.paging import BoundedPaginator, KeyedPage, KeyedPaginator

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
SIZE = 3


def rows():
    return Asking.objects.order_by("-pk")


def made(count: int) -> list[int]:
    """Rows with these keys, the greatest first."""
    Asking.objects.all().delete()
    Asking.objects.bulk_create([Asking(pk=10 * n, page="list", asker=str(n), begun_at=AT) for n in range(1, count + 1)])
    return [10 * n for n in range(count, 0, -1)]


def page_of(asked: dict, rows_=None, bound: int = 100) -> KeyedPage:
    """The page to which a link leads, whose address holds what is not None."""
    query = {name: str(value) for name, value in asked.items() if value is not None}
    return KeyedPaginator(rows() if rows_ is None else rows_, SIZE, bound=bound).get_page(query)


def keys(page) -> list[int]:
    return [row.pk for row in page]


def forward(page: KeyedPage) -> list[KeyedPage]:
    """A page and all behind it."""
    found = [page]
    while found[-1].has_next:
        assert len(found) < 50
        found.append(page_of(found[-1].next))
    return found


def backward(page: KeyedPage) -> list[KeyedPage]:
    """A page and all before it, in the order of the list."""
    found = [page]
    while found[0].has_previous:
        assert len(found) < 50
        found.insert(0, page_of(found[0].previous))
    return found


@pytest.mark.parametrize("count", range(11))
def test_turning_forward_shows_every_row_once_and_back_the_same_pages(db, count):
    every = made(count)
    there = forward(page_of({}))
    assert [key for page in there for key in keys(page)] == every
    assert [len(page) for page in there[:-1]] == [SIZE] * (len(there) - 1)
    assert not there[0].has_previous
    back = backward(there[-1]) if count else there
    assert [keys(page) for page in back] == [keys(page) for page in there]


@pytest.mark.parametrize("count", range(1, 11))
def test_from_the_last_page_back_no_row_is_left_out(db, count):
    every = made(count)
    back = backward(page_of({"after": 0}))
    assert keys(back[-1]) == every[-SIZE:] and not back[-1].has_next
    assert {key for page in back for key in keys(page)} == set(every)
    assert keys(back[0]) == every[:SIZE] and [len(page) for page in back[1:]] == [SIZE] * (len(back) - 1)


def test_a_row_written_while_one_reads_moves_nothing_and_by_number_it_would(db):
    every = made(9)
    first, plain = page_of({}), keys(Paginator(rows(), SIZE).page(1))
    Asking.objects.create(pk=1000, page="list", asker="new", begun_at=AT)
    assert keys(page_of(first.next)) == every[SIZE : 2 * SIZE]
    twice = set(keys(Paginator(rows(), SIZE).page(2))) & set(plain)
    assert twice == {every[SIZE - 1]}  # what keeps the pages apart is the key


def test_a_row_that_went_leaves_its_place(db):
    every = made(9)
    second = page_of(page_of({}).next)
    Asking.objects.filter(pk__in=(every[SIZE - 1], every[SIZE])).delete()
    again = page_of({"before": every[SIZE - 1]})
    assert keys(again) == every[SIZE + 1 : 2 * SIZE + 1] and again.has_previous
    assert keys(page_of(second.next)) == every[2 * SIZE :]
    Asking.objects.filter(pk__gt=every[2 * SIZE]).delete()
    alone = page_of({"before": every[SIZE]})
    assert keys(alone) == every[2 * SIZE :] and not alone.has_previous


@pytest.mark.parametrize("asked", [{"before": "x"}, {"before": ""}, {"after": "-1"}, {"after": "٣"}, {"page": "7"},
                                   {"before": "9" * 40}, {"before": "9" * 18}, {"after": "9" * 18}])  # fmt: skip
def test_an_address_that_names_no_row_shows_the_beginning(db, asked):
    every = made(7)
    page = page_of(asked)
    assert keys(page) == every[:SIZE] and page.has_next and not page.has_previous


def test_an_address_beyond_the_end_shows_the_end(db):
    every = made(7)
    for beyond in ("10", "0", "5"):
        page = page_of({"before": beyond})
        assert keys(page) == every[-SIZE:] and page.has_previous and not page.has_next


def test_no_page_is_found_by_counting_rows_off(db):
    made(10)
    with CaptureQueriesContext(connection) as asked:
        forward(page_of({}))
        backward(page_of({"after": 0}))
    assert not [query for query in asked.captured_queries if "OFFSET" in query["sql"]]
    with CaptureQueriesContext(connection) as plain:
        keys(Paginator(rows(), SIZE).page(3))
    assert "OFFSET" in plain.captured_queries[-1]["sql"]


@pytest.mark.parametrize("paginator", [BoundedPaginator, KeyedPaginator])
def test_the_count_ends_one_row_above_its_bound(db, paginator):
    made(10)
    for bound, count, is_more in ((12, 10, False), (10, 10, False), (9, 9, True), (4, 4, True)):
        with CaptureQueriesContext(connection) as asked:
            pages = paginator(rows(), SIZE, bound=bound)
            assert (pages.count, pages.is_more) == (count, is_more)
        assert len(asked) == 1
        assert f"LIMIT {bound + 1})" in asked.captured_queries[0]["sql"]
        assert "ORDER BY" not in asked.captured_queries[0]["sql"]


def test_pages_by_number_end_at_the_bound(db):
    every = made(10)
    pages = BoundedPaginator(rows(), SIZE, bound=7)
    assert pages.num_pages == 3
    assert [key for page in pages for key in keys(page)] == every[:7]
    assert keys(pages.get_page("99")) == every[6:7] and not pages.get_page("99").has_next()
    assert Paginator(rows(), SIZE).num_pages == 4
