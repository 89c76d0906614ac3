"""Two files become one and two again: what moves, what is laid aside, what stands against it, who may."""

import dataclasses

import pytest
from django.db import ProgrammingError, connection, transaction

from openpes.access.models import Account
from openpes.audit.models import JournalEntry
from openpes.kernel import Refused, within
from openpes.kernel.scope import CITY
from openpes.people.actions import PersonFacts, register_person
from openpes.people.actions.merging import confirm_merge, decline_merge, propose_merge
from openpes.people.choices import MergeState, Step
from openpes.people.models import HouseholdMember, Merge, MergedPerson, MovedRow, Person, Residence
from openpes.people.queries import find_persons
from openpes.people.queries.merging import merge_plan, merged_into, numbers_of
from openpes.registration.actions import end_status, issue_handbook, replace_handbook, request_handbook
from openpes.registration.models import Contact, Handbook, HandbookCopy, JobWish, StatusPeriod
from tests.cast import NEIGHBOUR
from tests.merging.factories import WHY, differences, merged, photograph, twins, unmerged, with_a_life
from tests.people.factories import a_person
from tests.registration.factories import unemployed, wishing


@pytest.fixture
def officer(cast):
    return cast.county_clerk.actor


@pytest.fixture
def colleague(cast):
    return cast.city_clerk.actor


@pytest.fixture
def pair(cast, officer, at):
    return twins(at, officer)


def test_everything_of_the_second_file_is_the_firsts_afterwards(pair, officer, colleague, at):
    stays, goes = pair
    with_a_life(goes, at, officer, colleague)
    merge = merged(stays, goes, at, officer, colleague, phone="goes", education="goes")
    with within(CITY):
        assert not Person.objects.filter(pk=goes.pk).exists()
        for model in (StatusPeriod, JobWish, Handbook, Contact, HouseholdMember):
            assert list(model.objects.order_by("pk").values_list("person_id", flat=True)) == [stays.pk], model
        assert Account.objects.get(username=f"seeker{goes.pk}").person_id == stays.pk
        kept = Person.objects.get(pk=stays.pk)
        assert (kept.name, kept.education, kept.phone_mask, kept.version) == ("覃小梅", "71", goes.phone_mask, 2)
        assert Residence.objects.get().area == stays.area == kept.area
        lines = MovedRow.objects.filter(merge=merge)
        moved = {(line.table, line.key, line.old, line.new) for line in lines.filter(step=Step.MOVED)}
        period = StatusPeriod.objects.get()
        assert ("registration_statusperiod", str(period.pk), str(goes.pk), str(stays.pk)) in moved
        assert lines.get(step=Step.ASIDE).row["address"] == "新竹路 2 号"


def test_a_merge_undone_leaves_every_table_byte_for_byte_as_before(pair, officer, colleague, at):
    stays, goes = pair
    with_a_life(goes, at, officer, colleague)
    before = photograph()
    merge = merged(stays, goes, at, officer, colleague, id_number="goes", phone="goes", people_residence="goes")
    assert differences(before, photograph())["people_person"]
    assert unmerged(merge, at, officer, colleague).state == MergeState.UNDONE
    changed = differences(before, photograph())
    gone, come = changed.pop("people_person")  # the version of the file that stayed is a lock and never goes back
    assert changed == {}
    assert [row.replace(",3,", ",V,") for row in come] == [row.replace(",1,", ",V,") for row in gone]
    assert len(come) == 1


def test_rows_put_in_otherwise_after_an_undoing_would_be_seen(pair, officer, colleague, at):
    stays, goes = pair
    before = photograph()
    merge = merged(stays, goes, at, officer, colleague)
    unmerged(merge, at, officer, colleague)
    with within(CITY):
        Residence.objects.filter(person=goes).update(address="planted")
    assert set(differences(before, photograph())) == {"people_person", "people_residence"}


