"""Surveys for the walls: planned in every area, and in villages visited and drawn for a spot-check."""

from datetime import datetime
from typing import Any

from openpes.kernel import Actor, within
from openpes.surveys.actions import draw_check, start_campaign
from openpes.surveys.models import CheckedHousehold, SurveyHousehold
from tests.surveys.factories import LAND, planned, village_of, visited

OFFICE = Actor(id=9005, scope="4501")


def furnish(city: Any, area: str, mark: str, owners: tuple[Any, Any], at: datetime) -> None:
    """The surveys of one area; of the owners the first sees the area's own, the second also stands below it."""
    own, below = owners
    clerk = Actor(id=9000, scope=area)
    campaign = planned(clerk, at, area=area, title=city.mark(f"查雀{mark}", below))
    city.add("campaign", campaign.pk, below)
    if len(area) < 12:
        return
    start_campaign(campaign=campaign.pk, by=clerk, at=at)
    with within(area):
        village = village_of(campaign, area)
        row = SurveyHousehold.objects.get(village=village)
        visited(clerk, at, row, household=LAND, note=city.mark(f"记雀{mark}", own))
    check = draw_check(village=village.pk, seed=city.mark(f"种雀{mark}", own), by=OFFICE, at=at)
    with within(area):
        checked = CheckedHousehold.objects.get(check_of=check)
    city.add("survey village", village.pk, own)
    city.add("survey household", row.pk, own)
    city.add("spot-check", check.pk, own)
    city.add("checked household", checked.pk, own)
