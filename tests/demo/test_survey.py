"""The demo city's survey: under way, with something on every page, played once."""

import pytest

from openpes.demo.actions import build_city, open_demo_accounts, play_survey
from openpes.demo.rules.accounts import COUNTY, NEIGHBOUR
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.surveys.models import Assignment, Campaign, SpotCheck, SurveyAnswer, SurveyHousehold
from openpes.surveys.queries import board

pytestmark = pytest.mark.django_db


def test_the_demo_city_has_a_survey_under_way(at):
    open_demo_accounts(by=PLATFORM, at=at)
    build_city(people=400, seed=3, owner="", by=PLATFORM, at=at)
    visits = play_survey(by=PLATFORM, at=at)
    with within("4501"):
        campaign = Campaign.objects.get(state="running")
        shown = board(scope="4501", campaign=campaign, inside=COUNTY, on=at.date())
        assert campaign.state == "running" and Assignment.objects.exists()
        assert visits == SurveyAnswer.objects.count() >= 3
        again = SurveyHousehold.objects.filter(village__state="again")
        assert visits == again.count() + sum(SurveyHousehold.objects.values_list("visits", flat=True))
        assert Campaign.objects.get(state="planned").area == NEIGHBOUR
        assert 0 < shown.total.of("done") < shown.total.known and shown.days_left == 20
        states = list(SpotCheck.objects.order_by("id").values_list("state", flat=True))
        assert states == ["drawn", "passed", "failed", "marked"][: len(states)]
    assert play_survey(by=PLATFORM, at=at) == 0
