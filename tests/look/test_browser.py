"""The scripts of the look in a real browser: keys, focus, dates, menus, the palette, a screen that loses its line."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.in_process import served_here

pytestmark = pytest.mark.browser
FOCUS = "document.activeElement.id || document.activeElement.name"


@pytest.fixture
def address(city, settings) -> Iterator[str]:
    with served_here(settings) as base:
        yield f"{base}/look/style"


@pytest.fixture
def page(browser, address) -> Iterator[Page]:
    """A page whose console stays clean: an error or a blocked inline part fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=address, locale="en")
    context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    yield page
    context.close()
    assert complaints == []


def test_a_clerk_fills_and_saves_a_form_with_the_keyboard_only(page, address):
    page.goto(f"{address}/desk")
    page.focus("#id_reason")
    visited = []
    for _step in range(8):
        if page.evaluate(FOCUS) == "id_left_on":
            page.keyboard.type("2026年3月1日")
        page.keyboard.press("Enter")
        visited.append(page.evaluate(FOCUS))
    assert visited == [
        "id_left_on", "id_last_employer", "id_phone", "id_pay_min", "id_occupation", "id_wants_work",
        "id_wants_training", "id_channel_0",
    ]  # fmt: skip
    assert page.input_value("#id_left_on") == "2026-03-01"
    page.evaluate("addEventListener('submit', (e) => { e.preventDefault(); document.title = 'sent ' + e.target.id })")
    page.keyboard.press("Alt+s")
    assert page.title() == "sent specimen"


def test_slash_finds_arrows_move_and_enter_opens(page, address):
    hits = "".join(f'<a class="hit" href="/look/style?hit={n}"><strong>韦{n}</strong></a>' for n in range(3))
    page.route("**/look/style/hits*", lambda route: route.fulfill(body=hits, content_type="text/html"))
    page.goto(f"{address}/desk")
    page.keyboard.press("/")
    assert page.evaluate(FOCUS) == "find-box"
    page.keyboard.type("wjh")
    expect(page.locator("a.hit")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "韦1"
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUS) == "find-box"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/look/style?hit=0")


def test_the_palette_lists_what_the_page_can_do_and_runs_it(page, address):
    page.goto(f"{address}/desk")
    act = page.locator("[data-action='Keep as draft']")
    act.evaluate("(one) => one.addEventListener('click', () => { document.title = 'ran' })")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-list li")).not_to_have_count(0)
    page.keyboard.type("draft")
    expect(page.locator("#palette-list li")).to_have_text(["Keep as draft"])
    page.keyboard.press("Enter")
    expect(page).to_have_title("ran")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Control+k")
    page.keyboard.type("zzz")
    expect(page.locator("#palette-list li")).to_have_text(["No command by this name"])


