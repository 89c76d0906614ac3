"""A campaign from its order to its end, and which officer gets which village."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from openpes.engine.areas import contains
from openpes.engine.parameters import parameters
from openpes.engine.questionnaires import questionnaires, questionnaires_on
from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if
from openpes.network.choices import Level
from openpes.network.queries import area_choices, area_exists, area_name
from openpes.surveys import rules
from openpes.surveys.choices import OPEN_CHECKS, CampaignState, VillageState
from openpes.surveys.events import (
    CampaignClosed,
    CampaignPlanned,
    CampaignStarted,
    HouseholdsTakenIn,
    VillageAssigned,
)
from openpes.surveys.models import Assignment, Campaign, SpotCheck, SurveyHousehold, SurveyVillage
from openpes.surveys.queries import surveys_in, unfinished

# Every household of the villages with present members that is not listed yet, numbered after those that are.
TAKE_IN = """
INSERT INTO surveys_surveyhousehold (area, village_id, household_id, number, state, visits)
SELECT home.area, village.id, home.id,
       row_number() OVER (PARTITION BY village.id ORDER BY home.booklet_no COLLATE "C", home.id)
       + coalesce((SELECT max(number) FROM surveys_surveyhousehold AS listed WHERE listed.village_id = village.id), 0),
       'open', 0
FROM surveys_surveyvillage AS village JOIN people_household AS home ON home.area = village.area
WHERE village.id = ANY(%s)
  AND EXISTS (SELECT FROM people_householdmember AS member WHERE member.household_id = home.id
              AND member.from_on <= %s AND (member.until_on IS NULL OR member.until_on > %s))
  AND NOT EXISTS (SELECT FROM surveys_surveyhousehold AS listed
                  WHERE listed.village_id = village.id AND listed.household_id = home.id)
