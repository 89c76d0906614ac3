"""Campaigns and households for tests, made the way the offices make them."""

from datetime import date, datetime
from typing import Any

from openpes.kernel import Actor, within
from openpes.people.actions import HouseholdFacts, form_household, join_household
from openpes.people.models import Household
from openpes.surveys.actions import (
    MemberTold,
    Plan,
    Visit,
    assign_villages,
    draw_check,
    plan_campaign,
    record_visit,
    start_campaign,
)
from openpes.surveys.models import Campaign, CheckedHousehold, SurveyAnswer, SurveyHousehold, SurveyVillage
from openpes.surveys.queries import household_sheet
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import a_person, id_number

FROM_ON, UNTIL_ON, REFERENCE_ON = date(2026, 11, 20), date(2026, 12, 20), date(2026, 11, 1)
WORK = {
    "status": "1", "industry": "C", "work_area": "3", "work_way": "1", "income_fen": 3_600_000,
    "training_wish": "电工", "intention": "2",
}  # fmt: skip
LAND = {"hardship": "5", "farmland_mu": "3.5", "land_taken": "no"}


def a_home(by: Actor, at: datetime, booklet: str = "H001", area: str = VILLAGE, size: int = 2) -> Household:
    """A household of a head and, when it is larger, the spouse and children who are at school."""
    head = a_person(by=by, at=at, area=area, name="覃大山", id_number=id_number(date(1980, 3, 9)), hukou="20").pk
    facts = HouseholdFacts(area=area, booklet_no=booklet, address="新竹路 1 号")
    home = form_household(facts=facts, head=head, from_on=at.date(), by=by, at=at)
    for place in range(1, size):
        spouse = place == 1
        born_on, name = (date(1982, 6, 1), "韦小兰") if spouse else (date(2014, 2, 3), "覃小宝")
        number = id_number(born_on, "2" if spouse else "1")
        person = a_person(by=by, at=at, area=area, name=name, id_number=number, hukou="20").pk
        relation = "1" if spouse else "2"
        join_household(household=home.pk, person=person, relation=relation, from_on=at.date(), by=by, at=at)
    return home


def a_plan(**changes: Any) -> Plan:
    told = {
        "title": "2026年农村劳动力资源调查", "area": COUNTY, "from_on": FROM_ON, "until_on": UNTIL_ON,
        "reference_on": REFERENCE_ON,
    }  # fmt: skip
    return Plan(**(told | changes))


def planned(by: Actor, at: datetime, **changes: Any) -> Campaign:
    return plan_campaign(plan=a_plan(**changes), questionnaire="rural_labour", by=by, at=at)


def running(by: Actor, at: datetime, **changes: Any) -> Campaign:
    return start_campaign(campaign=planned(by, at, **changes).pk, by=by, at=at)


def village_of(campaign: Campaign, area: str = VILLAGE) -> SurveyVillage:
    return SurveyVillage.objects.get(campaign=campaign, area=area)


def listed(campaign: Campaign, home: Household) -> SurveyHousehold:
    return SurveyHousehold.objects.get(village__campaign=campaign, household=home)


def a_row(by: Actor, at: datetime, **facts: Any) -> SurveyHousehold:
    """A household of the register on the list of a running campaign."""
    home = a_home(by, at, **facts)
    return listed(running(by, at), home)


def members_told(by: Actor, at: datetime, row: SurveyHousehold, **changes: Any) -> tuple[MemberTold, ...]:
    """What a household says when it is asked: what the register knows, and of those asked about work the same work."""
    sheet = household_sheet(scope=by.scope, hands=by.hands, pk=row.pk, on=at.date())
    return tuple(
        MemberTold(
            person=one.person.pk,
            field=f"m{one.person.pk}",
            told={key: value for key, value in one.known.items() if key in ("relation", "name", "education", "hukou")}
            | ((WORK | changes) if one.asked_about_work else {}),
        )
        for one in sheet.members
    )


def a_visit(by: Actor, at: datetime, row: SurveyHousehold, **changes: Any) -> Visit:
    row.refresh_from_db()
    told: dict[str, Any] = {
        "outcome": "met", "way": "phone", "surveyed_on": at.date(), "seen": row.answer_id or 0, "household": LAND,
        "members": members_told(by, at, row),
    }  # fmt: skip
    return Visit(**(told | changes))


def visited(by: Actor, at: datetime, row: SurveyHousehold, **changes: Any) -> SurveyAnswer:
    return record_visit(household=row.pk, visit=a_visit(by, at, row, **changes), by=by, at=at)


def shown_to_everybody(clerk: Actor, officer: Actor, at: datetime) -> dict[str, int]:
    """A survey with something on each of its pages, and the ids of what they show: a village surveyed and drawn for a
    spot-check, a household of another village that waits."""
    with within(COUNTY):
        waiting = a_home(clerk, at, "S001", area="450103001006", size=3)
        campaign = running(clerk, at)
        here, row = village_of(campaign), listed(campaign, waiting)
        assign_villages(officers={here.pk: officer.id}, by=clerk, at=at)
        for home in SurveyHousehold.objects.filter(village=here):
            visited(officer, at, home)
        check = draw_check(village=here.pk, seed="0a1b2c3d", by=clerk, at=at)
        checked = CheckedHousehold.objects.filter(check_of=check).order_by("pk").first()
    assert checked is not None
    return {
        "campaign": campaign.pk, "survey_village": here.pk, "survey_household": row.pk, "spot_check": check.pk,
        "checked_household": checked.pk, "waiting_village": row.village_id,
    }  # fmt: skip
