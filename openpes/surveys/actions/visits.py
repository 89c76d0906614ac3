"""Recording a visit: what was told is kept as it was given, and written into the register by the acts of people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from openpes.kernel import Actor, Refused, action, clock, publish, refuse_if
from openpes.surveys import rules
from openpes.surveys.actions.members import MemberTold, Writing
from openpes.surveys.choices import OPEN_CHECKS, Outcome
from openpes.surveys.events import HouseholdSurveyed
from openpes.surveys.models import CheckedHousehold, MemberAnswer, SurveyAnswer, SurveyHousehold, SurveyVillage
from openpes.surveys.models.answers import sealed
from openpes.surveys.queries import HouseholdSheet, sheet_of


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What an officer tells of a visit: how it ended, how it came in, and the answers by question.

    `seen` is the last visit that the officer saw (0 for none); `surveyed_by` the account of who was at the door when
    somebody else records it, 0 when it is the same person.
    """

    outcome: str
    way: str
    surveyed_on: date
    seen: int = 0
    surveyed_by: int = 0
    household: Mapping[str, Any] = field(default_factory=dict)
    members: tuple[MemberTold, ...] = ()
    note: str = ""


@action
def record_visit(*, household: int, visit: Visit, by: Actor, at: datetime) -> SurveyAnswer:
    """Record a visit to a household of a campaign, and write what it changed into the register.

    Answers of members change their files (`people.change_person`), the ledger (`people.record_ledger`), and who
    belongs to the household; every part of it or nothing.

    :raises SurveyHousehold.DoesNotExist: the household is not of the actor's area
    :raises Refused: the survey is closed, an answer is missing or wrong, or somebody recorded a visit meanwhile
    """
    row = locked_household(household, by)
    refuse_if(rules.why_not_answer(standing_of(row, visit.seen, visit.surveyed_on, at)))
    sheet = sheet_of(row, scope=by.scope, on=clock.day_of(at))
    is_told = visit.outcome == Outcome.MET
    members = visit.members if is_told else ()
    refuse_if(
        rules.why_not_told(
            outcome=visit.outcome, asked=sheet.asked, household=visit.household, members=member_facts(sheet, members)
        )
    )
    changed = rules.changed_keys(visit.household, sheet.known) if is_told else []
    answer = store_answer(row, visit, changed, by, at)
    writing = Writing(answer, sheet, visit.household, by, at)
    changed += [key for told in members for key in writing.write(told).changed]
    settle(row, answer, has_changed=bool(changed))
    publish(
        HouseholdSurveyed(
            campaign=row.village.campaign_id, household=row.household_id, outcome=answer.outcome, state=row.state,
            way=answer.way, surveyed_on=answer.surveyed_on, area=row.area, by=by.id, at=at,
        )
    )  # fmt: skip
    return answer


def locked_household(household: int, by: Actor) -> SurveyHousehold:
    """A household of a campaign with its village locked first: closing a campaign and marking a check lock that too.

    :raises SurveyHousehold.DoesNotExist: the household is not of the actor's area
    """
    seen = SurveyHousehold.objects.visible_to(by.scope)
    village = seen.values_list("village", flat=True).get(pk=household)
    # Not FOR UPDATE: rows of answers that point here must not wait for it.
    locked = SurveyVillage.objects.visible_to(by.scope).select_for_update(no_key=True, of=("self",))
    row = locked.select_related("campaign").get(pk=village)
    found = seen.select_for_update(no_key=True, of=("self",)).select_related("household", "answer").get(pk=household)
    found.village = row
    return found


def standing_of(row: SurveyHousehold, seen: int, surveyed_on: date, at: datetime) -> rules.Standing:
    """What an answer of a locked household meets."""
    return rules.Standing(
        is_open=row.village.closed_at is None,
        from_on=row.village.campaign.from_on,
        surveyed_on=surveyed_on,
        today=clock.day_of(at),
        seen=seen,
        latest=row.answer_id or 0,
        is_drawn=CheckedHousehold.objects.filter(household=row, check_of__state__in=OPEN_CHECKS).exists(),
    )


def store_answer(row: SurveyHousehold, visit: Visit, changed: list[str], by: Actor, at: datetime) -> SurveyAnswer:
    """Keep a visit as it was told; the database lets one visit follow another.

    :raises Refused: somebody recorded one in the same moment
    """
    kept = SurveyAnswer(
        area=row.area, household=row, follows=row.answer_id or 0, round=row.village.round, outcome=visit.outcome,
        way=visit.way, told_sealed=sealed(dict(visit.household)), changed=changed, note=visit.note.strip(),
        surveyed_on=visit.surveyed_on, surveyed_by=visit.surveyed_by or by.id, behalf=by.behalf, recorded_by=by.id,
        recorded_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError as error:
        if "one_answer_follows_another" not in str(error):
            raise
        raise Refused(
            _("Somebody has recorded a visit to this household meanwhile."),
            next_step=_("Open the household again, compare, and record what is different."),
        ) from error
    return kept


def settle(row: SurveyHousehold, answer: SurveyAnswer, *, has_changed: bool) -> None:
    """Let the list of the village say what is known after a visit."""
    row.answer, row.visits = answer, row.visits + 1
    row.state = rules.state_after(answer.outcome, has_changed=has_changed)
    row.save(update_fields=["answer", "visits", "state"])


def state_of(answer: SurveyAnswer | None) -> str:
    """What was known of a household after a visit that is on record; nothing before the first."""
    if answer is None:
        return "open"
    members = MemberAnswer.objects.filter(answer=answer).values_list("changed", "left")
    return rules.state_after(
        answer.outcome, has_changed=bool(answer.changed) or any(keys or left for keys, left in members)
    )


def member_facts(sheet: HouseholdSheet, members: tuple[MemberTold, ...]) -> list[rules.MemberFacts]:
    """What is told about members as the rules see it."""
    known = {one.person.pk: one for one in sheet.members}
    found = []
    for told in members:
        one = known.get(told.person or 0)
        asked = one.asked_about_work if one else told.is_asked_about_work(sheet)
        answers = _with_kept(told.told, one.known if one else {})
        name = str(answers.get("name") or _("New member"))
        found.append(
            rules.MemberFacts(field=told.field, name=name, asked_about_work=asked, left=told.left, told=answers)
        )
    return found


def _with_kept(told: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, and where it is empty what the file keeps."""
    return dict(told) | {key: known.get(key) for key in rules.KEPT_WHEN_EMPTY if not told.get(key)}
