"""The open interface as programs and other sites' pages ask it: HEAD like GET without the body, and OPTIONS first."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.portal.factories import market

PAGES = [
    "exchange:open:openapi-json", "exchange:open:snapshot", "exchange:atom", "exchange:json_feed", "exchange:table",
]  # fmt: skip
ONCE = {"Date", "RateLimit-Remaining", "RateLimit-Reset"}


@pytest.fixture
def vacancies(db, at) -> list[int]:
    return market(at, 6)


@pytest.mark.parametrize("page", PAGES)
def test_head_is_answered_as_get_is_without_the_body(vacancies, page):
    client, address = Client(), reverse(page)
    asked, told = client.get(address), client.head(address)
    assert told.status_code == asked.status_code == 200
    assert b"".join(told) == b"" and b"".join(asked)
    alike = {name: value for name, value in asked.headers.items() if name not in ONCE}
    assert {name: told.headers.get(name) for name in alike} == alike
    if not asked.streaming:
        assert int(told["Content-Length"]) == len(asked.content)


def test_head_of_what_is_not_open_and_of_what_the_reader_has(vacancies):
    client, one = Client(), reverse("exchange:open:one_vacancy", args=[vacancies[0]])
    assert client.head(reverse("exchange:open:one_vacancy", args=[10**8])).status_code == 404
    known = client.get(one)["ETag"]
    assert client.head(one, headers={"If-None-Match": known}).status_code == 304


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_another_site_may_ask_with_a_key_and_learns_it_before(vacancies, page):
    asked = {"Origin": "https://other.example.org", "Access-Control-Request-Method": "GET",
             "Access-Control-Request-Headers": "authorization"}  # fmt: skip
    told = Client().options(reverse(page), headers=asked)
    assert told.status_code == 204 and told.content == b""
    assert told["Access-Control-Allow-Origin"] == "*" and "GET" in told["Access-Control-Allow-Methods"]
    assert "authorization" in told["Access-Control-Allow-Headers"].lower() and int(told["Access-Control-Max-Age"]) > 0
    answer = Client().get(reverse(page), headers={"Origin": "https://other.example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*" and "ETag" in answer["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


def test_asking_first_is_not_counted_and_writing_is_refused(vacancies):
    client, address = Client(), reverse("exchange:open:snapshot")
    left = [int(client.get(address)["RateLimit-Remaining"])]
    for _time in range(5):
        client.options(address)
    left.append(int(client.get(address)["RateLimit-Remaining"]))
    assert left[1] == left[0] - 1
    assert client.post(address).status_code == client.delete(address).status_code == 405
