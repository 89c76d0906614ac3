"""Sign-in by a code to the registered telephone: known and unknown numbers alike, five tries, one use, ten minutes."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openpes.access.actions import ask_code, close_account, open_account, try_code
from openpes.access.models import Account, PhoneCode
from openpes.access.queries import NOBODY, codes_to_send
from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, clock, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.messages.models import Message
from openpes.people.jobs import deliver_codes
from tests.cast import COUNTY
from tests.people.factories import a_person

CLERK = Actor(id=1, scope=COUNTY)
KNOWN, UNKNOWN = "13800000001", "13800000002"


@pytest.fixture
def person(db, at):
    cache.clear()
    return a_person(by=CLERK, at=at, area=COUNTY, name="韦小兰", phone=KNOWN)


def deliver(at) -> int:
    with clock.stopped(at):
        return deliver_codes()


def sent_code() -> str:
    with within(CITY):
        text = Message.objects.filter(purpose="sign_in_code").latest("pk").text()
    return next(word for word in text.replace("，", " ").split() if word.isdecimal() and len(word) == 6)


def asked(at, phone: str = KNOWN) -> str:
    """A code that was asked for and sent."""
    ask_code(phone=phone, by=NOBODY, at=at)
    deliver(at)
    return sent_code()


def test_the_code_opens_the_own_account_once(person, at):
    code = asked(at)
    account = try_code(phone=KNOWN, digits=code, by=NOBODY, at=at)
    assert (account.person_id, account.has_usable_password()) == (person.pk, False)
    assert try_code(phone=KNOWN, digits=code, by=NOBODY, at=at) is None


def test_full_width_digits_and_blanks_are_understood(person, at):
    code = asked(at)
    wide = " ".join(code).translate({ord("0") + n: chr(ord("０") + n) for n in range(10)})
    assert try_code(phone=" 138 0000 0001 ", digits=wide, by=NOBODY, at=at) is not None


def test_who_has_an_account_already_gets_that_one(person, at):
    own = open_account(username="own", name="own", person=person.pk, by=PLATFORM, at=at)
    assert try_code(phone=KNOWN, digits=asked(at), by=NOBODY, at=at).pk == own.pk


def test_after_ten_minutes_it_opens_nothing(person, at):
    code = asked(at)
    assert try_code(phone=KNOWN, digits=code, by=NOBODY, at=at + timedelta(minutes=10)) is None


def test_after_five_wrong_tries_the_right_code_opens_nothing(person, at):
    code = asked(at)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert [try_code(phone=KNOWN, digits=wrong, by=NOBODY, at=at) for _try in range(5)] == [None] * 5
    assert try_code(phone=KNOWN, digits=code, by=NOBODY, at=at) is None
    assert PhoneCode.objects.get().tries == 6


def test_a_new_code_replaces_the_former_one(person, at):
    first = asked(at)
    second = asked(at + timedelta(minutes=1))
    assert try_code(phone=KNOWN, digits=first, by=NOBODY, at=at + timedelta(minutes=2)) is None or first == second
    assert try_code(phone=KNOWN, digits=second, by=NOBODY, at=at + timedelta(minutes=2)) is not None


def test_no_more_codes_than_the_terms_allow_whoever_has_the_number(person, at):
    for phone in (KNOWN, UNKNOWN):
        for _number in range(3):
            ask_code(phone=phone, by=NOBODY, at=at)
        with pytest.raises(Refused) as refused:
            ask_code(phone=phone, by=NOBODY, at=at)
        assert str(refused.value) == "Too many codes were asked for this number."
        for number in range(1, 8):
            ask_code(phone=phone, by=NOBODY, at=at + timedelta(minutes=11 * number))
        with pytest.raises(Refused):
            ask_code(phone=phone, by=NOBODY, at=at + timedelta(minutes=120))


@pytest.mark.parametrize("phone", ["", "07715551234", "1380000", "abc", "23800000001"])
def test_what_is_no_mobile_number_is_refused_in_words(person, at, phone):
    with pytest.raises(Refused):
        ask_code(phone=phone, by=NOBODY, at=at)
    assert not PhoneCode.objects.exists()


def test_a_number_in_two_files_opens_neither(person, at):
    a_person(by=CLERK, at=at, area=COUNTY, name="韦大兰", phone=KNOWN)
    ask_code(phone=KNOWN, by=NOBODY, at=at)
    assert deliver(at) == 0 and codes_to_send(at=at) == []


def test_an_account_with_a_second_factor_or_a_closed_one_is_not_opened_by_a_telephone(person, at):
    own = open_account(username="own", name="own", person=person.pk, by=PLATFORM, at=at)
    TOTP.activate(own, generate_totp_secret())
    ask_code(phone=KNOWN, by=NOBODY, at=at)
    assert deliver(at) == 0
    own.authenticator_set.all().delete()
    Account.objects.filter(pk=own.pk).update(is_active=False)
    ask_code(phone=KNOWN, by=NOBODY, at=at + timedelta(minutes=1))
    assert deliver(at + timedelta(minutes=1)) == 0


def test_known_and_unknown_numbers_cost_the_same_statements_and_get_the_same_words(person, at, client):
    """What a stranger could measure or compare: statements, statuses and pages, asking and trying."""
    client.cookies["django_language"] = "en"
    told, costs = {}, {}
    with clock.stopped(at):
        for phone in (KNOWN, UNKNOWN):
            nothing_waits()
            with CaptureQueriesContext(connection) as asking:
                page = client.post(reverse("access:by_phone"), {"phone": phone})
            deliver(at)
            nothing_waits()
            with CaptureQueriesContext(connection) as trying:
                wrong = client.post(reverse("access:phone_code"), {"phone": phone, "code": "000000"})
            shown = (answer.content.decode().replace(phone, "N") for answer in (page, wrong))
            told[phone] = (page.status_code, wrong.status_code, *(text.split("<main")[1] for text in shown))
            costs[phone] = (shapes(asking), shapes(trying))
    assert costs[KNOWN] == costs[UNKNOWN]
    assert strip_tokens(told[KNOWN]) == strip_tokens(told[UNKNOWN])


def nothing_waits() -> None:
    """Send what waits to travel with the next statement, so that it is not counted with what follows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def shapes(captured) -> list[str]:
    return [query["sql"].split("(")[0][:40] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]


