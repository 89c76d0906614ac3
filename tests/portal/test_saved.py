"""Saved searches on the public site: from the search to the code, the alert, the feed and the end."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from openpes.alerts.models import SavedSearch
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.portal.jobs import tell_due
from openpes.portal.queries.saved import found_since
from tests.alerts.factories import MOBILE, alerts, code_of, confirmed
from tests.portal.factories import CLERK
from tests.vacancies.factories import make_open

NEW = reverse("portal:saved_new")
ATOM = "{http://www.w3.org/2005/Atom}"
FORM = {"name": "包装", "way": "sms", "to": MOBILE, "rhythm": "daily"}


def only() -> SavedSearch:
    with PLATFORM.standing():
        return SavedSearch.objects.get()


def address(name: str, search: SavedSearch) -> str:
    return reverse(f"portal:{name}", args=[search.key.hex])


def test_from_the_search_to_the_alert_and_its_end_without_an_account(vacancies, visitor, at):
    page = visitor.get(reverse("portal:search"), {"q": "包装 青秀区"}).content.decode()
    assert f'href="{NEW}?q=' in page
    answer = visitor.post(f"{NEW}?q=包装", FORM)
    search = only()
    assert answer["Location"] == address("saved_confirm", search)
    assert "138****0007" in visitor.get(answer["Location"]).content.decode()
    assert (
        visitor.post(answer["Location"], {"code": "000000" if code_of(search) != "000000" else "1"}).status_code == 422
    )
    assert visitor.post(answer["Location"], {"code": code_of(search)})["Location"] == address("saved", search)
    assert tell_due(at + timedelta(days=1)) == 0  # what is open already is known
    later = at + timedelta(days=1)
    new = make_open(CLERK, later, title="食品包装工乙", occupation="6-31-05-00", area="450103")
    assert tell_due(later) == 0  # told tomorrow at the earliest, since the round of that day is done
    assert tell_due(later + timedelta(days=1)) == 1
    (text,) = alerts()
    assert "食品包装工乙" in text and search.key.hex in text
    shown = visitor.get(address("saved", search))
    assert reverse("portal:vacancy", args=[new.pk]) in shown.content.decode()
    assert shown["Referrer-Policy"] == "same-origin" and "no-store" in shown["Cache-Control"]
    visitor.post(address("saved_change", search), {"change": "end"})
    assert visitor.get(address("saved", search)).status_code == 410
    assert tell_due(later + timedelta(days=5)) == 0


def test_a_feed_is_in_force_at_once_reads_as_atom_and_is_gone_when_ended(vacancies, visitor, at):
    visitor.post(f"{NEW}?q=包装", FORM | {"way": "feed", "to": ""})
    search = only()
    feed = reverse("portal:saved_feed", args=[search.feed_key.hex])
    entries = ElementTree.fromstring(visitor.get(feed).content).findall(f"{ATOM}entry")
    assert len(entries) == 8
    visitor.post(address("saved_change", search), {"change": "end"})
    assert visitor.get(feed).status_code == 410
    assert visitor.get(reverse("portal:saved_feed", args=[search.key.hex])).status_code == 404


@pytest.mark.parametrize(
    ("query", "told", "words"),
    [
        ("?q=包装", {"to": "12345"}, "mobile number"),
        ("?q=包装", {"to": ""}, "Where shall the code go?"),
        ("?q=包装", {"name": "<script>alert(1)</script>" * 9}, "100"),
        ("", {}, "asks for nothing"),
        ("?sort=pay", {}, "asks for nothing"),
    ],
)
def test_bad_input_is_answered_in_words(vacancies, visitor, query, told, words):
    answer = visitor.post(NEW + query, FORM | told)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    with PLATFORM.standing():
        assert not SavedSearch.objects.exists()


def test_one_connection_saves_twenty_searches_a_day(vacancies, visitor):
    for number in range(20):
        assert visitor.post(f"{NEW}?q=包装", FORM | {"way": "feed", "name": f"包装{number}"}).status_code == 302
    answer = visitor.post(f"{NEW}?q=包装", FORM | {"way": "feed"})
    assert answer.status_code == 422 and "Try again tomorrow" in answer.content.decode()


@pytest.mark.parametrize("key", ["x", "0" * 32, "a" * 300])
def test_a_key_that_nobody_has_leads_nowhere(db, visitor, key):
    for name in ("saved", "saved_confirm", "saved_feed"):
        assert visitor.get(reverse(f"portal:{name}", args=[key])).status_code == 404
    assert visitor.post(reverse("portal:saved_change", args=[key]), {"change": "end"}).status_code == 404


def test_pausing_going_on_and_the_rhythm_are_buttons_of_one_page(vacancies, visitor, at):
    search = confirmed(at)
    for change, words in (
        ("pause", "Paused"),
        ("resume", "In force"),
        ("weekly", "Every week"),
        ("nonsense", "In force"),
    ):
        visitor.post(address("saved_change", search), {"change": change})
        assert words in visitor.get(address("saved", search)).content.decode()


def test_a_saved_search_finds_what_the_page_finds_without_a_cap_of_twenty(vacancies, at):
    with within(role="openpes_public"):
        rows = found_since(query="?q=-软件", since=at.date() - timedelta(days=40), on=at.date())
        rest = found_since(query="?q=-天文", since=at.date() - timedelta(days=40), on=at.date())
    assert len(rows) == 16 and len({row.pk for row in rest}) == len(rest) == 24


def test_those_who_are_signed_in_find_their_searches_on_one_page(vacancies, cast, at):
    client = cast.county_clerk.client()
    client.post(f"{NEW}?q=包装", FORM | {"way": "feed", "name": "我的包装"})
    assert "我的包装" in client.get(reverse("portal:saved_list")).content.decode()
