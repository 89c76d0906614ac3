"""By keyboard: a report from its draft to the public and to its correction, a target from its proposal to the towns."""

from datetime import date, datetime

import pytest
from playwright.sync_api import expect

from openpes.kernel import within
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.scope import CITY
from openpes.statistics.models import ReportEdition, Target
from tests.cast import assemble
from tests.employers.factories import make_employer
from tests.people.factories import a_person
from tests.registration.factories import wishing
from tests.served import give_password, served
from tests.stories.keyboard import Hands
from tests.vacancies.factories import make_open

pytestmark = pytest.mark.browser
IN_IT = datetime(2026, 8, 12, 10, tzinfo=BUSINESS_ZONE)
WORDS = "A calm quarter with many places."


def at_desk(new_context, base: str, username: str) -> Hands:
    hands = Hands(new_context().new_page(), base)
    hands.page.context.add_cookies([{"name": "django_language", "value": "en", "url": base}])
    hands.sign_in(username)
    return hands


def unfold(hands: Hands, selector: str) -> None:
    """Go to a folded part and open it with Enter."""
    hands.tab_to(f"{selector} > summary")
    hands.press("Enter")
    expect(hands.page.locator(selector).first).to_have_attribute("open", "")


def a_quarter_with_figures(clerk) -> None:
    firm = make_employer(clerk, IN_IT, area=clerk.scope).pk
    make_open(clerk, IN_IT, employer=firm, openings=40, closes_on=date(2026, 9, 10))
    for _n in range(7):
        wishing(a_person(by=clerk, at=IN_IT).pk, by=clerk, at=IN_IT, occupations=("6-31-05-00",))


def test_a_report_is_published_and_corrected_and_a_target_reaches_the_towns_with_keys_alone(city, at, new_context):
    cast = assemble(at)
    a_quarter_with_figures(cast.county_clerk.actor)
    give_password(cast.statistician.account, cast.city_clerk.account)
    with served(city, at=at) as base:
        maker, second = (at_desk(new_context, base, name) for name in ("statistician", "city_clerk"))
        _is_drawn_up_in_own_words(maker)
        _is_published(second)
        _is_corrected(maker, second)
        _target_is_proposed(maker)
        _target_is_agreed_to_and_handed_down(second)
    with within(CITY):
        assert [(one.edition, one.reason) for one in ReportEdition.objects.order_by("edition")] == [
            (1, ""), (2, "A sentence was wrong."),
        ]  # fmt: skip
        assert Target.objects.filter(area="450103001", goal=90).count() == 1


def _is_drawn_up_in_own_words(maker: Hands) -> None:
    maker.command("Reports")
    maker.sees("40")
    unfold(maker, "details.draw-up")
    maker.follow("details.draw-up button")
    maker.sees("Draft: Supply and demand")
    unfold(maker, "ol.sentences details")
    maker.into("ol.sentences textarea", WORDS)
    maker.follow("ol.sentences details[open] button")
    maker.sees("edited")
    assert maker.page.locator('form[action$="/publish/"]').count() == 0  # its maker does not publish it


def _is_published(second: Hands) -> None:
    second.command("Published reports")
    second.follow('main a[href^="/statistics/drafts/"]')
    second.sees(WORDS)
    second.follow('form[action$="/publish/"] button')
    second.sees("is published")
    second.follow('main a[href^="/statistics/published/"]')
    second.sees(f"{WORDS} (edited by hand)")


def _is_corrected(maker: Hands, second: Hands) -> None:
    maker.command("Reports")
    unfold(maker, "details.draw-up")
    maker.follow("details.draw-up button")
    maker.sees("a correction is a new edition and says why")
    maker.open("/statistics/report/")
    unfold(maker, "details.draw-up")
    maker.into("#reason", "A sentence was wrong.")
    maker.follow("details.draw-up button")
    second.open("/statistics/editions/")
    second.follow('main a[href^="/statistics/drafts/"]')
    second.follow('form[action$="/publish/"] button')
    second.sees("edition 2")


def _target_is_proposed(maker: Hands) -> None:
    maker.follow('nav.room-pages a[href="/statistics/targets/"]')
    maker.choose('select[name="indicator"]', "points_online")
    maker.into('input[name="goal"]', "90")
    maker.into('input[name="from_on"]', "20260101")
    maker.follow('form[action*="/targets/propose/"] button')
    maker.sees("Waiting for the second officer")


def _target_is_agreed_to_and_handed_down(second: Hands) -> None:
    second.command("Targets")
    second.follow('main a[href^="/statistics/targets/"].list-title')
    second.follow('button[name="agrees"][value="yes"]')
    for county in ("", "450103"):  # from the city to its counties, from one of them to its towns
        if county:
            with within(CITY):
                second.open(f"/statistics/targets/{Target.objects.get(area=county).pk}/")
        second.follow('form[action$="/hand-down/"] button')
        second.sees("who holds back")
