"""The desk and the public pages worked with keys alone, on the real pages of the test town."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import NOON
from tests.people.factories import a_person
from tests.served import served

pytestmark = pytest.mark.browser
FOCUS = "document.activeElement.name || document.activeElement.id"


@pytest.fixture
def desk(entered) -> Page:
    """The desk of the county's clerk, in English, with no hand on the mouse."""
    page = entered("county_clerk", language="en").new_page()
    page.goto(reverse("counter:home"))
    yield page
    page.context.close()


def test_slash_letters_an_arrow_and_enter_open_a_person(desk, place):
    desk.keyboard.press("/")
    desk.keyboard.type("qxl")
    expect(desk.locator("#find-hits a.hit").first).to_contain_text("覃秀兰")
    desk.keyboard.press("ArrowDown")
    assert desk.evaluate("document.activeElement.className").startswith("hit")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text("覃秀兰")
    assert "qxl" not in desk.url


def test_enter_goes_to_the_next_field_and_alt_s_sends(desk, place):
    desk.goto(reverse("people:new"))
    desk.focus("[name=id_number]")
    visited = []
    for _step in range(4):
        desk.keyboard.press("Enter")
        visited.append(desk.evaluate(FOCUS))
    assert visited == ["name", "phone", "area", "address"]
    with desk.expect_navigation() as sent:
        desk.keyboard.press("Alt+s")
    assert sent.value.status == 422
    expect(desk.locator("[data-errors]")).to_be_focused()


def test_alt_s_sends_on_pages_of_self_service_too(entered, place):
    page = entered("employer", language="en").new_page()
    page.goto(reverse("referrals:inbox_hire", args=[place.town.ids["referral"]]))
    expect(page.locator("main [data-save] kbd")).to_have_text("Alt+S")
    page.keyboard.press("Control+k")
    with page.expect_navigation() as sent:
        page.keyboard.press("Alt+s")
    assert sent.value.status == 422
    page.context.close()


def test_a_line_of_the_error_summary_leads_to_its_field(desk, place):
    desk.goto(reverse("people:new"))
    with desk.expect_navigation():
        desk.keyboard.press("Alt+s")
    links = desk.locator("[data-errors] a")
    desk.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    desk.keyboard.press("Enter")
    assert desk.evaluate(FOCUS) == "id_number"
    assert desk.locator("[name=id_number]").get_attribute("aria-invalid") == "true"


def test_the_palette_runs_what_the_page_of_a_person_offers(desk, place):
    desk.goto(reverse("counter:person", args=[place.town.ids["newcomer"]]))
    desk.keyboard.press("Control+k")
    desk.keyboard.type("register job wish")
    expect(desk.locator("#palette-list li")).to_have_count(1)
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.url.endswith(reverse("registration:wish_new", args=[place.town.ids["newcomer"]]))


def test_the_palette_finds_pages_and_acts_by_pinyin_initials(entered, place):
    page = entered("county_clerk", language="zh-hans").new_page()
    page.goto(reverse("counter:person", args=[place.town.ids["newcomer"]]))
    options = page.locator("#palette-list li")
    for typed, label, address in (
        ("sydj", "失业登记", reverse("registration:unemployment_new", args=[place.town.ids["newcomer"]])),
        ("qbwbj", "全部未办结事项", reverse("matters:list")),
    ):
        page.keyboard.press("Control+k")
        expect(options).not_to_have_count(0)
        page.keyboard.type(typed)
        expect(options.first).to_have_text(label)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.url.endswith(address)
    page.context.close()


def test_the_palette_is_a_combobox_that_tells_where_one_stands(desk):
    desk.keyboard.press("Control+k")
    box, options = desk.locator("#palette-box"), desk.locator("#palette-list [role=option]")
    expect(box).to_be_focused()
    assert options.count() > 20
    desk.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "command-1")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("PageDown")
    expect(box).to_have_attribute("aria-activedescendant", "command-9")
    desk.keyboard.press("Escape")
    expect(desk.locator("#palette")).to_be_hidden()


def test_rows_are_chosen_and_acted_on_with_keys_alone(desk):
    desk.goto(reverse("registration:unemployed_list"))
    boxes = desk.locator("tbody .pick input")
    expect(desk.locator("#bulk button").first).to_be_disabled()
    boxes.first.focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Shift+ArrowDown")
    expect(boxes.nth(1)).to_be_focused()
    expect(boxes.nth(1)).to_be_checked()
    expect(desk.locator("[data-bulk-count]")).to_have_text("Chosen: 2")
    desk.locator("#bulk button[value=remind]").focus()
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_have_text("Remind of the confirmation")
    expect(desk.locator("main table tbody tr")).to_have_count(2)
    expect(desk.locator("main")).to_contain_text("It cannot be done for 2 persons.")