def test_question_mark_helps_but_not_while_typing(page, address):
    page.goto(f"{address}/desk")
    page.focus("#id_remark")
    page.keyboard.type("?/")
    assert page.input_value("#id_remark") == "?/"
    assert page.locator("dialog[open]").count() == 0
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_errors_take_the_focus_and_lead_to_their_fields(page, address):
    page.goto(f"{address}/desk?errors")
    expect(page.locator("[data-errors]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS) == "id_left_on"


def test_a_theme_is_set_at_once_and_kept(page, address):
    page.goto(address)
    page.click("summary:has-text('Colours')")
    page.click("a[data-prefer='theme=dark']")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_on_a_phone_the_header_is_one_row_and_nothing_runs_over_the_side(page, address):
    page.set_viewport_size({"width": 390, "height": 844})
    for name in ("desk", "search", "parts", "refused"):
        page.goto(f"{address}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert page.evaluate("document.querySelector('.bar').offsetHeight") <= 56, name
    page.goto(f"{address}/search")
    assert page.get_attribute("details.facets", "open") is None
    page.click("[data-menu]")
    expect(page.locator("#bar-fold")).to_be_visible()


def test_everything_at_the_counter_stands_in_one_view(page, address):
    page.goto(f"{address}/desk")
    assert page.evaluate("document.documentElement.scrollHeight") <= 900
    page.context.add_cookies([{"name": "django_language", "value": "zh-hans", "url": address}])
    for path in ("/desk", "/desk?errors"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollHeight") <= 900, path


def test_large_text_is_large_and_its_targets_too(page, address):
    page.context.add_cookies([{"name": "size", "value": "elder", "url": address}])
    page.goto(f"{address}/search")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18
    sizes = page.evaluate(
        "[...document.querySelectorAll('main button, .pager a, .chip, .facet label, .bar-end > *')]"
        ".filter((one) => one.offsetHeight).map((one) => one.offsetHeight)"
    )
    assert min(sizes) >= 44


def test_suggestions_are_chosen_with_the_keyboard(page, address):
    answer = [{"value": "缝纫工", "label": "缝纫工", "more": "6-05-01"}, {"value": "厨师", "label": "厨师"}]
    page.route("**/options?q=*", lambda route: route.fulfill(json=answer))
    page.goto(f"{address}/desk")
    page.evaluate(
        """() => {
          const field = document.querySelector('#id_occupation').closest('.field');
          field.dataset.picker = ''; field.dataset.optionsUrl = '/options';
          document.body.dispatchEvent(new CustomEvent('htmx:afterSwap', { detail: { elt: document.body } }));
        }"""
    )
    page.focus("#id_occupation")
    page.keyboard.type("工")
    expect(page.locator("[role=option]:visible")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#id_occupation", "aria-activedescendant") == "picker-1-1"
    page.keyboard.press("Enter")
    assert page.input_value("#id_occupation") == "厨师"
    assert page.evaluate(FOCUS) == "id_occupation"


CHOSEN = "[...document.querySelectorAll('[name=extras]:checked')].map((box) => box.value)"
EXTRAS = "#id_extras_0"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("夜班", "night"), ("night", "night"), ("yeban", "night"), ("yb", "night"), ("insur", "five"), ("ＢＵＳ", "bus")],
)
def test_some_of_many_are_found_by_either_name_and_by_pinyin(page, address, typed, code):
    page.goto(address)
    page.focus(EXTRAS)
    page.keyboard.type(typed)
    expect(page.locator("[role=option]:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    assert page.evaluate(CHOSEN) == [code]
    assert page.input_value(EXTRAS) == ""


def test_some_of_many_are_chosen_and_taken_away_by_keys_alone(page, address):
    page.goto(address)
    page.focus(EXTRAS)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option]:visible")).to_have_count(5)
    assert page.get_attribute(EXTRAS, "aria-activedescendant") == "many-1-list-0"
    page.keyboard.press("Enter")
    for word in ("five", "meals"):
        page.keyboard.type(word)
        page.keyboard.press("Enter")
    assert page.evaluate(CHOSEN) == ["night", "five", "meals"]
    page.keyboard.type("bus")
    page.keyboard.press("Enter")
    assert page.evaluate(CHOSEN) == ["night", "five", "meals"]
    expect(page.locator("[data-many] [role=status]")).to_have_text("No more than 3 can be chosen.")
    page.keyboard.press("Backspace")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Delete")
    assert page.evaluate(CHOSEN) == ["five"]
    expect(page.locator("[data-many] [role=status]")).to_have_text("Night shift taken away")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(FOCUS) == "id_extras_0"
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS) == "id_reason"


def test_what_nobody_offers_is_said_and_escape_gives_the_field_back(page, address):
    page.goto(address)
    page.focus(EXTRAS)
    page.keyboard.type("zzz")
    expect(page.locator(".many-none")).to_contain_text("Nothing of that name")
    page.keyboard.press("Enter")
    assert page.evaluate(CHOSEN) == []
    assert page.evaluate(FOCUS) == "id_extras_0"
    page.keyboard.press("Escape")
    expect(page.locator(".many-none")).to_be_hidden()
    assert page.input_value(EXTRAS) == ""


def test_some_of_many_are_boxes_where_no_script_runs(browser, address):
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(address)
    boxes = page.locator("fieldset [name=extras]")
    expect(boxes).to_have_count(5)
    for box in boxes.all():
        expect(box).to_be_visible()
    page.get_by_label("包住").check()
    assert page.locator("[role=combobox]").count() == 0
    context.close()


def test_axe_finds_nothing_in_an_open_list_with_chips(browser, address):
    for theme in ("light", "dark", "contrast"):
        context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
        context.add_cookies([{"name": "theme", "value": theme, "url": address}])
        page = context.new_page()
        page.goto(address)
        page.focus(EXTRAS)
        page.keyboard.type("yb")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(300)
        assert [one["id"] for one in Axe().run(page).response["violations"]] == [], theme
        context.close()


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1080, 1920)])
def test_a_screen_shows_whole_rows_only(page, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/screen")
    expect(page.locator("[data-page-mark]")).to_contain_text("Page 1 of")
    cut = page.evaluate(
        """() => {
          const end = document.querySelector('.screen-main').getBoundingClientRect().bottom + 0.5;
          const rows = [...document.querySelectorAll('tbody tr:not([hidden])')];
          return rows.filter((row) => row.getBoundingClientRect().bottom > end).length;
        }"""
    )
    assert cut == 0
    assert page.locator("tbody tr:visible").count() >= 8


def test_a_screen_without_line_keeps_its_rows_and_says_since_when(page, address):
    page.goto(f"{address}/screen")
    rows = page.locator("tbody tr:visible").count()
    page.context.set_offline(True)
    expect(page.locator("[data-offline-mark]")).to_contain_text("Offline · as of")
    assert page.locator("tbody tr:visible").count() == rows
    page.context.set_offline(False)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_nothing(browser, address, theme):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    context.add_cookies([{"name": "theme", "value": theme, "url": address}])
    page = context.new_page()
    found = []
    for path in ("", "?errors", "/desk", "/desk?errors", "/search", "/screen", "/refused", "/nothing"):
        page.goto(address + path)
        page.wait_for_timeout(500)
        found += [(path, one["id"]) for one in Axe().run(page).response["violations"]]
    context.close()
    assert found == []
