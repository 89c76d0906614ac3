"""A labour survey of the demo city on its way: one county, some villages given out, some households visited."""

from collections import Counter
from datetime import datetime, timedelta

from openpes.access.models import Account
from openpes.demo.rules.accounts import COUNTY, NEIGHBOUR, TOWN, VILLAGE
from openpes.kernel import Actor, action, clock
from openpes.surveys.actions import (
    MemberTold,
    Plan,
    Visit,
    ask_again,
    assign_villages,
    draw_check,
    mark_check,
    plan_campaign,
    record_visit,
    start_campaign,
)
from openpes.surveys.choices import Outcome, Way
from openpes.surveys.models import Campaign, CheckedHousehold, SurveyHousehold, SurveyVillage
from openpes.surveys.queries import HouseholdSheet, KnownMember, household_sheet, told_of

DAYS_GONE, DAYS_LEFT = 5, 20
OF_OFFICER, OF_TOWN, FINISHED_MOST = 14, 6, 12
# How far the spot-check of each finished village is.
ENDS = ("drawn", "passed", "failed", "marked")
DIFFERENT = {"status": "4", "industry": None, "work_area": None}
SEED = "demo"
NAMES = ("county_clerk", "township_clerk", "village_officer", "city_clerk", "neighbour_clerk")
# What working members say, one after the other: status, industry, where, how it was found, fen a year, intention.
WORK = (
    ("1", "C", "4", "1", 5_400_000, "3"), ("2", "F", "1", "5", 3_200_000, "2"), ("5", "A", "", "", 1_800_000, "1"),
    ("1", "E", "3", "4", 6_000_000, "3"), ("4", "", "", "", None, "2"), ("3", "H", "1", "5", 4_500_000, "2"),
)  # fmt: skip


@action
def play_survey(*, by: Actor, at: datetime) -> int:
    """Let the county survey its villages: a plan, officers, visits, some small ones finished and spot-checked.

    Returns the number of visits; without the demo accounts, or when there is a campaign already, nothing happens.
    """
    accounts = dict(Account.objects.filter(username__in=NAMES).values_list("username", "pk"))
    if len(accounts) < len(NAMES) or Campaign.objects.visible_to(by.scope).exists():
        return 0
    places = (COUNTY, TOWN, VILLAGE, by.scope, NEIGHBOUR)
    county, town, officer, city, neighbour = (
        Actor(id=accounts[name], scope=scope) for name, scope in zip(NAMES, places, strict=True)
    )
    begun = at - timedelta(days=DAYS_GONE)
    campaign = _ordered(county, begun)
    villages = SurveyVillage.objects.visible_to(COUNTY).filter(campaign=campaign).order_by("area")
    given = {one.pk: officer.id for one in villages.filter(area=VILLAGE)}
    given |= {one.pk: town.id for one in villages.filter(area__startswith=TOWN)}
    assign_villages(officers=given, by=county, at=at)  # the roles of the demo accounts begin on its day
    visits = _visited(campaign, officer, OF_OFFICER, at) + _visited(campaign, town, OF_TOWN, at)
    _planned(neighbour, at)
    return visits + _finished(campaign, town, county, city, at)


def _ordered(county: Actor, begun: datetime) -> Campaign:
    first = clock.day_of(begun)
    plan = Plan(
        title=f"{first.year}年农村劳动力资源调查（演示）", area=COUNTY, from_on=first,
        until_on=first + timedelta(days=DAYS_GONE + DAYS_LEFT), reference_on=first.replace(day=1),
    )  # fmt: skip
    planned = plan_campaign(plan=plan, questionnaire="rural_labour", by=county, at=begun)
    return start_campaign(campaign=planned.pk, by=county, at=begun)


def _visited(campaign: Campaign, officer: Actor, most: int, at: datetime) -> int:
    """The officer's first households, a few a day: most answer, one is not met, one refuses, one has moved."""
    rows = SurveyHousehold.objects.visible_to(officer.scope).filter(village__campaign=campaign)
    chosen = list(rows.order_by("area", "number")[:most])
    for number, row in enumerate(chosen):
        outcome = {4: Outcome.NOT_MET, 9: Outcome.REFUSED, 11: Outcome.MOVED}.get(number, Outcome.MET)
        days = DAYS_GONE - 1 - number * (DAYS_GONE - 1) // most
        _visit(row, outcome, number, officer, at - timedelta(days=days))
    return len(chosen)