def test_question_mark_shows_every_key_and_escape_gives_the_page_back(desk):
    desk.keyboard.press("?")
    expect(desk.locator("#keys")).to_be_visible()
    for key in ("Alt+S", "Ctrl+K", "/"):
        expect(desk.locator("#keys")).to_contain_text(key)
    desk.keyboard.press("Escape")
    expect(desk.locator("#keys")).to_be_hidden()


def test_an_occupation_is_picked_by_a_part_of_its_name(desk, place):
    desk.goto(reverse("registration:wish_new", args=[place.town.ids["newcomer"]]))
    desk.focus("[name=occupation_1]")
    desk.keyboard.type("缝纫")
    options = desk.locator('[role="listbox"]:visible [role="option"]')
    expect(options.first).to_contain_text("缝纫")
    desk.keyboard.press("ArrowDown")
    chosen = desk.locator('[role="option"][aria-selected="true"]').inner_text()
    desk.keyboard.press("Enter")
    expect(options).to_have_count(0)
    assert desk.evaluate(FOCUS) == "occupation_1"
    name, code = desk.input_value("[name=occupation_1]").rsplit(" ", 1)
    assert chosen.startswith(name) and "缝纫" in name and code in chosen


def test_everything_of_the_person_and_the_desk_is_seen_without_scrolling(desk, place):
    for page in ("home", "person"):
        desk.goto(reverse(f"counter:{page}", args=[place.town.ids["newcomer"]] if page == "person" else []))
        assert desk.evaluate("document.documentElement.scrollHeight") <= 900, page


def test_the_way_back_through_a_public_search_is_the_way_in(entered):
    page = entered(language="en").new_page()
    page.goto(reverse("portal:search"))
    everything = page.locator("#found h2").inner_text()
    page.focus("[name=q]")
    page.keyboard.type("包装")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    narrowed = page.locator("#found h2").inner_text()
    assert narrowed != everything
    page.locator("#found a.list-title").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("包装工")
    page.go_back()
    expect(page.locator("#found h2")).to_have_text(narrowed)
    assert page.input_value("[name=q]") == "包装"
    page.go_back()
    expect(page.locator("#found h2")).to_have_text(everything)
    page.context.close()


def test_the_hall_screen_goes_on_when_the_server_is_gone(place, entered):
    page = entered(language="en").new_page()
    page.set_viewport_size({"width": 900, "height": 380})
    page.clock.install()
    with served(place.stored, at=NOON) as base:
        page.goto(f"{base}{reverse('screens:hall')}?seconds=5&refresh=20")
        mark = page.locator("[data-page-mark]")
        expect(mark).to_contain_text("Page 1 of")
    page.clock.run_for(21_000)
    expect(page.locator("[data-offline-mark]")).to_contain_text("Offline · as of")
    seen = set()
    for _turn in range(2):
        page.clock.run_for(5_500)
        seen.add(mark.inner_text())
        assert page.locator("tbody tr:visible").count() >= 1
    assert len(seen) == 2
    page.context.close()


def test_a_long_list_is_turned_with_keys_alone(desk, place):
    by = place.town.players["county_clerk"].actor
    newest = [a_person(by=by, at=NOON, name=f"莫{sign}").pk for sign in "甲乙丙丁戊己庚辛壬癸" * 3]
    desk.goto(reverse("people:list") + "?sex=1")
    assert shown(desk) == newest[:-26:-1]
    desk.locator("tbody tr:last-child a").focus()
    for words, rows, key in (("Next page", newest[4::-1], "before"), ("Previous page", newest[:-26:-1], "after")):
        while desk.evaluate("document.activeElement.innerText.trim()") != words:
            desk.keyboard.press("Tab")
        with desk.expect_navigation():
            desk.keyboard.press("Enter")
        assert shown(desk)[: len(rows)] == rows
        assert f"{key}=" in desk.url and "sex=1" in desk.url
        desk.locator("tbody tr:last-child a").focus()


def shown(page: Page) -> list[int]:
    """The persons of a list."""
    return [int(value) for value in page.locator("tbody .pick input").evaluate_all("all => all.map(one => one.value)")]
