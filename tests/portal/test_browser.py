"""The public site and a hall screen in a real browser: live facets, Back, no scripts, a lost line, axe."""

import re
from collections.abc import Iterator
from datetime import timedelta
from time import sleep

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, expect

from openpes.alerts.models import SavedSearch
from openpes.kernel.action import PLATFORM
from openpes.portal.jobs import tell_due
from tests.alerts.factories import alerts, code_of
from tests.in_process import served_here
from tests.portal.factories import CLERK
from tests.vacancies.factories import make_open

pytestmark = pytest.mark.browser
PAGES = ("/portal/", "/portal/?place=450103", "/portal/?q=zzz&term=short", "/portal/?q=饱装 包吃住 ~双休 -软件 女",
         "/portal/saved/new?q=包装", "/portal/places/", "/portal/vacancy/{pk}/",
         "/portal/vacancy/999999/", "/screens/", "/screens/hall/")  # fmt: skip


# Whether the keeper holds the page, its lines and everything that it is made of.
KEPT = """async () => {
  const cache = await caches.open("hall-screen-1");
  const parts = performance.getEntriesByType("resource").map((part) => part.name);
  const wanted = [location.href, new URL(document.body.dataset.source, location.href).href, ...parts];
  return (await Promise.all(wanted.map((url) => cache.match(url)))).every(Boolean);
}"""


@pytest.fixture
def market_address(city, at, settings) -> Iterator[tuple[str, int]]:
    from tests.portal.factories import market

    pks = market(at)
    with served_here(settings) as base:
        yield base, pks[-1]


@pytest.fixture(autouse=True)
def _clock_of_the_server(monkeypatch, at) -> None:
    """Threads of the server do not see the stopped clock of the test."""
    monkeypatch.setenv("OPENPES_CLOCK", at.isoformat())


def opened(browser: Browser, address: str, *, language: str = "en", **context) -> Page:
    made = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=address, **context)
    made.add_cookies([{"name": "django_language", "value": language, "url": address}])
    return made.new_page()


def test_ticking_a_box_changes_list_counts_and_address_and_back_undoes_it(browser, market_address):
    address, _pk = market_address
    page = opened(browser, address)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/portal/")
    heading = page.locator("#found h2")
    expect(heading).to_contain_text("24 vacancies")
    box = page.get_by_role("checkbox", name="青秀区")
    count = box.locator("xpath=..").locator(".count").inner_text()
    box.check()
    expect(heading).to_contain_text(f"{count} vacancies")
    expect(page).to_have_url(f"{address}/portal/?place=450103")
    expect(page.locator("#place-450103")).to_be_focused()
    town = page.locator(".facet-below input").first
    expect(town).to_be_visible()
    town.check()
    expect(page).to_have_url(re.compile("town="))
    expect(page.locator("#found .chip.is-on")).to_contain_text("街道")
    page.locator("#found .chip.is-on").first.click()
    expect(heading).to_contain_text(f"{count} vacancies")
    page.evaluate("history.back()")
    expect(page.locator(".facet-below input:checked")).to_have_count(1)
    page.evaluate("history.back()")
    expect(page).to_have_url(f"{address}/portal/?place=450103")
    expect(heading).to_contain_text(f"{count} vacancies")
    page.evaluate("history.back()")
    expect(heading).to_contain_text("24 vacancies")
    expect(page.locator("#facets input:checked")).to_have_count(0)
    page.locator("#q").fill("包装")
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("8 vacancies")
    page.locator("#found select").select_option("pay")
    expect(page).to_have_url(f"{address}/portal/?q=%E5%8C%85%E8%A3%85&sort=pay")
    assert complaints == []
    page.context.close()


