"""Signing in: password, lock-out, second factor, and the doors that stay closed."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from openpes.config.sign_in_urls import CLOSED
from openpes.kernel import Actor
from tests.access.factories import a_clerk
from tests.cast import PASSWORD, Player
from tests.reading import text_of

LOGIN = "/sign-in/login/"


@pytest.fixture
def clerk(db, at):
    cache.clear()
    return a_clerk(at)


@pytest.fixture
def visitor(client):
    client.cookies["django_language"] = "en"
    return client


def sign_in(visitor: Client, password: str = PASSWORD, **more):
    return visitor.post(LOGIN, {"login": "weijianhua", "password": password} | more)


def confirm(visitor: Client, page: str, password: str = PASSWORD):
    """Pages that change how one signs in ask once more."""
    asked = visitor.get(page).url
    assert asked.startswith("/sign-in/reauthenticate/")
    return visitor.post(asked, {"password": password, "next": page})


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_right_password_leads_to_the_page_that_was_asked_for(clerk, visitor):
    assert visitor.get("/access/account").url == f"{LOGIN}?next=/access/account"
    response = sign_in(visitor, next="/access/account")
    assert (response.status_code, response.url) == (302, "/access/account")
    page = text_of(visitor.get("/access/account"))
    assert "韦建华" in page
    assert "County clerk" in page
    assert "青秀区" in page


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/"])
def test_sign_in_never_leads_to_another_site(clerk, visitor, target):
    assert sign_in(visitor, next=target).url == "/"


def test_a_wrong_password_is_refused_in_words_that_do_not_say_which_was_wrong(clerk, visitor):
    wrong_password = text_of(sign_in(visitor, "wrong-password"))
    unknown_name = text_of(visitor.post(LOGIN, {"login": "nobody", "password": PASSWORD}))
    sentence = "The username and/or password you specified are not correct."
    assert sentence in wrong_password
    assert sentence in unknown_name


def test_six_wrong_passwords_lock_the_account_even_for_the_right_one(clerk, visitor):
    answers = [sign_in(visitor, "wrong-password").status_code for _try in range(6)]
    assert answers == [200] * 5 + [429]
    locked = sign_in(visitor)
    assert locked.status_code == 429
    assert "The password was wrong 6 times in a row" in text_of(locked)
    assert visitor.get("/access/account").status_code == 302
    a_clerk_elsewhere = visitor.post(LOGIN, {"login": "somebody-else", "password": "x" * 10})
    assert a_clerk_elsewhere.status_code == 200


def test_five_wrong_passwords_and_a_right_one_start_the_count_anew(clerk, visitor):
    for _round in range(2):
        for _try in range(5):
            sign_in(visitor, "wrong-password")
        assert sign_in(visitor).status_code == 302
        visitor.post("/sign-in/logout/")


def test_a_closed_account_does_not_open(clerk, visitor):
    clerk.is_active = False
    clerk.save()
    sign_in(visitor)
    assert visitor.get("/access/account").status_code == 302


@pytest.mark.parametrize("name", sorted(CLOSED.values()))
def test_nobody_signs_up_or_resets_by_mail(clerk, visitor, name, mailoutbox):
    arguments = {"account_confirm_email": ["abc"], "account_reset_password_from_key": ["1", "abc"]}.get(name, [])
    url = reverse(name, args=arguments)
    for response in (visitor.get(url), visitor.post(url, {"email": "a@b.cn", "username": "new", "password1": "x"})):
        assert "Ask the administrator" in text_of(response)
    assert not mailoutbox


def links_of(response) -> set[str]:
    return set(re.findall(r'(?:href|action|src)="(/[^"#]*)"', response.content.decode()))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_sign_in_has_our_look_and_no_dead_link(clerk, visitor, language):
    pages = [LOGIN, "/sign-in/password/reset/"]
    pages_inside = ["/sign-in/logout/", "/sign-in/password/change/", "/sign-in/2fa/"]
    visitor.cookies["django_language"] = language
    for page in pages:
        _check(visitor, page)
    sign_in(visitor)
    for page in [*pages_inside, "/sign-in/reauthenticate/", "/access/account"]:
        _check(visitor, page)


def _check(visitor: Client, page: str) -> None:
    response = visitor.get(page)
    assert response.status_code == 200, page
    assert b"look/css/tokens.css" in response.content, page
    assert b"element" not in response.content.split(b"<main")[1], page
    for link in links_of(response):
        if link.startswith(("/sign-in/", "/access/")):
            assert visitor.get(link).status_code in (200, 302), (page, link)


def test_the_password_is_changed_and_weak_ones_are_refused(clerk, visitor):
    sign_in(visitor)
    url = "/sign-in/password/change/"
    weak = visitor.post(url, {"oldpassword": PASSWORD, "password1": "short", "password2": "short"})
    assert "at least 10 characters" in text_of(weak)
    new = "a-much-better-one"
    assert visitor.post(url, {"oldpassword": PASSWORD, "password1": new, "password2": new}).status_code == 302
    visitor.post("/sign-in/logout/")
    assert sign_in(visitor, new).status_code == 302


@pytest.fixture
def second_factor(clerk, visitor):
    """The clerk has set up an authenticator app and is signed out again; gives its secret."""
    sign_in(visitor)
    url = "/sign-in/2fa/totp/activate/"
    assert confirm(visitor, url, "wrong-password").status_code == 200
    assert confirm(visitor, url).url == url
    _check(visitor, url)
    secret = visitor.get(url).context["form"].secret
    assert visitor.post(url, {"code": "000000"}).status_code == 200
    response = visitor.post(url, {"code": code_of(secret)}, follow=True)
    assert "10 codes are left" in text_of(response)
    visitor.post("/sign-in/logout/")
    cache.clear()
    return secret


def test_with_a_second_factor_the_password_alone_opens_nothing(second_factor, visitor):
    response = sign_in(visitor)
    assert response.url == "/sign-in/2fa/authenticate/"
    assert visitor.get("/access/account").status_code == 302
    wrong = visitor.post(response.url, {"code": "000000"})
    assert "Incorrect code" in text_of(wrong)
    assert visitor.get("/access/account").status_code == 302
    visitor.post(response.url, {"code": code_of(second_factor)})
    assert "In use" in text_of(visitor.get("/access/account"))


def test_guessing_the_second_factor_is_stopped(second_factor, visitor):
    page = sign_in(visitor).url
    for _guess in range(20):
        visitor.post(page, {"code": "000000"})
    visitor.post(page, {"code": code_of(second_factor)})
    assert visitor.get("/access/account").status_code == 302


def test_a_recovery_code_works_once(second_factor, visitor, clerk):
    codes = Authenticator.objects.get(user=clerk, type="recovery_codes").wrap().get_unused_codes()
    for expected in (200, 302):
        page = sign_in(visitor).url
        visitor.post(page, {"code": codes[0]})
        assert visitor.get("/access/account").status_code == expected
        visitor.post("/sign-in/logout/")


def test_the_secret_of_the_second_factor_is_sealed_in_the_database(second_factor, clerk):
    stored = Authenticator.objects.get(user=clerk, type="totp").data
    assert second_factor not in str(stored)


def test_the_second_factor_is_taken_away_and_new_codes_are_made(second_factor, visitor, clerk):
    visitor.post(sign_in(visitor).url, {"code": code_of(second_factor)})
    assert confirm(visitor, "/sign-in/2fa/recovery-codes/").status_code == 302
    for page in ("/sign-in/2fa/", "/sign-in/2fa/recovery-codes/", "/sign-in/2fa/recovery-codes/generate/"):
        _check(visitor, page)
    assert visitor.post("/sign-in/2fa/recovery-codes/generate/").status_code == 302
    _check(visitor, "/sign-in/2fa/totp/deactivate/")
    visitor.post("/sign-in/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=clerk).exists()


def test_signing_out_ends_the_session(clerk, visitor):
    sign_in(visitor)
    assert visitor.post("/sign-in/logout/").status_code == 302
    assert visitor.get("/access/account").status_code == 302


def test_an_account_without_a_password_is_told_what_to_do_instead_of_being_refused(clerk):
    clerk.set_unusable_password()
    clerk.save()
    answer = Player(clerk, Actor(id=clerk.pk)).client().get("/sign-in/reauthenticate/")
    assert answer.status_code == 200
    assert "Your account has no password" in text_of(answer)


def test_an_empty_sign_in_names_what_is_missing(db, visitor):
    page = text_of(visitor.post(LOGIN, {"login": "", "password": ""}))
    assert "Please fill in “User name”." in page
    assert "Please fill in “Password”." in page
