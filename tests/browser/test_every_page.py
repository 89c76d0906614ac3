"""Every page of the platform in a real browser: nothing axe objects to, every word translated, nothing too wide."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.urls import path, reverse
from playwright.sync_api import ConsoleMessage, Error, Page

from tests.browser.inspection import AXE_COLOURS, AXE_TAGS, faults_of
from tests.browser.pages import Visit, arguments_of, visits

pytestmark = pytest.mark.browser
SHOTS = Path(__file__).resolve().parents[2] / "var" / "test" / "shots"


@dataclass(frozen=True)
class Guise:
    """How the browser shows pages: language, theme and size of the window."""

    language: str
    theme: str
    width: int
    height: int
    rules: dict = field(default_factory=lambda: AXE_TAGS)


GUISES = {
    "Chinese, light, on a desk": Guise("zh-hans", "light", 1440, 900),
    "English, dark, on a phone": Guise("en", "dark", 390, 844),
    # the same pages as the first, so only what depends on colours is judged again
    "Chinese, high contrast, on a desk": Guise("zh-hans", "contrast", 1440, 900, AXE_COLOURS),
}


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
        return faults + faults_of(page, guise.rules) + complaints


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


PLANTED = {
    "axe label": "document.querySelector('#find-box').labels[0].remove()",
    "field without a label": "document.querySelector('#find-box').labels[0].remove()",
    "axe color-contrast": "document.querySelector('h1').style.color = '#ccc'",
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