def _visit(row: SurveyHousehold, outcome: str, number: int, officer: Actor, moment: datetime) -> None:
    sheet = household_sheet(scope=officer.scope, hands=officer.hands, pk=row.pk, on=clock.day_of(moment))
    if not sheet.members:
        outcome = Outcome.NOT_MET
    told = {"hardship": "5", "farmland_mu": f"{number % 7 + 1}.5", "land_taken": "yes" if number % 6 == 5 else "no"}
    members = tuple(_told(sheet, one, number + place) for place, one in enumerate(sheet.members))
    visit = Visit(
        outcome=outcome, way=Way.PAPER if number % 5 == 3 else Way.PHONE, surveyed_on=clock.day_of(moment),
        seen=row.answer_id or 0, household=told, members=members,
    )  # fmt: skip
    record_visit(household=row.pk, visit=visit, by=officer, at=moment)


def _told(sheet: HouseholdSheet, one: KnownMember, number: int) -> MemberTold:
    known = {question.key: one.known.get(question.key) for question in sheet.questions_of(one)}
    if one.asked_about_work:
        status, industry, place, way, income, intention = WORK[number % len(WORK)]
        known |= {
            "status": status, "industry": industry, "work_area": place, "work_way": way, "income_fen": income,
            "training_wish": ("", "电工", "家政服务")[number % 3], "intention": intention,
        }  # fmt: skip
    return MemberTold(told=known, person=one.person.pk, field=f"m{one.person.pk}")


def _finished(campaign: Campaign, town: Actor, county: Actor, city: Actor, at: datetime) -> int:
    """Small villages of the town are finished and checked, each to another end; gives the number of visits."""
    rows = SurveyHousehold.objects.visible_to(town.scope).filter(village__campaign=campaign)
    sizes = Counter(rows.order_by().values_list("village", flat=True))
    small = sorted((size, village) for village, size in sizes.items() if 2 <= size <= FINISHED_MOST)
    visits = 0
    for end, (_size, village) in zip(ENDS, small, strict=False):
        left = list(rows.filter(village=village).exclude(state__in=("confirmed", "changed")).order_by("number"))
        for number, row in enumerate(left):
            _visit(row, Outcome.MET, number, town, at - timedelta(days=2))
        visits += len(left)
        _check(village, end, county, city, at)
    return visits


def _check(village: int, end: str, county: Actor, city: Actor, at: datetime) -> None:
    """The county draws and asks a sample again; the first mark is the county's, the second the city's."""
    check = draw_check(village=village, seed=SEED, by=county, at=at - timedelta(days=1))
    chosen = list(CheckedHousehold.objects.filter(check_of=check).select_related("answer").order_by("household"))
    for row in chosen[:1] if end == "drawn" else chosen:
        told = told_of(row.answer)
        if end == "failed":
            told = {who: answers | DIFFERENT if "status" in answers else answers for who, answers in told.items()}
        ask_again(checked=row.pk, is_met=True, told=told, by=county, at=at)
    markers = {"marked": [county], "passed": [county, city], "failed": [county, city]}.get(end, [])
    for marker in markers:
        asked = CheckedHousehold.objects.filter(check_of=check)
        seen = sum(row.compared for row in asked), sum(len(row.different) for row in asked)
        mark_check(check=check.pk, seen=seen, by=marker, at=at)


def _planned(neighbour: Actor, at: datetime) -> None:
    """The next county has ordered a survey that begins later."""
    first = clock.day_of(at) + timedelta(days=DAYS_LEFT)
    plan = Plan(
        title=f"{first.year}年冬季劳动力资源调查（演示）", area=neighbour.scope, from_on=first,
        until_on=first + timedelta(days=DAYS_GONE + DAYS_LEFT), reference_on=clock.day_of(at).replace(day=1),
    )  # fmt: skip
    plan_campaign(plan=plan, questionnaire="rural_labour", by=neighbour, at=at)