def test_nobody_confirms_what_they_proposed_not_even_on_behalf_of_another(pair, officer, colleague, at):
    stays, goes = pair
    merge = propose_merge(stays=stays.pk, goes=goes.pk, kept={}, why=WHY, by=officer, at=at)
    on_behalf = dataclasses.replace(colleague, behalf=officer.id)
    for by in (officer, on_behalf):
        with pytest.raises(Refused, match="Whoever proposed it"):
            confirm_merge(merge=merge.pk, seen=merge.content_hash, by=by, at=at)
    assert confirm_merge(merge=merge.pk, seen=merge.content_hash, by=colleague, at=at).state == MergeState.DONE


def test_the_second_word_holds_for_what_was_proposed_only(pair, officer, colleague, at):
    stays, goes = pair
    merge = propose_merge(stays=stays.pk, goes=goes.pk, kept={}, why=WHY, by=officer, at=at)
    with pytest.raises(Refused, match="not as they were"):
        confirm_merge(merge=merge.pk, seen="0" * 64, by=colleague, at=at)
    unemployed(goes.pk, by=officer, at=at)
    with pytest.raises(Refused, match="not as they were"):
        confirm_merge(merge=merge.pk, seen=merge.content_hash, by=colleague, at=at)
    decline_merge(merge=merge.pk, reason="档案有变化", by=colleague, at=at)
    assert merged(stays, goes, at, officer, colleague).state == MergeState.DONE


def test_open_matters_on_both_sides_are_all_named_before(pair, officer, colleague, at):
    for person in pair:
        with_a_life(person, at, officer, colleague)
    stays, goes = pair
    with officer.standing():
        plan = merge_plan(scope=officer.scope, stays=stays.pk, goes=goes.pk, kept={}, on=at.date())
    told = {str(reason.text).split(":")[0]: str(reason.next_step) for reason in plan.reasons}
    assert set(told) == {"Registrations", "Job wishes", "Handbooks", "Accounts of the own page"}
    assert all(told.values())
    with pytest.raises(Refused, match="Handbooks"):
        propose_merge(stays=stays.pk, goes=goes.pk, kept={}, why=WHY, by=officer, at=at)


def test_what_has_ended_and_overlaps_goes_aside_and_comes_back(pair, officer, colleague, at):
    from openpes.registration.actions import end_wish

    stays, goes = pair
    wishing(stays.pk, by=officer, at=at)
    ended = wishing(goes.pk, by=officer, at=at)
    later = at.replace(day=25)
    end_wish(wish=ended.pk, on=later.date(), by=officer, at=later)
    merge = merged(stays, goes, later, officer, colleague)
    with within(CITY):
        assert not JobWish.objects.filter(pk=ended.pk).exists()
    unmerged(merge, later, officer, colleague)
    with within(CITY):
        assert JobWish.objects.get(pk=ended.pk).person_id == goes.pk


def test_a_head_of_a_household_that_goes_on_is_not_laid_aside(pair, officer, colleague, at):
    from datetime import date

    from openpes.people.actions import HouseholdFacts, form_household, join_household

    stays, goes = pair
    child = a_person(by=officer, at=at, name="黄小小")
    told = {"from_on": date(2020, 1, 1), "by": officer, "at": at}
    own, house = (
        form_household(facts=HouseholdFacts(area=head.area), head=head.pk, **told) for head in (stays, goes)
    )
    join_household(household=house.pk, person=child.pk, relation="3", **told)
    with pytest.raises(Refused, match="head of a household with other members"):
        propose_merge(stays=stays.pk, goes=goes.pk, kept={}, why=WHY, by=officer, at=at)
    merged(stays, goes, at, officer, colleague, people_householdmember="goes")
    with within(CITY):
        assert HouseholdMember.objects.get(is_head=True).household_id == house.pk != own.pk


def test_files_of_two_counties_are_merged_by_an_office_that_sees_both(cast, officer, colleague, at):
    neighbour = a_person(by=cast.neighbour_clerk.actor, at=at, area=NEIGHBOUR + "001001")
    here = a_person(by=officer, at=at, name="覃小美")
    with pytest.raises(Person.DoesNotExist):
        propose_merge(stays=here.pk, goes=neighbour.pk, kept={}, why=WHY, by=officer, at=at)
    merge = propose_merge(stays=here.pk, goes=neighbour.pk, kept={}, why=WHY, by=colleague, at=at)
    assert merge.area == CITY
    with pytest.raises(Merge.DoesNotExist):
        confirm_merge(merge=merge.pk, seen=merge.content_hash, by=officer, at=at)


