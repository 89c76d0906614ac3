"""Every page in a real browser: nothing that axe objects to in any theme, all translated, nothing too wide."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import path, reverse
from playwright.sync_api import ConsoleMessage, Error, Page

from tests.browser.inspection import AXE_COLOURS, axe_faults, faults_of
from tests.browser.pages import Visit, arguments_of, visits
from tests.served import PASSWORD

pytestmark = pytest.mark.browser
SHOTS = Path(__file__).resolve().parents[2] / "var" / "test" / "shots"


@dataclass(frozen=True)
class Guise:
    """How the browser shows pages: language, size of the window, and themes.

    The page is loaded in the first theme and judged by every rule; then it changes into the others where it stands,
    and only what depends on colours is judged again.
    """

    language: str
    width: int
    height: int
    theme: str
    more_themes: tuple[str, ...]


GUISES = {
    "Chinese, on a desk": Guise("zh-hans", 1440, 900, "light", ("dark", "contrast")),
    "English, on a phone": Guise("en", 390, 844, "dark", ("contrast",)),
}
WEAR = """(theme) => Object.assign(document.documentElement.dataset, {
  theme, bsTheme: theme === "light" ? "light" : "dark" })"""


_is_page: dict[Visit, bool] = {}  # asked once for all guises


@contextmanager
def _listening(page: Page) -> Iterator[list[str]]:
    """What the page complains of in its console meanwhile; the status of the page itself is judged elsewhere."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        expected = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
        if message.type == "error" and not expected:
            complaints.append(f"console: {message.text}")

    def fail(error: Error) -> None:
        complaints.append(f"script: {error}")

    page.on("console", hear)
    page.on("pageerror", fail)
    yield complaints
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", fail)


@pytest.mark.parametrize("guise", GUISES.values(), ids=GUISES)
def test_every_page_is_sound_in_every_guise(place, entered, guise):
    faults: list[str] = []
    pages: dict[str, Page] = {}
    seen = 0
    for visit in visits(place.town):
        if visit.role not in pages:
            window = {"width": guise.width, "height": guise.height}
            pages[visit.role] = entered(visit.role, language=guise.language, theme=guise.theme, **window).new_page()
        wrong = _look(pages[visit.role], visit, guise)
        seen += wrong is not None
        faults += [f"{visit.name} {visit.path} ({visit.role or 'visitor'}): {text}" for text in wrong or ()]
    for opened in pages.values():
        opened.context.close()
    assert seen > 80
    assert not faults, "\n" + "\n".join(faults)


def _look(page: Page, visit: Visit, guise: Guise) -> list[str] | None:
    """The faults of one page; nothing for an address that answers with a file, elsewhere, or to POST alone."""
    if visit not in _is_page:
        answer = page.request.get(visit.path, max_redirects=0)
        html = answer.headers.get("content-type", "").startswith("text/html")
        _is_page[visit] = html and answer.status not in (301, 302, 405)
    if not _is_page[visit]:
        return None
    with _listening(page) as complaints:
        opened = page.goto(visit.path)
        try:
            status = _submit(page, visit.submit) if visit.submit else opened.status
        except Error as error:
            return [f"cannot be sent: {error}"]
        faults = [] if status == visit.status else [f"answers {status} instead of {visit.status}"]
        if os.environ.get("OPENPES_SHOTS"):
            _shoot(page, visit)
        found = [fault for fault in faults_of(page) if not _is_quoted(visit, fault)]
        return faults + found + _faults_of_colours(page, guise.more_themes) + complaints


def _is_quoted(visit: Visit, fault: str) -> bool:
    """Whether a date stands as its source or as somebody typed it: in citations of parameters and among specimens."""
    return fault.startswith("a bare date") and visit.name.startswith(("codes:", "look:"))


def _faults_of_colours(page: Page, themes: tuple[str, ...]) -> list[str]:
    """What axe objects to when the page that stands there changes into other themes."""
    if page.evaluate("document.documentElement.dataset.theme") == "screen":
        return []  # a hall screen has one theme, whoever looks
    faults = []
    for theme in themes:
        page.evaluate(WEAR, theme)
        faults += [f"{theme}: {fault}" for fault in axe_faults(page, AXE_COLOURS)]
    return faults


