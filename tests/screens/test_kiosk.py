"""The kiosk: only whoever knows number and telephone reads the own lines, and nothing of it stays."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from openpes.audit.models import JournalEntry
from openpes.kernel.action import PLATFORM
from openpes.referrals.actions import refer
from tests.cast import VILLAGE
from tests.people.factories import a_person
from tests.portal.factories import CLERK
from tests.registration.factories import unemployed
from tests.vacancies.factories import make_open

START, OWN = reverse("screens:kiosk"), reverse("screens:kiosk_own")


@pytest.fixture
def known(cast, at):
    """Somebody with an introduction, the identity number and the end of the telephone number."""
    clerk = cast.county_clerk.actor
    person = a_person(by=clerk, at=at, name="覃秀兰", area=VILLAGE, phone="13800001234")
    unemployed(person.pk, by=clerk, at=at)
    refer(person=person.pk, vacancy=make_open(CLERK, at, title="包装工甲").pk, score=9000, by=clerk, at=at)
    return person, person.id_number().reveal()


def ask(number: str, tail: str, client: Client | None = None):
    return (client or Client()).post(OWN, {"number": number, "tail": tail})


def test_number_and_telephone_together_show_the_own_lines(known):
    person, number = known
    answer = ask(number, "1234")
    page = answer.content.decode()
    assert answer.status_code == 200 and "包装工甲" in page
    assert person.name not in page and number not in page and "13800001234" not in page
    assert "no-store" in answer["Cache-Control"]
    with PLATFORM.standing():
        assert JournalEntry.objects.filter(event="screens.OwnLinesShown", person=person.pk).count() == 1


@pytest.mark.parametrize("tail", ["", "1235", "234", "01234", "13800001234", "１２３４"])
def test_a_wrong_second_fact_shows_nothing_and_says_the_same_as_a_wrong_number(known, tail):
    _person, number = known
    refused = ask(number, tail)
    unknown = ask("450103199001010011", "1234")
    assert refused.status_code == unknown.status_code == 422
    assert refused.content == unknown.content and "包装工甲" not in refused.content.decode()


def test_one_number_is_tried_five_times_and_then_waits_even_with_the_right_telephone(known):
    _person, number = known
    for _time in range(5):
        assert ask(number, "0000").status_code == 422
    locked = ask(number, "1234")
    assert locked.status_code == 429 and int(locked["Retry-After"]) > 0
    assert ask("450103199001010011", "1234").status_code == 422, "others go on"


def test_one_address_asks_thirty_times(known):
    statuses = [ask(f"{n:018d}", "0000").status_code for n in range(31)]
    assert statuses[-1] == 429


def test_the_number_is_in_no_address_and_no_log(known, caplog):
    _person, number = known
    caplog.set_level(logging.DEBUG)
    client = Client()
    ask(number, "1234", client)
    assert number not in caplog.text
    assert client.get(OWN).status_code == 405
    page = client.get(START).content.decode()
    assert 'autocomplete="off"' in page and "method=\"post\"" in page


@pytest.mark.parametrize("number", ["", "x" * 5000, "<script>", "45010319900101001１", "😀", "' OR 1=1 --"])
def test_odd_input_is_answered_in_words(db, number):
    assert ask(number, number).status_code == 422


def test_the_start_page_shows_jobs_and_is_not_kept(known):
    answer = Client().get(START, {"area": "450103"})
    assert "包装工甲" in answer.content.decode() and "no-store" in answer["Cache-Control"]