def test_by_keyboard_from_the_search_to_a_chip_a_saved_search_its_code_and_the_alert(browser, market_address, at):
    address, _pk = market_address
    page = opened(browser, address)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/portal/")
    page.locator("#q").focus()
    page.keyboard.type("baozhuang")
    option = page.get_by_role("option", name="包装", exact=False).first
    expect(option).to_be_visible(timeout=15_000)  # the first question builds the dictionary
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value(re.compile("包装"))
    page.locator("#q").fill("包装 青秀区 包吃住")
    page.keyboard.press("Enter")
    chips = page.locator(".said > li")
    expect(chips).to_have_count(3)
    fewer = page.get_by_role("link", name="Take away 青秀区")
    fewer.focus()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(2)
    expect(page.locator("#q")).to_have_value("包装 包吃住")
    menu = chips.nth(1).locator("summary")
    menu.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Nice to have").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#q")).to_have_value("包装 ~包吃住")
    expect(page.locator("#found h2")).to_contain_text("8 vacancies")
    page.get_by_role("link", name="Tell me of new ones").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Mobile number or mail address").fill("13800000007")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tell the code")).to_be_visible()
    page.get_by_label("Code").fill(newest_code())
    page.keyboard.press("Enter")
    expect(page.get_by_text("In force")).to_be_visible()
    saved = page.url
    told_of_one_more(at)
    assert saved.removesuffix("/").rpartition("/")[2] in alerts()[-1]
    page.reload()
    expect(page.get_by_role("link", name="夜班包装工")).to_be_visible()
    page.get_by_role("button", name="End: tell me no more").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ended by you")).to_be_visible()
    assert complaints == []
    page.context.close()


def newest_code() -> str:
    """The code as its recipient reads it."""
    with PLATFORM.standing():
        return code_of(SavedSearch.objects.order_by("-id")[0])


def told_of_one_more(at) -> None:
    """One more vacancy is published, and the morning after next comes."""
    make_open(CLERK, at + timedelta(days=1), title="夜班包装工", occupation="6-31-05-00", area="450103")
    with PLATFORM.standing():
        SavedSearch.objects.update(next_on=at.date())
    assert tell_due(at + timedelta(days=1)) == 1


def test_a_switch_of_language_or_size_keeps_what_was_ticked_after_the_page_was_loaded(browser, market_address):
    address, _pk = market_address
    page = opened(browser, address)
    page.goto("/portal/")
    page.locator("#place-450103").check()
    expect(page).to_have_url(f"{address}/portal/?place=450103")
    page.get_by_role("link", name="Large text").click()
    expect(page.locator("html")).to_have_attribute("data-size", "elder")
    expect(page).to_have_url(f"{address}/portal/?place=450103")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page).to_have_url(f"{address}/portal/?place=450103")
    expect(page.locator("#place-450103")).to_be_checked()
    page.context.close()


def test_the_search_works_without_scripts(browser, market_address):
    address, _pk = market_address
    page = opened(browser, address, java_script_enabled=False)
    page.goto("/portal/")
    page.locator("details.facets > summary").click()
    page.get_by_label("Part-time").check()
    page.get_by_role("button", name="Show the result").click()
    expect(page.locator("#found h2")).to_contain_text("6 vacancies")
    page.locator("#found .chip.is-on").click()
    expect(page.locator("#found h2")).to_contain_text("24 vacancies")
    page.locator(".pager a[rel=next]").click()
    expect(page.locator("#found ul.list > li")).to_have_count(4)
    page.context.close()


