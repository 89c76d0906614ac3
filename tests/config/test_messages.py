"""What a page says after an act may name a person: it waits in the session of the server, never in a cookie."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.people.factories import a_person

COOKIES = "django.contrib.messages.storage.cookie.CookieStorage"
ASKED = {"wanted": "20", "evidence": "结婚证"}


@pytest.fixture
def client(cast):
    return cast.county_clerk.client()


def told(client, person):
    """An act after which the next page says something."""
    address = reverse("people:correction_new", args=[person.pk]) + "?fact=marital"
    answer = client.post(address, ASKED | {"idempotency_key": uuid4().hex})
    assert answer.status_code == 302
    return answer


def said(client) -> int:
    return client.get(reverse("counter:home")).content.decode().count('class="notice notice-success"')


def test_what_is_said_after_an_act_is_said_once_and_in_no_cookie(client, cast, at):
    answer = told(client, a_person(by=cast.county_clerk.actor, at=at))
    assert set(answer.cookies) <= {"sessionid", "csrftoken"}
    assert (said(client), said(client)) == (1, 0)


def test_a_cookie_with_what_was_said_is_found(client, cast, at, settings):
    """The planted mistake: the framework's own way."""
    settings.MESSAGE_STORAGE = COOKIES
    assert "messages" in told(client, a_person(by=cast.county_clerk.actor, at=at)).cookies


@pytest.mark.parametrize("page", ["counter:home", "people:list", "portal:search"])
def test_a_page_without_anything_to_say_asks_the_database_nothing_more(client, settings, page):
    client.get(reverse(page))  # fills what the process keeps
    counts = []
    for storage in (COOKIES, settings.MESSAGE_STORAGE):
        settings.MESSAGE_STORAGE = storage
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(page))
        counts.append(len(asked))
    assert counts[0] == counts[1]
