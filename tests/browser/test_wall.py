"""The wall of figures in a real browser: read from afar, turned, held, and without its line; the board on a phone."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import NOON
from tests.cast import assemble
from tests.conftest import own_city, point_at
from tests.in_process import served_here
from tests.statistics.small_city import build

pytestmark = pytest.mark.browser
WALL, BOARD = "/statistics/wall/", "/statistics/board/"
MARK, LOST, FRESH = "[data-wall-page]", "[data-board-lost]", "[data-board-fresh]"
SANKEY = "[data-later] .sankey svg"
SMALLEST = 24  # pixels on a screen of 3840: what is read from four metres

# What is wider than its place, and figures that nobody reads from afar, on the page that is turned up.
FAULTS = """(smallest) => {
  const root = document.documentElement, faults = [];
  if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} px wide`);
  if (root.scrollHeight > innerHeight + 1) faults.push(`the page is ${root.scrollHeight} px high`);
  for (const wrap of document.querySelectorAll("main .table-wrap, main .card-part")) {
    if (wrap.scrollWidth > wrap.clientWidth + 1) {
      faults.push(`${wrap.className} is ${wrap.scrollWidth} px wide in ${wrap.clientWidth}`);
    }
  }
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!/[0-9]/.test(walker.currentNode.data) || one.closest("title") || !one.getClientRects().length) continue;
    const scale = one instanceof SVGGraphicsElement ? one.getScreenCTM().d : 1;
    const high = parseFloat(getComputedStyle(one).fontSize) * scale;
    const said = walker.currentNode.data.trim();
    if (high < smallest) faults.push(`“${said}” (${one.getAttribute("class")}) is ${high.toFixed(1)} px high`);
  }
  return [...new Set(faults)];
}"""

# How far down the lowest card of the page reaches, as a part of the screen.
LOWEST = """() => Math.max(...[...document.querySelectorAll("main .board-grid > :not([hidden])")].map(
  (card) => card.getBoundingClientRect().bottom)) / innerHeight"""
# How the bands of each status are drawn: full or hollow, and in which colour.
LOOKS = """() => Object.fromEntries(["unemployed", "employed", "none"].map((tone) => {
  const band = getComputedStyle(document.querySelector(`.ribbon-${tone}`));
  return [tone, `${band.fill} in ${band.stroke}`];
}))"""


@pytest.fixture(scope="module")
def seated(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, str]]:
    """A city of a few persons behind a server, and the ticket of a statistician who has signed in."""
    from django.conf import settings
    from django.db import connections
    from django.test import override_settings

    from openpes.kernel.clock import stopped

    before = dict(connections["default"].settings_dict)
    with own_city("wall") as stored, django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched:
        patched.setenv("OPENPES_CLOCK", NOON.isoformat())  # threads of the server do not see a stopped clock
        point_at(stored)
        try:
            with stopped(NOON):
                cast = assemble(NOON)
                build()
                _aimed(cast)
                ticket = cast.statistician.client().cookies["sessionid"].value
            with override_settings(), served_here(settings) as base:
                yield base, ticket
        finally:
            connections.close_all()
            connections["default"].settings_dict.update(before)


def _aimed(cast: Any) -> None:
    from openpes.statistics.actions.targets import TargetFacts, decide_target, propose_target

    for indicator, goal in (("hires", 100), ("introductions", 5)):
        first = NOON.date().replace(month=1, day=1)
        facts = TargetFacts(area="4501", indicator=indicator, year=first.year, goal=Decimal(goal), from_on=first)
        row = propose_target(facts=facts, by=cast.city_clerk.actor, at=NOON)
        decide_target(target=row.pk, agrees=True, by=cast.statistician.actor, at=NOON)


@pytest.fixture
def shown(browser: Browser, seated: tuple[str, str]) -> Iterator[Page]:
    """The wall of the city in Chinese on a screen of 3840 by 2160, with a clock that the test winds."""
    context = _entered(browser, seated, 3840, 2160)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.clock.install()
    page.goto(WALL)
    expect(page.locator(SANKEY)).to_be_attached()
    yield page
    context.close()
    assert complaints == []


def _entered(browser: Browser, seated: tuple[str, str], width: int, height: int) -> BrowserContext:
    base, ticket = seated
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=base)
    cookies = {"sessionid": ticket, "django_language": "zh-hans"}
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
    return context


def _pages(page: Page) -> Iterator[str]:
    """Turns the wall from page to page by the key until it has come round; gives what is told of each."""
    number = int(page.locator(MARK).inner_text().split(" / ")[1])
    for n in range(number):
        expect(page.locator(MARK)).to_have_text(f"{n + 1} / {number}")
        yield f"{n + 1} / {number}"
        page.keyboard.press("ArrowRight")
    expect(page.locator(MARK)).to_have_text(f"1 / {number}")


def test_every_page_of_the_wall_is_read_from_afar_and_filled(shown):
    seen = []
    for told in _pages(shown):
        assert shown.evaluate(FAULTS, SMALLEST) == [], told
        assert shown.evaluate(LOWEST) > 2 / 3, told
        seen.append(shown.locator("main .board-grid > :visible h2").all_inner_texts())
    assert len(seen) > 1
    titles = [title for page in seen for title in page]
    assert len(titles) == len(set(titles)) == shown.locator("main .board-grid h2").count() >= 6
    shown.evaluate("Object.assign(document.documentElement.dataset, {theme: 'contrast', bsTheme: 'dark'})")
    looks = shown.evaluate(LOOKS)
    assert len(set(looks.values())) == len(looks) == 3, looks


PLANTED = {
    "(figure-value) is 16.0 px high": "document.querySelector('.figure-value').style.fontSize = '16px'",
    "table-wrap is": "document.querySelector('[data-part] table').style.minWidth = '5000px'",
    "the page is": "document.querySelector('main').style.minWidth = '5000px'",
}


def test_planted_mistakes_of_the_wall_are_found(shown):
    for fault, mistake in PLANTED.items():
        shown.evaluate(mistake)
        assert any(fault in found for found in shown.evaluate(FAULTS, SMALLEST)), fault


def test_an_empty_third_and_bands_that_look_alike_are_found(shown):
    """The planted mistakes: the last page as small as it was, and two statuses in one colour."""
    shown.keyboard.press("ArrowLeft")
    assert shown.evaluate(LOWEST) > 2 / 3
    shown.evaluate("document.querySelector('.board-grid').style.zoom = 1")
    assert shown.evaluate(LOWEST) < 2 / 3
    shown.evaluate("document.querySelector('.ribbon-unemployed').classList.add('ribbon-employed')")
    assert len(set(shown.evaluate(LOOKS).values())) < 3


def test_the_wall_turns_by_itself_and_by_key_and_pause_holds_it(shown):
    mark, status = shown.locator(MARK), shown.get_by_role("status")
    expect(mark).to_have_text("1 / 2")
    shown.keyboard.press("ArrowRight")
    expect(mark).to_have_text("2 / 2")
    expect(status).to_have_text("2 / 2")
    shown.keyboard.press("ArrowLeft")
    expect(mark).to_have_text("1 / 2")
    shown.clock.run_for(20_500)
    expect(mark).to_have_text("2 / 2")
    shown.get_by_role("button", name="暂停").click()
    expect(status).to_have_text("看板已暂停刷新。")
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.clock.run_for(130_000)
    expect(mark).to_have_text("2 / 2")
    assert asked == []
    shown.get_by_role("button", name="继续").click()
    expect(status).to_have_text("看板每分钟自动刷新。")
    expect(shown.get_by_role("button", name="暂停")).to_be_visible()
    shown.clock.run_for(20_500)
    expect(mark).to_have_text("1 / 2")
    assert any(WALL in url for url in asked)


def test_without_its_line_the_wall_says_so_and_keeps_the_last_figures_with_their_time(shown):
    lost, status = shown.locator(LOST), shown.get_by_role("status")
    figures, time = shown.locator(".figure-value").all_inner_texts(), shown.locator(FRESH).inner_text()
    assert figures[0].startswith("3") and "2026年11月23日" in time
    expect(lost).to_be_hidden()
    shown.context.set_offline(True)
    shown.clock.run_for(61_000)
    expect(lost).to_be_visible()
    expect(lost).to_have_text("网络中断，现显示最近一次数据。")
    expect(status).to_have_text(lost.inner_text())
    assert shown.locator(".figure-value").all_inner_texts() == figures
    expect(shown.locator(FRESH)).to_have_text(time)
    expect(shown.locator(SANKEY)).to_be_attached()
    shown.context.set_offline(False)
    shown.clock.run_for(61_000)
    expect(lost).to_be_hidden()
    expect(status).to_have_text("与服务器的连接已恢复。")
    expect(shown.locator(SANKEY)).to_be_attached()


def test_on_a_phone_the_flows_of_the_board_fall_to_their_table(browser, seated):
    context = _entered(browser, seated, 390, 844)
    page = context.new_page()
    page.goto(BOARD)
    table = page.locator("[data-part] table")
    expect(table).to_be_visible()
    expect(table.locator("tbody tr")).to_have_count(8)
    expect(page.locator(".sankey")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(SANKEY)).to_be_visible()
    context.close()
