"""What was not asked stays as it was known, and nobody is taken for somebody else."""

from dataclasses import replace
from datetime import date

import pytest

from openpes.kernel import Refused, within
from openpes.people.models import LedgerEntry
from openpes.surveys.actions import MemberTold, Visit, enter_member, enter_visit
from openpes.surveys.actions.found import FoundHousehold, find_household
from openpes.surveys.models import MemberAnswer
from openpes.surveys.queries.sheets import told_of
from tests.cast import COUNTY
from tests.people.factories import a_person, id_number
from tests.surveys.factories import LAND, WORK, a_row, a_visit, members_told, planned, visited

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(cast):
    with within(COUNTY):
        yield cast.county_clerk.actor


def latest(person: int) -> LedgerEntry | None:
    return LedgerEntry.objects.filter(person=person).order_by("-surveyed_on", "-id").first()


def test_a_visit_keeps_what_the_ledger_says_about_members_who_are_not_asked(clerk, at):
    row = a_row(clerk, at, size=3)
    visited(clerk, at, row)
    head, spouse, child = (one.person for one in members_told(clerk, at, row))
    assert latest(child) is None  # nobody asked about work, nothing to write
    assert latest(spouse).hardship == "" and latest(head).hardship == LAND["hardship"]
    LedgerEntry.objects.filter(person=spouse).update(hardship="3")
    visited(clerk, at, row, members=members_told(clerk, at, row, status="2"))
    assert (latest(spouse).status, latest(spouse).hardship) == ("2", "3")
    assert (latest(head).hardship, str(latest(head).farmland_mu)) == (LAND["hardship"], "3.50")


def test_an_income_of_nothing_is_an_answer(clerk, at):
    row = a_row(clerk, at)
    visited(clerk, at, row, members=members_told(clerk, at, row, income_fen=0))
    assert latest(members_told(clerk, at, row)[0].person).income_fen == 0


def test_a_row_that_changes_one_member_repeats_what_the_others_said(clerk, at):
    row = a_row(clerk, at, size=3)
    said = told_of(visited(clerk, at, row))
    _head, spouse, _child = members_told(clerk, at, row)
    changed = MemberTold(person=spouse.person, told=dict(spouse.told) | {"status": "2"})
    made = enter_member(household=row.pk, told=changed, by=clerk, at=at)
    assert made
    row.refresh_from_db()
    now = told_of(row.answer)
    assert now == said | {spouse.person: dict(changed.told)}
    assert enter_member(household=row.pk, told=changed, by=clerk, at=at) == ()
    again = Visit(**{**a_visit(clerk, at, row).__dict__, "way": "excel", "members": members_told(clerk, at, row)[:1]})
    assert enter_visit(household=row.pk, visit=again, by=clerk, at=at) == ()
    assert MemberAnswer.objects.filter(answer=row.answer).count() == 3


def test_a_row_on_behalf_of_a_colleague_is_a_visit_of_both_hands(clerk, cast, at):
    row = a_row(clerk, at, size=3)
    head, *others = members_told(clerk, at, row)
    first = Visit(**{**a_visit(clerk, at, row).__dict__, "way": "excel", "members": (head,)})
    enter_visit(household=row.pk, visit=first, by=clerk, at=at)
    enter_member(household=row.pk, told=others[0], by=clerk, at=at)
    row.refresh_from_db()
    alone, colleague = row.answer, cast.township_clerk.actor
    enter_member(household=row.pk, told=others[1], by=replace(clerk, behalf=colleague.id), at=at)
    row.refresh_from_db()
    assert alone.hands == {clerk.id} and row.answer.hands == {clerk.id, colleague.id}
    assert MemberAnswer.objects.filter(answer=alone).count() == 2
    assert MemberAnswer.objects.filter(answer=row.answer).count() == 3


def test_a_head_who_comes_in_a_later_row_keeps_the_household_s_answers(clerk, at):
    row = a_row(clerk, at)
    visited(clerk, at, row)
    head = members_told(clerk, at, row)[0]
    told = MemberTold(person=head.person, told=dict(head.told) | {"status": "2"})
    enter_member(household=row.pk, told=told, by=clerk, at=at)
    entry = latest(head.person)
    assert (entry.status, entry.hardship, str(entry.farmland_mu)) == ("2", LAND["hardship"], "3.50")


def test_a_number_of_somebody_with_another_name_is_nobody_of_this_household(clerk, at):
    row = a_row(clerk, at)
    number = id_number(date(1990, 1, 1))
    a_person(by=clerk, at=at, area=row.area, name="莫不同", id_number=number)
    stranger = MemberTold(
        id_number=number, field="m0", told={"name": "覃新来", "relation": "2", "education": "71"} | WORK
    )
    with pytest.raises(Refused, match="has another name"):
        visited(clerk, at, row, members=(*members_told(clerk, at, row), stranger))
    found = FoundHousehold(name="覃新来", id_number=number, booklet_no="H900")
    with pytest.raises(Refused, match="has another name"):
        find_household(village=row.village_id, found=found, by=clerk, at=at)


def test_a_reference_day_before_the_first_questions_is_refused(clerk, at):
    with pytest.raises(Refused, match="first put on") as refused:
        planned(clerk, at, reference_on=date(1926, 11, 1))
    assert [reason.field for reason in refused.value.reasons] == ["reference_on"]
