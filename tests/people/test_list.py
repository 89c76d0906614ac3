"""The list of persons: turned from row to row however long it is, and counted no further than ten thousand."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import VILLAGE
from tests.people.factories import a_person


@pytest.fixture
def clerk(cast):
    return cast.county_clerk


def test_the_whole_list_is_turned_through_from_row_to_row(clerk, at):
    made = {a_person(by=clerk.actor, at=at, name=f"韦{sign}", area=VILLAGE).pk for sign in "甲乙丙丁戊己庚辛壬癸" * 6}
    client, seen, address = clerk.client("zh-hans"), [], "/people/?sex="
    while address:
        page = client.get(address)
        seen.append([row["person"].pk for row in page.context["rows"]])
        text = page.content.decode()
        assert "共 60 条" in text and '<span class="badge-part badge-plain">60</span>' in text
        found = re.search(r'href="(\?[^"]*)" rel="next"', text)
        address = "/people/" + unescape(found[1]) if found else ""
        assert not address or "sex=" in address
    assert [len(rows) for rows in seen] == [25, 25, 10]
    assert [pk for rows in seen for pk in rows] == sorted(made, reverse=True)
    assert [row["person"].pk for row in client.get("/people/?after=0").context["rows"]] == sorted(made)[24::-1]


def test_a_list_of_a_city_is_counted_no_further_than_ten_thousand(clerk):
    with CaptureQueriesContext(connection) as asked:
        clerk.client().get("/people/")
    counts = [query["sql"] for query in asked.captured_queries if "COUNT(" in query["sql"]]
    assert len(counts) == 1 and "LIMIT 10001)" in counts[0]
