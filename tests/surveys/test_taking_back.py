"""Who belongs to a household and how: told at a visit, and exactly what it was when the file is taken back."""

from datetime import date

import pytest

from openpes.intake.actions import undo_batch
from openpes.kernel import Refused, within
from openpes.people.actions import join_household
from openpes.people.models import HouseholdMember
from openpes.surveys.actions import MemberTold
from openpes.surveys.models import MemberAnswer
from tests.cast import COUNTY
from tests.people.factories import id_number
from tests.surveys.factories import WORK, a_home, listed, members_told, running, village_of, visited
from tests.surveys.test_workbook import came_in, filled

pytestmark = pytest.mark.django_db
SINCE = date(2019, 5, 4)


@pytest.fixture(params=[SINCE, None], ids=["a member for years", "a member since today"])
def home(request, cast, at):
    """A household of a running survey and its two members, by the day on which they joined it."""
    with within(COUNTY):
        home = a_home(cast.county_clerk.actor, at)
        if request.param:
            HouseholdMember.objects.filter(household=home).update(from_on=request.param)
        campaign = running(cast.county_clerk.actor, at)
        yield listed(campaign, home), village_of(campaign)


def lines(row) -> list[dict]:
    return list(HouseholdMember.objects.filter(household=row.household_id).order_by("id").values())


def spouse(row) -> HouseholdMember:
    return HouseholdMember.objects.get(household=row.household_id, is_head=False, until_on=None)


def brought_in(cast, at, here, **cells):
    return came_in(cast, at, filled(cast, at, here, change=lambda number: cells if number == 1 else {}))


def test_who_left_in_a_file_was_never_away_when_it_is_taken_back(cast, at, home):
    row, here = home
    before = lines(row)
    batch = brought_in(cast, at, here, 是否已离户="是")
    assert batch.bad_count == 0 and lines(row) != before
    undo_batch(batch=batch.pk, by=cast.village_officer.actor, at=at)
    assert lines(row) == before


def test_a_relation_told_in_a_file_is_what_it_was_when_it_is_taken_back(cast, at, home):
    row, here = home
    before = lines(row)
    batch = brought_in(cast, at, here, 与户主关系="兄弟姐妹")
    assert batch.bad_count == 0 and spouse(row).relation == "7"
    undo_batch(batch=batch.pk, by=cast.village_officer.actor, at=at)
    assert lines(row) == before


def test_two_files_that_tell_a_relation_are_taken_back_one_after_the_other(cast, at, home):
    row, here = home
    before = lines(row)
    first = brought_in(cast, at, here, 与户主关系="兄弟姐妹")
    between = lines(row)
    second = brought_in(cast, at, here, 与户主关系="其他")
    assert spouse(row).relation == "8"
    with pytest.raises(Refused):
        undo_batch(batch=first.pk, by=cast.village_officer.actor, at=at)
    undo_batch(batch=second.pk, by=cast.village_officer.actor, at=at)
    assert lines(row) == between
    undo_batch(batch=first.pk, by=cast.village_officer.actor, at=at)
    assert lines(row) == before


def test_a_leaving_is_not_taken_back_into_a_second_household(cast, at, home):
    row, here = home
    person = spouse(row).person_id
    batch = brought_in(cast, at, here, 是否已离户="是")
    other = a_home(cast.county_clerk.actor, at, "H777")
    told = {"household": other.pk, "person": person, "relation": "8", "from_on": at.date()}
    join_household(**told, by=cast.county_clerk.actor, at=at)
    between = lines(row)
    with pytest.raises(Refused, match="belongs to a household"):
        undo_batch(batch=batch.pk, by=cast.village_officer.actor, at=at)
    assert lines(row) == between and MemberAnswer.objects.exists()


def test_a_relation_told_at_the_door_is_filed_from_that_day(cast, at, home):
    row, _here = home
    officer, since = cast.village_officer.actor, spouse(row).from_on
    head, other = members_told(officer, at, row)
    told = MemberTold(person=other.person, told=dict(other.told) | {"relation": "7"}, field=other.field)
    answer = visited(officer, at, row, members=(head, told))
    found = HouseholdMember.objects.filter(household=row.household_id, person=other.person).order_by("from_on")
    spoken = [(one.relation, one.from_on, one.until_on) for one in found]
    changed = [("7", at.date(), None)]
    assert spoken == ([("1", since, at.date()), *changed] if since < at.date() else changed)
    assert MemberAnswer.objects.get(answer=answer, person=other.person).changed.count("relation") == 1


@pytest.mark.parametrize("relation", ["0", "x"])
def test_nobody_becomes_the_head_by_an_answer(cast, at, home, relation):
    row, _here = home
    officer, before = cast.village_officer.actor, lines(row)
    head, other = members_told(officer, at, row)
    told = MemberTold(person=other.person, told=dict(other.told) | {"relation": relation}, field=other.field)
    with pytest.raises(Refused) as refused:
        visited(officer, at, row, members=(head, told))
    assert [reason.field for reason in refused.value.reasons] == [f"{other.field}-relation"]
    new = MemberTold(
        told={"name": "覃小宝", "relation": "0", "education": "71"} | WORK,
        id_number=id_number(date(1999, 1, 1)), field="new1",
    )  # fmt: skip
    with pytest.raises(Refused, match="has its head"):
        visited(officer, at, row, members=(head, other, new))
    assert lines(row) == before
