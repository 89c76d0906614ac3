"""Public checks: so many from one address in the dated minutes, counted by all processes together."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from openpes.access.jobs import forget_who_asked
from openpes.engine.parameters import DatedValue, Parameter, parameters
from openpes.kernel.clock import BUSINESS_ZONE, stopped
from openpes.kernel.models import Asking
from openpes.kernel.rates import seconds_to_wait
from tests.races import at_once

AT = datetime(2026, 11, 23, 9, 30, tzinfo=BUSINESS_ZONE)
UNKNOWN = "/registration/papers/check/" + "x" * 22


@pytest.fixture
def three_times(monkeypatch):
    """The city lets three questions through."""
    old = parameters().parameter("public_check_times")
    values = (DatedValue(old.values[0].from_on, 3, "a rule of the test", "city"),)
    new = Parameter(old.name, old.title_en, old.title_zh, old.unit, old.kind, old.group, values)
    monkeypatch.setitem(parameters()._parameters, "public_check_times", new)


def asked(address="203.0.113.7", page="papers", at=AT, **meta) -> int:
    return seconds_to_wait(page, RequestFactory().get("/", REMOTE_ADDR=address, **meta), at)


def test_the_fourth_question_waits_for_the_next_ten_minutes(db, three_times):
    assert [asked(at=AT + timedelta(minutes=n)) for n in range(4)] == [0, 0, 0, 7 * 60]
    assert asked(at=AT + timedelta(minutes=10)) == 0


def test_another_address_and_another_page_have_their_own_count(db, three_times):
    assert [asked() for _n in range(4)][-1] > 0
    assert asked("203.0.113.8") == asked(page="notices") == 0


def test_one_home_is_one_asker_whatever_its_last_digits(db, three_times):
    assert [asked(f"2001:db8:1:2::{n}") for n in range(1, 5)][-1] > 0
    assert asked("2001:db8:1:3::1") == 0
    assert [asked(one) for one in ("198.51.100.1", "::ffff:198.51.100.1") * 2][-1] > 0


def test_behind_the_citys_proxy_the_address_is_what_the_proxy_saw(db, three_times, settings):
    forged = [asked("10.0.0.1", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}, 203.0.113.9") for n in range(4)]
    assert forged[-1] > 0  # without a proxy the header is nobody's word, and one address asked four times
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    seen = [asked("10.0.0.2", HTTP_X_FORWARDED_FOR=f"192.0.2.{n}, 203.0.113.{n}") for n in range(4)]
    assert seen == [0, 0, 0, 0]


def test_no_address_is_kept(db):
    asked("203.0.113.7")
    assert "203.0.113.7" not in str(Asking.objects.values().get())


def test_what_is_older_than_a_day_is_forgotten(db):
    asked()
    with stopped(AT + timedelta(hours=23)):
        assert forget_who_asked() == 0
    with stopped(AT + timedelta(hours=25)):
        assert (forget_who_asked(), forget_who_asked()) == (1, 0)


@pytest.mark.parametrize(
    "path", [UNKNOWN, "/registration/papers/check", "/registration/certificates/notices", "/referrals/verify/NOBODY/"]
)
def test_every_public_check_says_when_to_come_back(db, three_times, path):
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    before = [client.get(path).status_code for _n in range(3)]
    last = client.get(path)
    assert 429 not in before and last.status_code == 429 and last["Retry-After"] == "600"
    assert "Try again in 10 minutes" in last.content.decode()
    assert client.get("/portal/").status_code == 200


def test_a_known_paper_is_refused_like_an_unknown_one(db, three_times):
    """The limit is asked first, so what it answers says nothing about the paper."""
    client = Client()
    answers = [client.get(UNKNOWN) for _n in range(4)]
    statements = []
    with connection.execute_wrapper(lambda run, sql, *rest: statements.append(sql) or run(sql, *rest)):
        client.get(UNKNOWN)
    assert answers[-1].status_code == 429 and not any("paperproof" in sql for sql in statements)


@pytest.mark.city
def test_eight_processes_count_together(city, three_times):
    """Eight lines to the database at once; a count read and written in two steps lets more through."""
    got = Counter(at_once(lambda _n: asked() == 0, range(8)))
    assert got == {True: 3, False: 5}


@pytest.mark.city
def test_a_count_read_and_written_in_two_steps_lets_too_many_through(city, three_times):
    """The planted mistake."""
    from threading import Barrier

    begun = AT - timedelta(minutes=0)
    Asking.objects.create(page="papers", asker="x", begun_at=begun, times=0)
    gate = Barrier(8, timeout=20)

    def naive(_n: int) -> bool:
        row = Asking.objects.get(asker="x")
        gate.wait()
        row.times += 1
        row.save(update_fields=["times"])
        return row.times <= 3

    assert at_once(naive, range(8)).count(True) == 8