def test_the_old_number_leads_on_and_stays_taken_through_two_merges(pair, officer, colleague, cast, at):
    stays, goes = pair
    number = goes.id_number().reveal()
    third = a_person(by=officer, at=at, name="覃晓梅")
    merged(stays, goes, at, officer, colleague)
    second = merged(third, stays, at, officer, colleague)
    assert merged_into(person=goes.pk).stays == third.pk
    with officer.standing():
        assert [one.pk for one in find_persons(scope=officer.scope, text=number)] == [third.pk]
    assert numbers_of(person=third.pk) == [third.pk, stays.pk, goes.pk]
    told = {officer: "under the new one", cast.neighbour_clerk.actor: "already registered at another office"}
    for by, area in ((officer, stays.area), (cast.neighbour_clerk.actor, NEIGHBOUR + "001001")):
        with pytest.raises(Refused, match=told[by]):
            register_person(facts=PersonFacts(id_number=number, name="覃小梅", area=area), by=by, at=at)
    first = Merge.objects.filter(goes=goes.pk)
    with within(CITY), pytest.raises(Refused, match="merged into another one since"):
        unmerged(first.get(), at, officer, colleague)
    unmerged(second, at, officer, colleague)
    with within(CITY):
        undo = first.get()
    unmerged(undo, at, officer, colleague)
    with within(CITY):
        assert Person.objects.filter(pk__in=(stays.pk, goes.pk, third.pk)).count() == 3
        assert not MergedPerson.objects.exists()


def test_the_journal_tells_both_numbers_what_happened(pair, officer, colleague, at):
    stays, goes = pair
    merge = merged(stays, goes, at, officer, colleague)
    unmerged(merge, at, officer, colleague)
    with within(CITY):
        told = list(JournalEntry.objects.filter(event__contains="erge").order_by("id").values_list("event", "person"))
        restored = JournalEntry.objects.get(event="people.PersonRestored")
    assert told == [
        ("people.MergeProposed", stays.pk), ("people.PersonsMerged", stays.pk), ("people.PersonMergedAway", goes.pk),
        ("people.UnmergeProposed", stays.pk), ("people.PersonsUnmerged", stays.pk),
    ]  # fmt: skip
    assert restored.person == goes.pk


@pytest.mark.parametrize("statement", ["UPDATE {} SET person_id = %s", "DELETE FROM {} WHERE person_id <> %s"])
def test_rows_that_nobody_changes_go_by_a_merge_only(pair, officer, colleague, at, statement):
    stays, goes = pair
    with_a_life(goes, at, officer, colleague)
    for table in ("registration_decision", "registration_contact", "registration_handbookentry"):
        with (
            pytest.raises(ProgrammingError, match="by a merge only"),
            within(CITY),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table), [stays.pk])
    with pytest.raises(ProgrammingError, match="permission denied"), within(CITY):
        MovedRow.objects.update(old="0")


def test_a_second_handbook_whose_booklet_was_taken_in_goes_aside_whole_and_comes_back(pair, officer, colleague, at):
    stays, goes = pair
    for person in pair:
        unemployed(person.pk, by=officer, at=at)
        asked = request_handbook(person=person.pk, by=officer, at=at)
        issue_handbook(copy=asked.pk, by=colleague, at=at)
    with within(CITY):
        period = StatusPeriod.objects.get(person=goes)
        booklet = HandbookCopy.objects.get(person=goes)
    end_status(period=period.pk, reason="99", on=period.from_on, by=officer, at=at)
    with pytest.raises(Refused, match="Handbooks"):
        propose_merge(stays=stays.pk, goes=goes.pk, kept={}, why=WHY, by=officer, at=at)
    replace_handbook(copy=booklet.pk, reason="damaged", by=officer, at=at)
    before = photograph()
    merge = merged(stays, goes, at, officer, colleague)
    with within(CITY):
        assert Handbook.objects.get().person_id == stays.pk
        assert not HandbookCopy.objects.filter(pk=booklet.pk).exists()
    unmerged(merge, at, officer, colleague)
    assert set(differences(before, photograph())) == {"people_person"}
