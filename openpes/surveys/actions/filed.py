"""Visits that come in with a workbook, a row a member: entered row by row, and taken back with the whole file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from openpes.intake.actions import erase_records
from openpes.kernel import Actor, Refused, action, publish, refuse_if
from openpes.kernel.clock import day_of
from openpes.kernel.sensitive import blind_index
from openpes.people.actions import (
    PersonChanges,
    change_person,
    take_leaving_back,
    take_relation_back,
    withdraw_ledger_rows,
)
from openpes.people.models import Person
from openpes.surveys import rules
from openpes.surveys.actions.members import IN_FILE, MemberTold, Writing
from openpes.surveys.actions.visits import (
    Visit,
    locked_household,
    member_facts,
    record_visit,
    standing_of,
    state_of,
    store_answer,
)
from openpes.surveys.choices import HouseholdState, Outcome, Way
from openpes.surveys.events import SurveyAnswersWithdrawn
from openpes.surveys.models import MemberAnswer, SurveyAnswer, SurveyHousehold
from openpes.surveys.queries import sheet_of

Reference = tuple[str, int]
ANSWER, MEMBER = SurveyAnswer._meta.label_lower, MemberAnswer._meta.label_lower


@action
def enter_visit(*, household: int, visit: Visit, by: Actor, at: datetime) -> tuple[Reference, ...]:
    """Record a visit from a row of a workbook; nothing when the last visit says just the same.

    :raises SurveyHousehold.DoesNotExist: the household is not of the actor's area
    :raises Refused: as `record_visit`
    """
    row = locked_household(household, by)
    if row.answer and _says_the_same(row, row.answer, visit):
        return ()
    answer = record_visit(household=household, visit=visit, by=by, at=at)
    members = MemberAnswer.objects.filter(answer=answer).order_by("id").values_list("pk", flat=True)
    return ((ANSWER, answer.pk), *((MEMBER, pk) for pk in members))


@action
def enter_member(*, household: int, told: MemberTold, by: Actor, at: datetime) -> tuple[Reference, ...]:
    """Add what a row of a workbook tells about a further member to the visit of the rows before; nothing when it is
    told already.

    :raises SurveyHousehold.DoesNotExist: the household is not of the actor's area
    :raises Refused: nobody was met at that visit, an answer is missing, or the survey is closed
    """
    row = locked_household(household, by)
    last = row.answer
    if last is None or last.outcome != Outcome.MET or last.round != row.village.round:
        raise Refused(
            _("Nobody of this household has answered in this round."),
            field="outcome",
            next_step=_("Write the result of the visit into the first row of the household."),
        )
    before = MemberAnswer.objects.filter(answer=last, person=_person_of(told, by)).first()
    if before and before.told()["told"] == dict(told.told) and before.left == told.left:
        return ()
    sheet = sheet_of(row, scope=by.scope, on=day_of(at))
    refuse_if(rules.why_not_answer(standing_of(row, last.pk, last.surveyed_on, at)))
    facts = member_facts(sheet, (told,))
    refuse_if(rules.why_not_told(outcome=last.outcome, asked=sheet.asked, household=sheet.known, members=facts))
    became: tuple[Reference, ...] = ()
    same_hands = last.recorded_by == by.id and by.hands <= last.hands
    if before or last.way != Way.EXCEL or not same_hands:
        again = Visit(outcome=last.outcome, way=Way.EXCEL, surveyed_on=last.surveyed_on, household=last.told())
        said, last = last, store_answer(row, again, list(last.changed), by, at)
        _say_again(said, last, but=before)
        row.answer, row.visits = last, row.visits + 1
        became = ((ANSWER, last.pk),)
    made = Writing(last, sheet, last.told(), by, at).write(told)
    if made.changed:
        row.state = HouseholdState.CHANGED
    row.save(update_fields=["answer", "visits", "state"])
    return (*became, (MEMBER, made.pk))


@action
def withdraw_visits(*, rows: Sequence[Sequence[Reference]], by: Actor, at: datetime) -> None:
    """Take back the visits of a file, all of them or none: the register is what it was, the list says the visit before.

    :raises Refused: the survey is closed, a later visit or a spot-check stands on one of them, or a file was changed
    """
    answers, members = _wanted(rows, ANSWER), _wanted(rows, MEMBER)
    touched = SurveyAnswer.objects.visible_to(by.scope).filter(pk__in=answers).values_list("household", flat=True)
    told = list(MemberAnswer.objects.visible_to(by.scope).filter(pk__in=members).order_by("-pk"))
    through = SurveyAnswer.objects.filter(pk__in={one.answer_id for one in told}).values_list("household", flat=True)
    # Village by village, as closing a campaign locks them.
    listed = SurveyHousehold.objects.filter(pk__in={*touched, *through}).order_by("village", "pk")
    households = [locked_household(pk, by) for pk in listed.values_list("pk", flat=True)]
    for row in households:
        _refuse_unless_last(row, answers, {one.answer_id for one in told})
    for one in told:
        _restore(one, by, at)
    for row in households:
        _step_back(row, answers)
    _erase(answers, members, by, at)
    made = [[(name, pk) for name, pk in one.became if name != "version"] for one in told]
    withdraw_ledger_rows(rows=[references for references in made if references], by=by, at=at)
    for row in households:
        row.state = state_of(row.answer)
        row.save(update_fields=["state"])
        told_event = {"campaign": row.village.campaign_id, "household": row.household_id}
        publish(SurveyAnswersWithdrawn(**told_event, area=row.area, by=by.id, at=at))


def _says_the_same(row: SurveyHousehold, last: SurveyAnswer, visit: Visit) -> bool:
    if (last.outcome, last.surveyed_on, last.round) != (visit.outcome, visit.surveyed_on, row.village.round):
        return False
    if last.outcome != Outcome.MET:
        return True
    told = {one.person_id: (one.told()["told"], one.left) for one in MemberAnswer.objects.filter(answer=last)}
    same = all(told.get(one.person or 0) == (dict(one.told), one.left) for one in visit.members)
    return same and last.told() == dict(visit.household)


def _say_again(said: SurveyAnswer, again: SurveyAnswer, *, but: MemberAnswer | None) -> None:
    """Let a visit repeat what the one before said of all members but one; what they became stays with that one."""
    kept = MemberAnswer.objects.filter(answer=said).exclude(pk=but.pk if but else None)
    MemberAnswer.objects.bulk_create(
        MemberAnswer(
            area=one.area, answer=again, person_id=one.person_id, left=one.left, told_sealed=one.told_sealed,
            changed=one.changed,
        )
        for one in kept.order_by("id")
    )  # fmt: skip


def _person_of(told: MemberTold, by: Actor) -> int:
    if told.person:
        return told.person
    index = blind_index(told.id_number, context="person.id_number")
    return Person.objects.held_by(by).filter(id_number_index=index).values_list("pk", flat=True).first() or 0


def _wanted(rows: Iterable[Sequence[Reference]], label: str) -> set[int]:
    return {pk for row in rows for name, pk in row if name == label}


def _refuse_unless_last(row: SurveyHousehold, answers: set[int], through: set[int]) -> None:
    if row.village.closed_at:
        raise Refused(_("This survey is closed; its answers stand."))
    later = SurveyAnswer.objects.filter(household=row, follows__in=answers | through).exclude(pk__in=answers)
    if later.exists():
        raise Refused(_("A later visit to this household was recorded since; it stands on these answers."))


def _restore(one: MemberAnswer, by: Actor, at: datetime) -> None:
    before = one.told()["before"]
    _restore_membership(one, before, by, at)
    version = next((number for name, number in one.became if name == "version"), None)
    if version is None:
        return
    wanted: dict[str, Any] = {key: str(before.get(key) or "") for key in IN_FILE if key in one.changed}
    if "hukou" in wanted:
        wanted["hukou"] = before["hukou_in_file"]
    change_person(person=one.person_id, version=version, changes=PersonChanges(**wanted), by=by, at=at)


def _restore_membership(one: MemberAnswer, before: Mapping[str, Any], by: Actor, at: datetime) -> None:
    """Who left belongs to the household as before, since the same day; a relation told anew is what it was."""
    was, on = str(before.get("relation") or ""), day_of(one.answer.recorded_at)
    place: dict[str, Any] = {"household": one.answer.household.household_id, "person": one.person_id, "on": on}
    if one.left:
        take_leaving_back(**place, member=before.get("member") or 0, relation=was, by=by, at=at)
    elif "relation" in one.changed:
        take_relation_back(**place, told=str(one.told()["told"]["relation"]), was=was, by=by, at=at)


def _step_back(row: SurveyHousehold, answers: set[int]) -> None:
    while row.answer and row.answer_id in answers:
        row.answer = SurveyAnswer.objects.filter(pk=row.answer.follows).first()
        row.visits = max(row.visits - 1, 0)
    row.save(update_fields=["answer", "visits"])


def _erase(answers: set[int], members: set[int], by: Actor, at: datetime) -> None:
    records = [
        MemberAnswer.objects.visible_to(by.scope).filter(Q(pk__in=members) | Q(answer__in=answers)).order_by(),
        SurveyAnswer.objects.visible_to(by.scope).filter(pk__in=answers).order_by(),
    ]
    otherwise = _("A spot-check or a later answer stands on one of these visits; they cannot be taken back.")
    erase_records(records=records, otherwise=otherwise, by=by, at=at)
