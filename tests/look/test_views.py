"""The style pages, the preferences and the pages of refusal."""

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import translation

from openpes.kernel import Reason
from openpes.look import views

pytestmark = pytest.mark.django_db
PAGES = ("parts", "desk", "search", "screen", "refused")


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_style_page_opens_in_both_languages(browser, page, language):
    browser.cookies["django_language"] = language
    answer = browser.get(f"/look/style/{page}")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f'lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in html
    assert ("Nanning" in html) == (language == "en")


def test_a_page_that_is_no_style_page_is_not_found(browser):
    answer = browser.get("/look/style/secret")
    assert answer.status_code == 404


def test_the_style_page_with_errors_shows_them_twice_in_the_same_words(browser):
    html = browser.get("/look/style?errors").content.decode()
    assert html.count("“2027-13-01” is not a date") == 2


def test_the_example_letter_is_a_pdf(browser):
    answer = browser.get("/look/style/letter.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("query", "cookie", "value"),
    [
        ("theme=dark", "theme", "dark"),
        ("size=elder", "size", "elder"),
        ("language=en", settings.LANGUAGE_COOKIE_NAME, "en"),
    ],
)
def test_a_preference_is_kept_in_a_cookie_and_the_page_stays(query, cookie, value):
    answer = Client().get(f"/look/prefer?{query}&next=/look/style%3Fpage%3D2")
    assert answer.status_code == 302
    assert answer["Location"] == "/look/style?page=2"
    assert answer.cookies[cookie].value == value
    assert answer.cookies[cookie]["samesite"] == "Lax"


def test_a_chosen_theme_and_size_stand_on_the_next_page(browser):
    browser.get("/look/prefer?theme=contrast&size=elder")
    html = browser.get("/look/style").content.decode()
    assert 'data-theme="contrast" data-bs-theme="dark" data-size="elder"' in html


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_preference_never_leads_to_another_site(back):
    assert Client().get("/look/prefer", {"theme": "dark", "next": back})["Location"] == "/"


def test_an_unknown_preference_sets_no_cookie():
    assert not Client().get("/look/prefer?theme=pink&size=9&language=xx").cookies


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (views.bad_request, 400, "could not be read"),
        (views.forbidden, 403, "You may not do this"),
        (views.csrf_failed, 403, "open for too long"),
        (views.not_found, 404, "no such page"),
        (views.form_only, 405, "only takes a form"),
    ],
)
def test_a_page_of_refusal_says_what_to_do_next(view, status, words):
    with translation.override("en"):
        answer = view(RequestFactory().get("/"))
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "To the start page" in answer.content.decode()


def test_who_has_a_desk_keeps_its_navigation_on_a_page_of_refusal(cast, client):
    """Whoever has none sees the plain frame."""
    staff = cast.county_clerk.client()
    for address, status in (("/access/staff", 403), ("/look/style/secret", 404)):
        answer = staff.get(address)
        assert answer.status_code == status
        assert "nav-frame" in answer.content.decode(), address
    assert "nav-frame" not in client.get("/look/style/secret").content.decode()


def test_a_refused_act_and_an_address_opened_without_its_form_keep_the_desk(cast):
    """A program that asks for no page gets the bare answer, and who has no desk the plain frame."""
    staff, page, form = cast.statistician.client(), {"accept": "text/html"}, "/statistics/drafts/draw-up/"
    for answer, status in ((staff.post(form, {"year": "x"}), 422), (staff.get(form, headers=page), 405)):
        assert answer.status_code == status
        assert "nav-frame" in answer.content.decode()
    assert staff.get(form).content == b""
    plain = Client().get("/access/phone/code", headers=page)
    assert plain.status_code == 405 and "nav-frame" not in plain.content.decode()


def test_the_page_of_failure_needs_neither_database_nor_session():
    with translation.override("en"):
        answer = views.failed(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


def test_a_refusal_lists_every_reason_with_its_clause_and_next_step(browser):
    html = browser.get("/look/style/refused").content.decode()
    for words in ("3 of 3 are filled", "By: Example Act, art. 3", "choose another vacancy", "since 2026-03-01"):
        assert words in html


def test_reasons_are_escaped(rf):
    from django.shortcuts import render

    request = rf.get("/")
    html = render(request, "look/_reasons.html", {"reasons": [Reason("<b>x</b>")]}).content.decode()
    assert "&lt;b&gt;x&lt;/b&gt;" in html
