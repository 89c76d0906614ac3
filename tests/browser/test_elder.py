"""Large text: every public page says whom to call, is large, and holds nothing that axe objects to in any theme."""

import pytest

from tests.browser.inspection import AXE_COLOURS, axe_faults, faults_of
from tests.browser.pages import VISITOR, visits
from tests.browser.test_every_page import WEAR

pytestmark = pytest.mark.browser
THEMES = ("dark", "contrast")
BARE = ("screens:hall", "screens:strip", "screens:kiosk", "counter:hall")  # screens that nobody sets up for himself
SAMPLES = ("/look/style/desk", "/look/style/screen")  # specimens of frames that no visitor meets
MEASURE = """() => ({
  text: parseFloat(getComputedStyle(document.querySelector("main p, main li, main td") ?? document.body).fontSize),
  phone: document.querySelector(".elder-phone a")?.getBoundingClientRect().height ?? 0,
})"""


@pytest.mark.parametrize(("width", "height", "language"), [(1440, 900, "zh-hans"), (390, 844, "en")])
def test_every_public_page_is_large_strong_and_names_a_telephone(place, entered, width, height, language):
    context = entered(VISITOR, language=language, width=width, height=height)
    context.add_cookies([{"name": "size", "value": "elder", "url": place.base}])
    page, faults, seen = context.new_page(), [], 0
    for visit in visits(place.town):
        if visit.role != VISITOR or visit.submit:
            continue
        answer = page.request.get(visit.path, max_redirects=0)
        if not answer.headers.get("content-type", "").startswith("text/html") or answer.status in (301, 302, 405):
            continue
        page.goto(visit.path)
        found = faults_of(page)
        if page.evaluate("document.documentElement.dataset.theme") != "screen":
            for theme in THEMES:
                page.evaluate(WEAR, theme)
                found += [f"{theme}: {fault}" for fault in axe_faults(page, AXE_COLOURS)]
        if visit.name not in BARE and visit.path not in SAMPLES:
            size = page.evaluate(MEASURE)
            found += [f"text of {size['text']} px"] if size["text"] < 18 else []
            found += [f"a telephone of {size['phone']} px"] if size["phone"] < 44 else []
        seen += 1
        faults += [f"{visit.name} {visit.path}: {fault}" for fault in found if "a bare date" not in fault]
    context.close()
    assert seen > 15
    assert not faults, "\n" + "\n".join(faults)


def test_the_choice_is_remembered_by_this_browser(place, entered):
    context = entered(VISITOR)
    page = context.new_page()
    page.goto("/portal/places/")
    assert page.locator(".elder-phone").count() == 0
    page.get_by_role("link", name="长者版").first.click()
    page.goto("/network/near")
    assert page.locator(".elder-phone a").inner_text().strip().endswith("12333")
    cookie = next(one for one in context.cookies() if one["name"] == "size")
    assert cookie["value"] == "elder" and cookie["expires"] > 0
    context.close()