def _submit(page: Page, button: str) -> int:
    """Send the form as it stands, whatever the browser itself would object to; the status of the answer."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true; })")
    with page.expect_navigation(timeout=8000) as sent:
        page.locator(button).first.click(timeout=4000)
    return sent.value.status


def _shoot(page: Page, visit: Visit) -> None:
    """Keep a picture for human eyes; set OPENPES_SHOTS=1 for it."""
    size, language = page.viewport_size, page.evaluate("document.documentElement.lang")
    theme = page.evaluate("document.documentElement.dataset.theme")
    folder = SHOTS / f"{size['width']}-{language}-{theme}"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{visit.name}-{visit.path.strip('/')}".replace("/", "_").replace(":", ".")[:90]
    page.screenshot(path=folder / f"{name}{'-sent' if visit.submit else ''}.png", full_page=True)


PASSWORD_TYPED = "input[type=password]"


@pytest.mark.parametrize("guise", GUISES.values(), ids=GUISES)
def test_the_page_that_asks_for_the_second_factor_is_sound(entered, guise):
    page = entered(language=guise.language, theme=guise.theme, width=guise.width, height=guise.height).new_page()
    page.goto(reverse("account_login"))
    page.fill("#id_login", "neighbour_clerk")
    page.fill(PASSWORD_TYPED, PASSWORD)
    page.press(PASSWORD_TYPED, "Enter")
    page.wait_for_url(f"**{reverse('mfa_authenticate')}*")
    page.fill("input[name=code]", "000000")
    for _wrong in range(2):
        assert faults_of(page) + _faults_of_colours(page, guise.more_themes) == []
        page.press("input[name=code]", "Enter")
        page.wait_for_selector("[data-errors]")
    page.context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_of_a_clerk_has_its_place_in_the_navigation_of_a_desk(entered, language):
    page = entered("county_clerk", language=language).new_page()
    page.goto(reverse("counter:home"))
    shown = page.locator("[data-nav] > li:visible > a")
    assert shown.count() == page.locator("[data-nav] a").count() >= 9
    assert page.locator("[data-nav-more]").is_hidden()
    page.locator(".bar-who").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('access:account')}")
    page.context.close()


def test_a_theme_in_which_words_vanish_is_found(entered):
    """The planted mistake: a colour that only one theme makes unreadable."""
    page = entered("county_clerk").new_page()
    page.goto(reverse("counter:home"))
    page.evaluate("document.querySelector('h1').style.color = '#333'")
    assert faults_of(page) == []
    assert any(fault.startswith("dark: axe color-contrast") for fault in _faults_of_colours(page, ("dark",)))
    page.context.close()


PLANTED = {
    "axe label": "document.querySelector('#find-box').labels[0].remove()",
    "field without a label": "document.querySelector('#find-box').labels[0].remove()",
    "axe color-contrast": "document.querySelector('h1').style.color = '#ccc'",
    "a bare date": "document.querySelector('h2').textContent = '2026-11-23'",
    "has 2 h1": "document.querySelector('h2').outerHTML = '<h1>Heading</h1>'",
    "px wide in a window": "document.querySelector('main').style.minWidth = '3000px'",
    "not translated: 'Save the draft'": "document.querySelector('h2').textContent = 'Save the draft'",
}


@pytest.mark.parametrize(("fault", "mistake"), PLANTED.items(), ids=PLANTED)
def test_a_planted_mistake_is_found(entered, fault, mistake):
    page = entered("county_clerk").new_page()
    page.goto(reverse("counter:home"))
    assert faults_of(page) == []
    page.evaluate(mistake)
    assert any(fault in found for found in faults_of(page))
    page.context.close()


def test_chinese_on_an_english_page_is_found_but_data_are_not(entered):
    page = entered("county_clerk", language="en").new_page()
    page.goto(reverse("counter:home"))
    assert faults_of(page) == []
    page.evaluate("document.querySelector('h2').textContent = '查找人员'")
    assert [fault for fault in faults_of(page) if fault.startswith("not translated")]
    page.context.close()


def test_a_script_against_the_security_policy_is_heard(entered):
    page = entered().new_page()
    with _listening(page) as complaints:
        page.goto(reverse("portal:places"))
        page.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: 'window.x = 1' }))")
    assert any("Content Security Policy" in complaint for complaint in complaints)
    page.context.close()


def test_an_address_with_an_unknown_argument_says_what_to_add(place):
    unknown = path("fairs/<int:fair>/", lambda request, fair: None, name="fair")
    with pytest.raises(AssertionError, match=r"fairs:fair asks for <fair>: add to tests/browser/pages\.py"):
        arguments_of("fairs:fair", unknown, place.town)
