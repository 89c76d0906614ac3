"""What a page says after an act may name a person: only the city reads its cookie, and it costs no statement."""

import json
import zlib
from uuid import uuid4

import pytest
from django.contrib.messages.storage.cookie import CookieStorage, MessageSerializer
from django.core import signing
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openpes.config.messages import SealedCookieStorage
from tests.people.factories import a_person

COOKIES = "django.contrib.messages.storage.cookie.CookieStorage"
SESSIONS = "django.contrib.messages.storage.session.SessionStorage"
ASKED = {"wanted": "20", "evidence": "结婚证"}
LONG = "韦小梅的登记已经办理完毕，请到窗口领取登记证。" * 30


@pytest.fixture
def client(cast):
    return cast.county_clerk.client()


def told(client, person):
    """An act after which the next page says something."""
    address = reverse("people:correction_new", args=[person.pk]) + "?fact=marital"
    answer = client.post(address, ASKED | {"idempotency_key": uuid4().hex})
    assert answer.status_code == 302
    return answer


def read_by_anybody(cookie: str) -> object:
    """What whoever holds the cookie makes of it without the city's keys."""
    packed = cookie.rsplit(":", 2)[0]
    try:
        data = signing.b64_decode(packed.removeprefix(".").encode())
        return json.loads(zlib.decompress(data) if packed.startswith(".") else data)
    except (ValueError, zlib.error):
        return None


def said(client) -> int:
    return client.get(reverse("counter:home")).content.decode().count('class="notice notice-success"')


def test_what_is_said_after_an_act_is_said_once_and_read_by_nobody_on_the_way(client, cast, at):
    answer = told(client, a_person(by=cast.county_clerk.actor, at=at))
    assert set(answer.cookies) <= {"messages", "csrftoken"}
    assert read_by_anybody(answer.cookies["messages"].value) is None
    assert (said(client), said(client)) == (1, 0)


def test_a_cookie_that_anybody_reads_is_found(client, cast, at, settings):
    """The planted mistake: the framework's own way."""
    settings.MESSAGE_STORAGE = COOKIES
    answer = told(client, a_person(by=cast.county_clerk.actor, at=at))
    assert read_by_anybody(answer.cookies["messages"].value)


@pytest.mark.parametrize("text", ["", "x", "AA" * 40, "é", "." + "A" * 60])
def test_a_cookie_of_somebody_else_says_nothing_and_goes(client, text):
    client.cookies["messages"] = text
    page = client.get(reverse("counter:home"))
    assert page.status_code == 200 and "notice-success" not in page.content.decode()


def test_a_long_message_fits_into_the_cookie():
    storage = SealedCookieStorage(RequestFactory().get("/"))
    storage.add(20, LONG)
    text = storage._encode(storage._queued_messages)
    assert len(text) < CookieStorage.max_cookie_size
    assert [message.message for message in storage.signer.unsign_object(text, serializer=MessageSerializer)] == [LONG]


def statements(client, act) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_what_is_said_costs_no_statement(client, cast, at, settings):
    persons = [a_person(by=cast.county_clerk.actor, at=at) for _n in range(3)]
    told(client, persons[0])
    said(client)
    sealed = statements(client, lambda: told(client, persons[1])) + statements(client, lambda: said(client))
    settings.MESSAGE_STORAGE = SESSIONS  # the planted mistake
    assert sealed < statements(client, lambda: told(client, persons[2])) + statements(client, lambda: said(client))
