"""The kiosk and the strip in a real browser: keypad, keyboard, the wipe, no history, a lost line."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.in_process import served_here

pytestmark = pytest.mark.browser
NUMBER = "[data-kiosk-field][name=number]"
ANSWER = "[data-kiosk-answer]"


@pytest.fixture
def kiosk(city, at, settings) -> Iterator[tuple[str, str]]:
    """The address of a kiosk, and the identity number of somebody with an introduction."""
    from openpes.referrals.actions import refer
    from tests.people.factories import a_person
    from tests.portal.factories import CLERK
    from tests.registration.factories import unemployed
    from tests.vacancies.factories import make_open

    person = a_person(by=CLERK, at=at, name="覃秀兰", area="450103001005", phone="13800001234")
    unemployed(person.pk, by=CLERK, at=at)
    refer(person=person.pk, vacancy=make_open(CLERK, at, title="包装工甲").pk, score=9000, by=CLERK, at=at)
    with served_here(settings) as base:
        yield base, person.id_number().reveal()


@pytest.fixture(autouse=True)
def _clock_of_the_server(monkeypatch, at) -> None:
    monkeypatch.setenv("OPENPES_CLOCK", at.isoformat())


def entered(browser: Browser, base: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 1024}, base_url=base).new_page()
    page.clock.install()
    page.goto("/screens/kiosk/?area=450103")
    return page


def touched(page: Page, text: str) -> None:
    for sign in text:
        page.locator(f"[data-key='{sign}']").click()


def test_who_touches_number_and_telephone_reads_the_own_lines_and_after_a_minute_nobody_does(browser, kiosk):
    base, number = kiosk
    page = entered(browser, base)
    page.locator(NUMBER).focus()
    touched(page, number)
    touched(page, "1234")
    depth = page.evaluate("history.length")
    page.get_by_role("button", name="查询").or_(page.locator(".kiosk-go")).first.click()
    expect(page.locator(ANSWER)).to_contain_text("包装工甲")
    assert page.url.endswith("/screens/kiosk/?area=450103") and page.evaluate("history.length") == depth
    assert page.locator(NUMBER).input_value() == ""
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert kept == "[{},{}]"
    page.clock.run_for(45_000)
    expect(page.locator("[data-kiosk-count]")).to_be_visible()
    page.keyboard.press("Shift")  # whoever is still there stays
    page.clock.run_for(2_000)
    expect(page.locator("[data-kiosk-count]")).to_be_hidden()
    page.clock.run_for(61_000)
    expect(page.locator(ANSWER)).to_be_empty()
    assert "包装工甲" not in page.locator(ANSWER).inner_text() and number not in page.content()


def test_a_keyboard_alone_is_enough_and_a_wrong_telephone_is_told(browser, kiosk):
    base, number = kiosk
    page = entered(browser, base)
    page.locator(NUMBER).focus()
    page.keyboard.type(number)
    page.keyboard.press("Tab")
    page.keyboard.type("9999")
    page.keyboard.press("Enter")
    expect(page.locator(".kiosk-why")).to_be_visible()
    assert number not in page.content()
    page.locator("[data-kiosk-done]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(ANSWER)).to_be_empty()


def test_a_strip_goes_on_when_the_line_drops(browser, kiosk):
    base, _number = kiosk
    page = browser.new_context(base_url=base, reduced_motion="reduce").new_page()
    page.goto("/screens/strip/?refresh=20")
    expect(page.locator("[data-strip-line] li").first).to_contain_text("包装工甲")
    page.context.set_offline(True)
    page.wait_for_timeout(500)
    expect(page.locator("[data-strip-line] li").first).to_contain_text("包装工甲")
