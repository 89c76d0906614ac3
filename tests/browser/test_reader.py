"""One contract over all drivers of the card reader, each against what it really speaks to."""

import json
from contextlib import nullcontext

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from openpes.kernel import within
from openpes.look.queries import specimen_card
from openpes.people.models import Person
from tests.browser.readers import http_reader, ws_reader

pytestmark = pytest.mark.browser
CARD = json.loads(specimen_card())
KEPT = """() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href,
  history.state ?? ''])"""


OF_ONE_MAKER = {"partyName": CARD["name"], "certNumber": CARD["id_number"], "nation": "壮"}
OF_ANOTHER = {"name": CARD["name"], "idNumber": CARD["id_number"], "nation": "壮"}
DRIVERS = {
    "wedge": lambda: nullcontext(0),
    "ws": lambda: ws_reader(OF_ONE_MAKER | {"certAddress": CARD["address"]}),
    "http": lambda: http_reader(OF_ANOTHER | {"address": CARD["address"]}),
    "mock": lambda: nullcontext(0),
}


@pytest.fixture
def desk(entered, place):
    """A desk at which the reader is chosen by hand on its page."""

    def with_reader(driver: str, port: int, language: str = "en"):
        page = entered("county_clerk", language=language).new_page()
        page.goto(reverse("counter:reader"))
        page.check(f"input[name=driver][value={driver}]")
        if port:
            page.fill("input[name=port]", str(port))
        with page.expect_navigation():
            page.keyboard.press("Alt+s")
        return page

    return with_reader


def read(page, driver: str) -> None:
    if driver == "wedge":
        page.keyboard.type(CARD["id_number"])
        page.keyboard.press("Enter")
    else:
        page.click("[data-read-card]")


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_card_goes_into_the_find_box_and_the_form_of_a_newcomer_and_is_kept_nowhere(desk, driver):
    with DRIVERS[driver]() as port:
        page = desk(driver, port)
        page.goto(reverse("counter:home"))
        with page.expect_response(f"**{reverse('counter:find')}") as asked:
            read(page, driver)
        assert CARD["id_number"] not in asked.value.url and asked.value.request.method == "POST"
        expect(page.locator("[data-find-box]")).to_have_value(CARD["id_number"])
        expect(page.locator("#find-hits")).to_contain_text("Nobody of this area was found.")
        page.goto(reverse("people:new"))
        page.focus("input[name=address]")
        read(page, driver)
        expect(page.locator("input[name=id_number]")).to_have_value(CARD["id_number"])
        if driver != "wedge":  # a keyboard tells the number alone
            expect(page.locator("input[name=name]")).to_have_value(CARD["name"])
            expect(page.locator("input[name=address]")).to_have_value(CARD["address"])
        expect(page.locator("#identity")).to_contain_text("17 May 1990")
        assert CARD["id_number"] not in page.evaluate(KEPT)
        page.reload()
        expect(page.locator("input[name=id_number]")).to_have_value("")
        page.context.close()
    with within("4501"):
        assert not Person.objects.filter(name=CARD["name"]).exists()


def test_the_ethnic_group_of_a_card_is_chosen_by_its_name(desk):
    page = desk("mock", 0, "zh-hans")
    page.goto(reverse("people:new"))
    read(page, "mock")
    expect(page.locator("select[name=ethnic_group] option:checked")).to_have_text("壮族")
    page.context.close()


@pytest.mark.parametrize("driver", ["ws", "http"])
def test_a_reader_that_does_not_answer_is_told(desk, driver):
    with DRIVERS[driver]() as port:
        pass  # its program has ended
    page = desk(driver, port)
    page.goto(reverse("counter:home"))
    page.click("[data-read-card]")
    expect(page.locator("[data-reader-said]")).to_contain_text("does not answer", timeout=9000)
    page.context.close()


def test_what_is_no_card_is_told_and_fills_nothing(desk):
    with http_reader({"name": "x"}) as port:
        page = desk("http", port)
        page.goto(reverse("counter:home"))
        page.click("[data-read-card]")
        expect(page.locator("[data-reader-said]")).to_contain_text("no identity number")
        expect(page.locator("[data-find-box]")).to_have_value("")
        page.context.close()


def test_a_hand_that_types_a_number_is_no_reader(desk):
    page = desk("wedge", 0)
    page.goto(reverse("people:new"))
    page.focus("input[name=address]")
    page.keyboard.type(CARD["id_number"], delay=90)
    page.keyboard.press("Enter")
    expect(page.locator("input[name=id_number]")).to_have_value("")
    expect(page.locator("input[name=address]")).to_have_value(CARD["id_number"])
    page.context.close()


def test_a_busy_machine_that_hands_some_keys_on_late_does_not_hide_a_card(desk):
    page = desk("wedge", 0)
    page.goto(reverse("people:new"))
    page.focus("input[name=address]")
    page.keyboard.type(CARD["id_number"][:7])
    page.wait_for_timeout(150)
    page.keyboard.type(CARD["id_number"][7:])
    page.keyboard.press("Enter")
    expect(page.locator("input[name=id_number]")).to_have_value(CARD["id_number"])
    expect(page.locator("input[name=address]")).to_have_value("")
    page.context.close()


def test_what_a_reader_typed_by_chance_into_a_field_is_taken_out_again(desk):
    page = desk("wedge", 0)
    page.goto(reverse("people:new"))
    page.fill("input[name=address]", "民族大道")
    page.focus("input[name=address]")
    read(page, "wedge")
    expect(page.locator("input[name=address]")).to_have_value("民族大道")
    expect(page.locator("input[name=id_number]")).to_have_value(CARD["id_number"])
    page.context.close()


SENT = [
    (CARD["id_number"], True),
    (f"{CARD['name']}\t{CARD['id_number']}", True),
    (json.dumps({"身份证号码": CARD["id_number"]}), True),
    (json.dumps({"data": {"cardNo": CARD["id_number"].lower()}}), True),
    ("12345678901234567", False),
    ("{", False), ("null", False), ("[]", False), ("", False), ('"x"', False),
]  # fmt: skip


def test_what_is_a_card_is_known_by_its_number(desk):
    page = desk("mock", 0)
    for payload, is_card in SENT:
        found = page.evaluate(
            "async (sent) => (await import('/static/look/js/reader.js')).cardOf(sent)?.id_number ?? null", payload
        )
        assert (found == CARD["id_number"]) is is_card, payload
    page.context.close()
