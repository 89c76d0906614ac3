"""A village survey with a spot-check, by keyboard: planned, given out, visited without a line, checked, sent back."""

import pytest

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.models import LedgerEntry
from openpes.surveys.models import (
    Assignment,
    Campaign,
    CheckedHousehold,
    SpotCheck,
    SurveyAnswer,
    SurveyHousehold,
    SurveyVillage,
)
from tests.cast import VILLAGE, assemble
from tests.served import give_password, served
from tests.stories.keyboard import Hands
from tests.surveys.factories import a_home

PHONE = {"width": 390, "height": 844}
WORK = {"status": "1", "industry": "C", "work_area": "3", "work_way": "1", "intention": "2"}


@pytest.mark.browser
def test_a_village_is_surveyed_on_a_phone_and_sent_back_by_a_spot_check(city, at, new_context):
    cast = assemble(at)
    for booklet in ("H001", "H002"):
        a_home(cast.county_clerk.actor, at, booklet)
    staff = (cast.city_clerk, cast.county_clerk, cast.township_clerk, cast.village_officer)
    give_password(*(one.account for one in staff))
    with served(city, at=at) as base:
        clerk = _at(new_context, base, "county_clerk")
        village = _planned_and_given_out(clerk)
        officer = _at(new_context, base, "village_officer", on_phone=True)
        _at_the_doors(officer)
        check = _drawn(clerk, village)
        _asked_again(_at(new_context, base, "township_clerk", on_phone=True), check)
        _marked_by_two(clerk, _at(new_context, base, "city_clerk"), check)
        officer.open("/surveys/mine/")
        officer.sees("To be surveyed again")
        with within(CITY):
            campaign = Campaign.objects.get().pk
        clerk.open(f"/surveys/{campaign}/")
        clerk.follow('form[action$="/close/"] button')
        clerk.sees("was sent back and is not surveyed again yet")


def _at(new_context, base: str, username: str, *, on_phone: bool = False) -> Hands:
    hands = Hands(new_context().new_page(), base)
    if on_phone:
        hands.page.set_viewport_size(PHONE)
    hands.page.context.add_cookies([{"name": "django_language", "value": "en", "url": base}])
    hands.sign_in(username)
    return hands


def _planned_and_given_out(clerk: Hands) -> int:
    clerk.open("/surveys/")
    clerk.command("Plan a labour survey")
    clerk.into('input[name="title"]', "冬季农村劳动力调查")
    clerk.into('input[name="from_on"]', "20261123")
    clerk.into('input[name="until_on"]', "20261220")
    clerk.into('input[name="reference_on"]', "20261101")
    clerk.save()
    clerk.sees("The survey is planned")
    clerk.save()
    clerk.sees("give the villages to their officers")
    with within(CITY):
        village = SurveyVillage.objects.get(area=VILLAGE).pk
    clerk.tick(f'input[name="village"][value="{village}"]')
    clerk.save()
    clerk.sees("1 village has a new officer")
    with within(CITY):
        assert Assignment.objects.in_hand().get().account.username == "village_officer"
    return village


def _at_the_doors(officer: Hands) -> None:
    """The first household with a line, the second without: it is kept on the phone and sent when the line is back."""
    officer.open("/surveys/mine/")
    officer.follow('main a.list-title')
    officer.follow("main a.btn-large")
    officer.sees("覃大山")
    _answer(officer)
    officer.save()
    officer.sees("Recorded: 覃大山")
    with within(CITY):
        assert SurveyHousehold.objects.get(number=1).state == "changed" and LedgerEntry.objects.count() == 2
    _answer(officer)
    officer.page.wait_for_load_state("networkidle")
    officer.page.context.set_offline(True)
    officer.press("Alt+s")
    officer.sees("No line. What you entered is kept on this device")
    with within(CITY):
        assert SurveyAnswer.objects.count() == 1
    officer.page.context.set_offline(False)
    officer.sees("The line is back; everything was sent")
    with within(CITY):
        assert SurveyAnswer.objects.count() == 2
        assert SurveyHousehold.objects.get(number=2).state == "changed"


def _answer(officer: Hands) -> None:
    """Both adults of the household work away."""
    for member in officer.page.locator('select[name^="m"][name$="-status"]').all():
        prefix = (member.get_attribute("name") or "").removesuffix("-status")
        for key, value in WORK.items():
            officer.choose(f'select[name="{prefix}-{key}"]', value)


def _drawn(clerk: Hands, village: int) -> int:
    clerk.open(f"/surveys/villages/{village}/")
    clerk.sees("100")
    clerk.follow('form[action$="/draw/"] button')
    clerk.sees("another officer asks these households again")
    with within(CITY):
        assert CheckedHousehold.objects.count() == 2
        return SpotCheck.objects.get().pk


def _asked_again(colleague: Hands, check: int) -> None:
    """The colleague hears that nobody has work."""
    for _household in range(2):
        colleague.open(f"/surveys/checks/{check}/")
        colleague.follow('main a[href*="/checked/"]')
        for member in colleague.page.locator('select[name$="-status"]').all():
            colleague.choose(f'select[name="{member.get_attribute("name")}"]', "4")
        colleague.save()
        colleague.sees("Recorded: 覃大山")
    colleague.sees("With these answers it is surveyed again")


def _marked_by_two(clerk: Hands, judge: Hands, check: int) -> None:
    clerk.open(f"/surveys/checks/{check}/")
    clerk.sees("Unemployed")
    clerk.save()
    clerk.sees("another person gives the second mark")
    judge.open(f"/surveys/checks/{check}/")
    judge.save()
    judge.sees("the village is surveyed again")
    with within(CITY):
        village = SurveyVillage.objects.get(area=VILLAGE)
        assert (village.state, village.round) == ("again", 2)
        found = SpotCheck.objects.get()
        assert found.state == "failed" and found.first_by != found.second_by
