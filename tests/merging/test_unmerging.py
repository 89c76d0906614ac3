"""What was added after a merge: to whom it goes when the merge is undone, and what stands against it."""

from datetime import timedelta

import pytest

from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.people.actions import PersonChanges, change_person, move_residence
from openpes.people.actions.merging import decline_merge
from openpes.people.actions.unmerging import confirm_unmerge, propose_unmerge
from openpes.people.choices import MergeState
from openpes.people.models import Person
from openpes.people.queries.unmerging import undo_plan
from openpes.registration.actions import confirm_unemployment, end_status
from openpes.registration.models import Contact, HandbookEntry, StatusPeriod
from tests.merging.factories import differences, merged, photograph, twins, unmerged, with_a_life

DAY = timedelta(days=1)


@pytest.fixture
def officer(cast):
    return cast.county_clerk.actor


@pytest.fixture
def colleague(cast):
    return cast.city_clerk.actor


@pytest.fixture
def merge(officer, colleague, at):
    stays, goes = twins(at, officer)
    with_a_life(goes, at, officer, colleague)
    return merged(stays, goes, at, officer, colleague)


def added(merge, *to_go):
    return {one.held.tie.table: one for one in undo_plan(merge=merge, to_go=to_go).added}


def test_a_row_added_since_stays_or_goes_as_the_officer_says(merge, officer, colleague, at):
    confirm_unemployment(person=merge.stays, way="phone", by=officer, at=at + DAY)
    found = added(merge)
    row = found["registration_contact"]
    assert not row.goes and not row.bound
    assert added(merge, row.held.mark)["registration_contact"].goes
    unmerged(merge, at, officer, colleague, row.held.mark)
    with within(CITY):
        assert set(Contact.objects.order_by("pk").values_list("person_id", flat=True)) == {merge.goes}


def test_a_row_added_since_goes_where_the_row_goes_to_which_it_belongs(merge, officer, colleague, at):
    confirm_unemployment(person=merge.stays, way="phone", by=officer, at=at + DAY)
    line = added(merge)["registration_handbookentry"]
    assert line.goes and line.bound, "the line stands in the handbook of the other file"
    unmerged(merge, at, officer, colleague)
    with within(CITY):
        assert set(HandbookEntry.objects.order_by("pk").values_list("person_id", flat=True)) == {merge.goes}
        assert Contact.objects.order_by("-pk").first().person_id == merge.stays


def test_what_was_done_to_a_moved_row_since_is_kept(merge, officer, colleague, at):
    with within(CITY):
        period = StatusPeriod.objects.get()
    end_status(period=period.pk, reason="99", on=at.date(), by=officer, at=at)
    unmerged(merge, at, officer, colleague)
    with within(CITY):
        period.refresh_from_db()
    assert (period.person_id, period.until_on) == (merge.goes, at.date())


def test_a_fact_that_somebody_changed_since_stays(officer, colleague, at):
    stays, goes = twins(at, officer)
    merge = merged(stays, goes, at, officer, colleague, education="goes", marital="goes")
    change_person(person=stays.pk, version=2, changes=PersonChanges(education="10"), by=officer, at=at)
    assert undo_plan(merge=merge, to_go=()).changed == ["education"]
    unmerged(merge, at, officer, colleague)
    with within(CITY):
        kept = Person.objects.get(pk=stays.pk)
    assert (kept.education, kept.marital) == ("10", "")


def test_an_undoing_is_confirmed_by_another_officer_on_what_was_shown(merge, officer, colleague, at):
    asked = propose_unmerge(merge=merge.pk, why="是两个人", to_go=(), by=officer, at=at)
    with pytest.raises(Refused, match="Whoever proposed it"):
        confirm_unmerge(merge=merge.pk, seen=asked.undo_hash, by=officer, at=at)
    confirm_unemployment(person=merge.stays, way="phone", by=officer, at=at + DAY)
    with pytest.raises(Refused, match="not as they were"):
        confirm_unmerge(merge=merge.pk, seen=asked.undo_hash, by=colleague, at=at)
    with pytest.raises(Refused, match="in force"):
        propose_unmerge(merge=merge.pk, why="是两个人", to_go=(), by=officer, at=at)


def test_rows_that_cannot_be_parted_refuse_the_undoing_and_leave_no_trace(officer, colleague, at):
    stays, goes = twins(at, officer)
    merge = merged(stays, goes, at, officer, colleague)
    later = at + DAY
    home = move_residence(person=stays.pk, area=goes.area, address="", on=later.date(), by=officer, at=later)
    mark = f"people_residence.person_id:{home.pk}"
    before = photograph()
    asked = propose_unmerge(merge=merge.pk, why="是两个人", to_go=(mark,), by=officer, at=later)
    with pytest.raises(Refused, match="one_residence_at_a_time"):
        confirm_unmerge(merge=merge.pk, seen=asked.undo_hash, by=colleague, at=later)
    assert differences(before, photograph()) == {}
    decline_merge(merge=merge.pk, reason="住所应归留存档案", by=colleague, at=later)
    assert unmerged(merge, later, officer, colleague).state == MergeState.UNDONE