def test_on_a_phone_the_head_is_one_row_and_the_facets_are_folded(browser, market_address):
    address, _pk = market_address
    for size in ("standard", "elder"):
        page = opened(browser, address, language="zh-hans")
        page.set_viewport_size({"width": 390, "height": 844})
        page.context.add_cookies([{"name": "size", "value": size, "url": address}])
        page.goto("/portal/?place=450103")
        assert page.locator("header.bar").bounding_box()["height"] <= 66
        expect(page.locator("#facets")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.locator("details.facets > summary").click()
        page.get_by_role("checkbox", name="青秀区").uncheck()
        expect(page.locator("#found h2")).to_contain_text("24 个岗位")
        expect(page.locator("#facets")).to_be_visible()
        page.context.close()


def test_a_screen_flips_by_itself_refreshes_and_outlives_the_line(browser, market_address):
    address, _pk = market_address
    page = opened(browser, address)
    page.clock.install()
    page.goto("/screens/hall/?seconds=5&refresh=20")
    mark = page.locator("[data-page-mark]")
    expect(mark).to_contain_text("Page 1 of 2")
    page.clock.run_for(6000)
    expect(mark).to_contain_text("Page 2 of 2")
    page.context.set_offline(True)
    page.clock.run_for(25_000)
    expect(page.locator("[data-offline-mark]")).to_be_visible()
    seen = set()
    for _turn in range(2):
        page.clock.run_for(5000)
        seen.add(mark.inner_text())
        assert page.locator("tbody tr:visible").count() >= 4
    assert len(seen) == 2
    page.context.set_offline(False)
    page.clock.run_for(25_000)
    expect(page.locator("[data-offline-mark]")).to_be_hidden()
    expect(page.locator(".screen-fresh")).to_contain_text("As of")
    page.context.close()


def wait_until_kept(page: Page) -> None:
    """Ask until the keeper has everything of which the page was made; a promise is no answer to `wait_for_function`."""
    for _attempt in range(100):
        if page.evaluate(KEPT):
            return
        sleep(0.1)
    raise AssertionError("The keeper did not keep the page within ten seconds.")


def test_a_box_started_without_a_line_shows_the_last_vacancies_and_their_age(browser, market_address, at):
    address, _pk = market_address
    page = opened(browser, address)
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    page.clock.install(time=at)
    page.goto("/screens/hall/?area=450103")
    titles = page.locator("tbody tr td.is-title").all_inner_texts()
    assert titles
    wait_until_kept(page)
    page.context.set_offline(True)
    page.clock.set_fixed_time(at + timedelta(hours=2, minutes=5))
    policy = page.reload().headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy
    assert page.locator("tbody tr td.is-title").all_inner_texts() == titles
    expect(page.locator("[data-offline-mark]")).to_contain_text("2 hours ago")
    expect(page.locator("[data-offline-mark]")).to_contain_text(f"as of {at:%H:%M}")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.context.set_offline(False)
    expect(page.locator("[data-offline-mark]")).to_be_hidden(timeout=20_000)  # it asks every five seconds
    expect(page.locator(".screen-fresh")).to_contain_text("As of")
    assert complaints == []
    page.context.close()


def test_the_keeper_answers_for_screens_alone(browser, market_address):
    address, _pk = market_address
    page = opened(browser, address)
    page.goto("/screens/hall/")
    wait_until_kept(page)
    scopes = "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => new URL(one.scope).pathname))"
    assert page.evaluate(scopes) == ["/screens/hall/"]
    stored = page.evaluate(
        "caches.open('hall-screen-1').then((c) => c.keys()).then((all) => all.map((r) => new URL(r.url).pathname))"
    )
    assert {name for name in stored if not name.startswith("/static/")} == {"/screens/hall/", "/screens/rows/"}
    page.context.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/portal/")
    with pytest.raises(Error):
        page.goto("/screens/hall/?area=450103")  # never shown on this box, so nothing is kept of it
    page.context.close()


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_nothing(browser, market_address, theme):
    address, pk = market_address
    page = opened(browser, address, bypass_csp=True)
    found = []
    for size in ("standard", "elder"):
        cookies = [{"name": "theme", "value": theme, "url": address}, {"name": "size", "value": size, "url": address}]
        page.context.add_cookies(cookies)
        for path in PAGES:
            page.goto(path.format(pk=pk))
            page.wait_for_timeout(500)
            for violation in Axe().run(page).response["violations"]:
                found.append((path, size, violation["id"], [node["html"][:120] for node in violation["nodes"]][:2]))
    page.context.close()
    assert not found, found
