"""An answer to visitors is kept until a row of its subject changes, and never shown to whom it is not meant for."""

import psycopg
import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory

from openpes.config import database
from openpes.kernel import kept_answers, policies
from openpes.kernel.kept_answers import kept_until_changed

pytestmark = pytest.mark.city
SUBJECT = "open vacancy"  # of which the public may know that it changed


@pytest.fixture
def owner(city):
    """A table whose written rows are noted, and a line of its owner."""
    with psycopg.connect(database.conninfo_for(city, database.OWNER), autocommit=True) as line:
        line.execute("CREATE TABLE planted (number bigint PRIMARY KEY, word text NOT NULL DEFAULT '')")
        for statement in policies.notes_changes("planted", SUBJECT, key="number").sql:
            line.execute(statement)
        yield line


@pytest.fixture
def asked(owner, at):
    """Ask the planted view; it counts how often it was really asked."""
    calls = []

    @kept_until_changed(SUBJECT)
    def view(request, **options):
        calls.append(request)
        number = owner.execute("SELECT count(*) FROM planted").fetchone()[0]
        words = f"{number} {get_token(request) if 'form' in request.GET else ''}"
        answer = HttpResponse(words, status=int(request.GET.get("status", 200)), headers={"X-Told": "yes"})
        if "cookie" in request.GET:
            answer.set_cookie("own", "1")
        return answer

    def ask(address: str = "/search", method: str = "get", cookies: dict | None = None, on=at.date(), **headers):
        request = getattr(RequestFactory(), method)(address, headers=headers)
        request.COOKIES.update(cookies or {})
        request.on = on
        calls.clear()
        answer = view(request)
        return answer.content.decode().split()[0], bool(calls)

    kept_answers.kept_answers(SUBJECT).forget()
    yield ask
    kept_answers.kept_answers(SUBJECT).forget()


def test_an_answer_is_kept_until_a_row_comes_changes_or_goes(asked, owner):
    assert asked() == ("0", True)
    assert asked() == ("0", False)
    owner.execute("INSERT INTO planted VALUES (1)")
    assert asked() == ("1", True)
    assert asked() == ("1", False)
    owner.execute("UPDATE planted SET word = 'x'")
    assert asked() == ("1", True)
    owner.execute("DELETE FROM planted")
    assert asked() == ("0", True)
    assert asked() == ("0", False)


def test_a_writer_who_ends_after_the_look_is_found(asked, city):
    with psycopg.connect(database.conninfo_for(city, database.OWNER)) as late:
        late.execute("INSERT INTO planted VALUES (1)")
        assert asked() == ("0", True)
        assert asked() == ("0", False)
        late.commit()
        assert asked() == ("1", True)


def test_the_copy_has_the_headers_of_the_view(asked):
    asked()
    kept = next(iter(kept_answers.kept_answers(SUBJECT).answers.values()))
    assert kept.answer()["X-Told"] == "yes" and kept.answer() is not kept.answer()


@pytest.mark.parametrize(
    "other",
    [
        {"address": "/search?q=1"},
        {"cookies": {"django_language": "en"}},
        {"HX-Request": "true"},
        {"host": "localhost"},
    ],
    ids=str,
)
def test_another_question_has_another_answer(asked, other):
    asked()
    assert asked(**other) == ("0", True)
    assert asked(**other) == ("0", False)
    assert asked() == ("0", False)


def test_a_new_day_asks_anew(asked, at):
    from datetime import timedelta

    asked()
    assert asked(on=at.date() + timedelta(days=1)) == ("0", True)


@pytest.mark.parametrize(
    "own",
    [
        {"cookies": {"sessionid": "x"}},
        {"cookies": {"messages": "x"}},
        {"cookies": {"look": "x" * 2000}},
        {"method": "post"},
        {"address": "/search?form"},
        {"address": "/search?cookie"},
        {"address": "/search?status=404"},
        {"address": "/search?q=" + "x" * 2000},
    ],
    ids=lambda own: str(own)[:40],
)
def test_what_is_of_one_visitor_is_not_kept(asked, own):
    asked()
    assert asked(**own) == ("0", True)
    assert asked(**own) == ("0", True)


def test_the_least_asked_for_goes_when_there_is_no_room(asked, monkeypatch):
    monkeypatch.setattr(kept_answers, "MOST_BYTES", 5)  # an answer has two bytes
    asked("/a"), asked("/b")
    assert asked("/a") == ("0", False)
    asked("/c")
    assert asked("/a") == ("0", False)
    assert asked("/b") == ("0", True)


def test_a_kept_answer_grows_old(asked, monkeypatch):
    asked()
    monkeypatch.setattr(kept_answers, "LONGEST", -1)
    assert asked() == ("0", True)


def test_looks_are_spared(asked, owner, monkeypatch):
    monkeypatch.setattr(kept_answers, "LOOK_EVERY", 60)
    asked()
    owner.execute("INSERT INTO planted VALUES (1)")
    assert asked() == ("0", False)  # seen at the next look, not at once
    monkeypatch.setattr(kept_answers, "LOOK_EVERY", 0)
    assert asked() == ("1", True)
