"""The own pages of both sides on the way to work, and what staff see of it; nobody opens what is the other's."""

import io
from uuid import uuid4

import pytest
from django.urls import reverse
from pypdf import PdfReader

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.referrals.actions import apply_for, propose_interview
from openpes.referrals.models import Interview, Reach, Referral
from tests.cast import self_service
from tests.referrals.factories import interview_facts, seeker
from tests.vacancies.factories import make_open


def key() -> dict:
    return {"idempotency_key": str(uuid4())}


@pytest.fixture
def clerk(cast):
    return cast.county_clerk


@pytest.fixture
def vacancy(clerk, at):
    return make_open(clerk.actor, at)


@pytest.fixture
def me(clerk, at):
    return self_service(username="me", person=seeker(at, clerk.actor).pk, at=at)


@pytest.fixture
def firm(vacancy, at):
    return self_service(username="firm", employer=vacancy.employer_id, at=at)


@pytest.fixture
def row(me, vacancy, at):
    return apply_for(vacancy=vacancy.pk, own_words="<b>三年</b>经验", by=me.actor, at=at)


@pytest.fixture
def talk(row, firm, at):
    return propose_interview(referral=row.pk, facts=interview_facts(at), by=firm.actor, at=at)


def test_a_visitor_who_applies_is_led_to_the_door_and_back(client, vacancy):
    answer = client.get(reverse("referrals:apply", args=[vacancy.pk]))
    assert answer.status_code == 302 and answer.url.endswith(f"?next=/referrals/apply/{vacancy.pk}/")


def test_applying_twice_by_the_same_key_is_one_application(me, vacancy):
    client, told = me.client(), {"own_words": "随时到岗"} | key()
    url = reverse("referrals:apply", args=[vacancy.pk])
    assert [client.post(url, told).status_code for _time in range(2)] == [302, 302]
    again = client.post(url, {"own_words": ""} | key())
    assert again.status_code == 422 and "the employer has not answered yet" in again.content.decode()
    with within(CITY):
        assert Referral.objects.count() == 1


def test_what_a_person_wrote_is_text_on_every_page(me, firm, row):
    for client, name in ((me.client(), "own_detail"), (firm.client(), "inbox_detail")):
        page = client.get(reverse(f"referrals:{name}", args=[row.pk])).content.decode()
        assert "&lt;b&gt;三年&lt;/b&gt;" in page and "<b>三年" not in page


def test_opening_an_application_is_told_to_the_person(me, firm, row):
    firm.client().get(reverse("referrals:inbox_detail", args=[row.pk]))
    assert "has read the application" in me.client().get(reverse("referrals:own")).content.decode()


def test_a_time_is_taken_put_into_the_calendar_and_cancelled_with_words(me, row, talk):
    client = me.client()
    slot = talk.slots[0].isoformat()
    assert client.post(reverse("referrals:own_slot", args=[talk.pk]), {"slot": slot} | key()).status_code == 302
    file = client.get(reverse("referrals:calendar", args=[talk.pk]))
    assert file["Content-Type"].startswith("text/calendar") and b"BEGIN:VEVENT" in file.content
    url = reverse("referrals:own_cancel", args=[talk.pk])
    assert client.post(url, {"words": " "} | key()).status_code == 422
    assert client.post(url, {"words": "生病"} | key()).status_code == 302
    with within(CITY):
        assert Interview.objects.get().state == "cancelled"


@pytest.mark.parametrize("slot", ["", "morgen", "2026-11-25T09:00:00", "2030-01-01T09:00:00+08:00"])
def test_a_time_that_is_none_of_them_is_refused_in_words(me, talk, slot):
    answer = me.client().post(reverse("referrals:own_slot", args=[talk.pk]), {"slot": slot} | key())
    assert answer.status_code == 422


def test_whoever_withdraws_gives_a_reason_of_the_list(me, row):
    client, url = me.client(), reverse("referrals:own_withdraw", args=[row.pk])
    assert client.post(url, {"reason": "11"} | key()).status_code == 422
    assert client.post(url, {"reason": "21", "note": "工资低"} | key()).status_code == 302
    assert "Withdrawn" in client.get(reverse("referrals:own_detail", args=[row.pk])).content.decode()


def test_the_paper_of_an_application_says_what_it_is_and_that_it_is_free(me, row):
    answer = me.client().get(reverse("referrals:own_letter", args=[row.pk]))
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Application" in text and row.letter_no in text and "free of charge" in text


def test_times_are_proposed_as_people_type_them(firm, row):
    told = {"slot_1": "20261126 0930", "slot_2": "2026年11月27日 14：30"}
    told |= {"minutes": "45", "way": "phone", "place": "0771"}
    url = reverse("referrals:inbox_invite", args=[row.pk])
    wrong = firm.client().post(url, told | {"slot_1": "tomorrow"} | key())
    assert wrong.status_code == 422 and "not a day with a time" in wrong.content.decode()
    assert firm.client().post(url, told | key()).status_code == 302
    with within(CITY):
        assert len(Interview.objects.get().slots) == 2


def test_how_to_be_told_is_chosen_and_taken_back(me):
    client, url = me.client(), reverse("referrals:own_reach")
    assert client.post(url, {"by_sms": "on", "mail": "nobody"} | key()).status_code == 422
    client.post(url, {"by_sms": "on", "mail": "me@example.org"} | key())
    assert "me@example.org" in client.get(url).content.decode()
    client.post(url, {"mail": ""} | key())
    with within(CITY):
        kept = Reach.objects.get()
    assert (kept.by_sms, kept.mail_sealed) == (False, None)


def test_who_may_not_see_introductions_gets_no_calendar_of_them(cast, me, talk):
    me.client().post(reverse("referrals:own_slot", args=[talk.pk]), {"slot": talk.slots[0].isoformat()} | key())
    url = reverse("referrals:calendar", args=[talk.pk])
    assert cast.county_clerk.client().get(url).status_code == 200
    for player in (cast.statistician, cast.auditor, cast.administrator):
        assert player.client().get(url).status_code == 404


def test_the_office_sees_the_whole_way_and_the_neighbour_nothing(cast, row, talk):
    url = reverse("referrals:detail", args=[row.pk])
    page = cast.county_clerk.client().get(url).content.decode()
    assert "applied for" in page and "proposes times" in page
    assert cast.neighbour_clerk.client().get(url).status_code == 404
    for name in ("calendar", "check_hire"):
        assert cast.neighbour_clerk.client().get(reverse(f"referrals:{name}", args=[talk.pk])).status_code == 404


def test_what_was_free_of_charge_opens_to_its_rows(cast, row):
    client = cast.county_clerk.client()
    page = client.get(f"{reverse('referrals:free_list')}?quarter=2026-4").content.decode()
    assert "ground=all" in page
    rows = client.get(f"{reverse('referrals:free_rows')}?quarter=2026-4&ground=all&area=4501").content.decode()
    assert reverse("referrals:detail", args=[row.pk]) in rows
    other = cast.neighbour_clerk.client().get(f"{reverse('referrals:free_rows')}?quarter=2026-4&area={row.area}")
    assert reverse("referrals:detail", args=[row.pk]) not in other.content.decode()


@pytest.mark.parametrize("quarter", ["", "2026-5", "9999-4", "0000-1", "abc", "2026", "１２３４-1"])
def test_a_quarter_that_is_none_shows_the_present_one_or_an_empty_one(cast, quarter):
    for name in ("free_list", "free_rows"):
        url = f"{reverse(f'referrals:{name}')}?quarter={quarter}"
        assert cast.county_clerk.client().get(url).status_code == 200