def strip_tokens(told: tuple) -> tuple:
    return tuple(re.sub(r'value="[^"]{20,}"', "", str(part)) for part in told)


def test_a_guess_that_happens_to_fit_the_empty_digest_opens_nothing(person, at):
    """The planted mistake: a row that was never armed must not open, whatever its digest says."""
    from openpes.access.actions.codes import digest_of

    ask_code(phone=UNKNOWN, by=NOBODY, at=at)
    row = PhoneCode.objects.get()
    PhoneCode.objects.update(digest=digest_of(row.pk, "123456"))
    assert try_code(phone=UNKNOWN, digits="123456", by=NOBODY, at=at) is None
    with pytest.raises(IntegrityError, match="used_code_opened"), transaction.atomic():
        PhoneCode.objects.update(used_at=at)


def test_neither_number_nor_code_stands_in_the_database_in_the_clear(person, at):
    code = asked(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(t)::text FROM access_phonecode t")
        stored = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(payload::text, '') FROM audit_journalentry")
        journal = cursor.fetchone()[0] or ""
    assert KNOWN not in stored + journal and code not in stored


def test_sending_and_signing_in_stand_in_the_own_journal(person, at):
    try_code(phone=KNOWN, digits=asked(at), by=NOBODY, at=at)
    with within(CITY):
        told = set(JournalEntry.objects.filter(person=person.pk).values_list("event", flat=True))
    assert {"access.SignInCodeMade"} <= told


def test_the_pages_lead_to_where_one_wanted_to_go_and_nowhere_else(person, at, client):
    client.cookies["django_language"] = "en"
    with clock.stopped(at):
        client.post(reverse("access:by_phone"), {"phone": KNOWN, "next": "/referrals/mine/"})
        deliver(at)
        told = {"phone": KNOWN, "code": sent_code(), "next": "//evil.example/"}
        wrong = client.post(reverse("access:phone_code"), told | {"code": "1"})
        assert wrong.status_code == 422 and "opens nothing" in wrong.content.decode()
        entered = client.post(reverse("access:phone_code"), told)
    assert (entered.status_code, entered.url) == (302, "/")
    assert client.get(reverse("referrals:own")).status_code == 200


def test_one_address_does_not_ask_without_end(person, at, client):
    with clock.stopped(at):
        codes = [client.post(reverse("access:by_phone"), {"phone": f"138000010{n:02d}"}).status_code for n in range(32)]
    assert codes[0] == 200 and codes[-1] == 429


def test_a_closed_account_signs_in_no_more(person, at):
    assert close_account is not None
    code = asked(at)
    Account.objects.filter(person_id=person.pk).update(is_active=False)
    assert try_code(phone=KNOWN, digits=code, by=NOBODY, at=at) is None