"""


@action
def plan_campaign(*, plan: rules.Plan, questionnaire: str, by: Actor, at: datetime) -> Campaign:
    """Order a labour survey with the version of the questions that is in force on its first day.

    :raises Refused: with a reason for every field that is wrong
    """
    asked = {one.code: one for one in questionnaires_on(plan.from_on)}.get(questionnaire)
    earliest = min((one.from_on for one in questionnaires() if one.code == questionnaire), default=plan.reference_on)
    is_area, today = area_exists(plan.area), clock.day_of(at)
    wrong = list(rules.why_not_plan(plan, scope=by.scope, is_area=is_area, earliest=earliest, today=today))
    refuse_if(wrong if asked else [*wrong, rules.why_no_questions()])
    assert asked is not None
    planned = Campaign.objects.create(
        area=plan.area, title=plan.title.strip(), questionnaire=asked.code, version=asked.version,
        from_on=plan.from_on, until_on=plan.until_on, reference_on=plan.reference_on, ordered_by=by.id, ordered_at=at,
    )  # fmt: skip
    period = {"from_on": plan.from_on, "until_on": plan.until_on}
    publish(CampaignPlanned(campaign=planned.pk, **period, area=planned.area, by=by.id, at=at))
    return planned


@action
def start_campaign(*, campaign: int, by: Actor, at: datetime) -> Campaign:
    """Start a planned campaign: its villages and the households that the register knows there become its list.

    :raises Campaign.DoesNotExist: it is not of the actor's area
    :raises Refused: it was started, is over, or a village is surveyed with the same questions already
    """
    row, today = _locked(campaign, by), clock.day_of(at)
    paths = [path for path, _label in area_choices(row.area, Level.VILLAGE)]
    refuse_if(rules.why_not_start(state=row.state, until_on=row.until_on, villages=len(paths), today=today))
    villages = _store_villages(row, paths)
    households = _take_in(villages, at)
    row.state, row.started_at = CampaignState.RUNNING, at
    row.save(update_fields=["state", "started_at"])
    told = {"villages": len(villages), "households": households}
    publish(CampaignStarted(campaign=row.pk, **told, area=row.area, by=by.id, at=at))
    return row


@action
def close_campaign(*, campaign: int, by: Actor, at: datetime) -> Campaign:
    """Close a running campaign; an answer that comes in at the same moment is either counted or refused.

    :raises Campaign.DoesNotExist: it is not of the actor's area
    :raises Refused: with every reason why it goes on
    """
    row, today = _locked(campaign, by), clock.day_of(at)
    villages = list(_locked_villages(row, by))
    visits = int(parameters().value("survey_visits_least", today))
    households = SurveyHousehold.objects.visible_to(row.area).filter(village__in=villages)
    waiting, unmet = unfinished(households, visits=visits)
    again = [village for village in villages if village.state == VillageState.AGAIN]
    ending = rules.Ending(
        state=row.state, until_on=row.until_on, waiting=waiting, unmet=unmet,
        checks=SpotCheck.objects.visible_to(row.area).filter(village__in=villages, state__in=OPEN_CHECKS).count(),
        again=sum(any(unfinished(households.filter(village=village), visits=visits)) for village in again),
    )  # fmt: skip
    refuse_if(rules.why_not_close(ending, today=today))
    row.state, row.closed_at, row.closed_by = CampaignState.CLOSED, at, by.id
    row.save(update_fields=["state", "closed_at", "closed_by"])
    SurveyVillage.objects.visible_to(row.area).filter(campaign=row).update(closed_at=at)
    told = {"households": households.count(), "done": households.done().count()}
    publish(CampaignClosed(campaign=row.pk, **told, area=row.area, by=by.id, at=at))
    return row


@action
def assign_villages(*, officers: Mapping[int, int], by: Actor, at: datetime) -> int:
    """Give villages to officers in one act, all or none: village by id → account; returns how many changed hands.

    Who had a village before is history from this moment on.

    :raises Refused: a village is not being surveyed, or an officer may not survey it
    :raises SurveyVillage.DoesNotExist: a village is not of the actor's area
    """
    rows = {row.pk: row for row in _villages(officers, by)}
    if len(rows) < len(officers):
        raise SurveyVillage.DoesNotExist
    refuse_if(reason for pk in sorted(rows) for reason in _why_not_assign(rows[pk], officers[pk], at))
    in_hand = Assignment.objects.visible_to(by.scope).in_hand().filter(village__in=rows)
    present = {one.village_id: one for one in in_hand}
    changed = 0
    for pk in sorted(rows):
        before = present.get(pk)
        if before and before.account_id == officers[pk]:
            continue
        _hand_over(rows[pk], before, officers[pk], by, at)
        changed += 1
    return changed


@action
def take_in_households(*, village: int, by: Actor, at: datetime) -> int:
    """Take households that came into the register since the start into a village's list; returns how many.

    :raises Refused: the survey is not running
    :raises SurveyVillage.DoesNotExist: the village is not of the actor's area
    """
    row = next(iter(_villages([village], by)), None)
    if row is None:
        raise SurveyVillage.DoesNotExist
    refuse_if(rules.why_not_take_in(is_open=row.closed_at is None))
    taken = _take_in([row], at)
    if taken:
        publish(HouseholdsTakenIn(campaign=row.campaign_id, households=taken, area=row.area, by=by.id, at=at))
    return taken


def _locked(campaign: int, by: Actor) -> Campaign:
    # Not FOR UPDATE: rows of answers that point here must not wait for it.
    return Campaign.objects.visible_to(by.scope).select_for_update(no_key=True).get(pk=campaign)


def _locked_villages(row: Campaign, by: Actor) -> list[SurveyVillage]:
    villages = SurveyVillage.objects.visible_to(by.scope).filter(campaign=row)
    return list(villages.order_by("pk").select_for_update(no_key=True))


def _villages(wanted: Mapping[int, int] | list[int], by: Actor) -> list[SurveyVillage]:
    rows = SurveyVillage.objects.visible_to(by.scope).filter(pk__in=list(wanted))
    return list(rows.order_by("pk").select_for_update(no_key=True))


def _store_villages(row: Campaign, paths: list[str]) -> list[SurveyVillage]:
    new = [SurveyVillage(area=path, campaign=row, questionnaire=row.questionnaire) for path in paths]
    try:
        with transaction.atomic():
            return SurveyVillage.objects.bulk_create(new)
    except IntegrityError as error:
        if "village_surveyed_once_at_a_time" not in str(error):
            raise
        others = SurveyVillage.objects.filter(area__in=paths, questionnaire=row.questionnaire, closed_at=None)
        names = [area_name(path) for path in others.order_by("area").values_list("area", flat=True)]
        raise Refused(rules.why_surveyed_already(names)) from error


def _take_in(villages: list[SurveyVillage], at: datetime) -> int:
    today = clock.day_of(at)
    with connection.cursor() as cursor:
        cursor.execute(TAKE_IN, [[village.pk for village in villages], today, today])
        return max(cursor.rowcount, 0)


def _why_not_assign(village: SurveyVillage, account: int, at: datetime) -> list[Reason]:
    place = surveys_in(account=account, on=clock.day_of(at))
    return list(
        rules.why_not_assign(
            village=area_name(village.area), is_open=village.closed_at is None, may_answer=bool(place),
            reaches=contains(place, village.area) if place else False,
        )
    )  # fmt: skip


def _hand_over(row: SurveyVillage, before: Assignment | None, account: int, by: Actor, at: datetime) -> None:
    if before:
        before.until_at = at
        before.save(update_fields=["until_at"])
    Assignment.objects.create(area=row.area, village=row, account_id=account, from_at=at, assigned_by=by.id)
    told = {"account": account, "before": before.account_id if before else 0}
    publish(VillageAssigned(campaign=row.campaign_id, **told, area=row.area, by=by.id, at=at))
