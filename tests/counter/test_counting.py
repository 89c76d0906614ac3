"""How far lists count: whole where a figure of the start page opens to them, elsewhere no further than ten thousand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openpes.counter.queries.home import STOCKS
from openpes.kernel.paging import BOUND
from tests.cast import TOWN

WITH_AN_END = f"LIMIT {BOUND + 1})"


def counts(client, address: str) -> list[str]:
    """The statements by which a list counts the rows that it shows, or some of them."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked.captured_queries if "COUNT(" in query["sql"]]


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.page)
@pytest.mark.parametrize("unit", ["", f"area={TOWN}"])
def test_a_list_to_which_a_figure_opens_is_counted_whole(cast, stock, unit):
    query = "&".join(part for part in (stock.query, unit) if part)
    found = counts(cast.county_clerk.client(), f"{reverse(stock.page)}?{query}")
    assert found and not [sql for sql in found if WITH_AN_END in sql]


@pytest.mark.parametrize(
    "address",
    ["people:list", "people:list?sex=2", "employers:list", "vacancies:list", "vacancies:list?state=filled",
     "registration:unemployed_list?months_min=6", f"registration:unemployed_list?area={TOWN}&months_min=1"],
)  # fmt: skip
def test_a_list_to_which_none_opens_is_counted_to_its_bound(cast, address):
    page, _mark, query = address.partition("?")
    found = counts(cast.county_clerk.client(), f"{reverse(page)}?{query}")
    assert [sql for sql in found if WITH_AN_END in sql]
