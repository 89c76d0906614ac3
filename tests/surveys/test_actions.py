"""Campaigns and visits: state, events, what the register says afterwards, and every refusal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from openpes.audit.models import JournalEntry
from openpes.kernel import Refused, within
from openpes.people.models import Household, HouseholdMember, LedgerEntry, Person
from openpes.surveys.actions import (
    FoundHousehold,
    MemberTold,
    assign_villages,
    close_campaign,
    find_household,
    record_visit,
    start_campaign,
    take_in_households,
)
from openpes.surveys.models import Assignment, Campaign, MemberAnswer, SurveyAnswer, SurveyHousehold, SurveyVillage
from openpes.surveys.queries import campaigns
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import id_number
from tests.surveys.factories import (
    UNTIL_ON,
    WORK,
    a_home,
    a_row,
    a_visit,
    listed,
    members_told,
    planned,
    running,
    village_of,
    visited,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def officer(cast):
    return cast.village_officer.actor


@pytest.fixture
def stood(clerk):
    with within(clerk.scope):
        yield


def told_events(kind):
    return JournalEntry.objects.filter(event=f"surveys.{kind}")


def test_a_campaign_lists_the_households_that_the_register_knows_on_its_first_day(clerk, at, stood):
    homes = [a_home(clerk, at, booklet) for booklet in ("H002", "H001")]
    campaign = running(clerk, at)
    assert campaign.state == "running" and campaign.started_at == at
    rows = SurveyHousehold.objects.filter(village__campaign=campaign).order_by("number")
    assert [(row.number, row.household_id, row.state) for row in rows] == [
        (1, homes[1].pk, "open"), (2, homes[0].pk, "open"),
    ]  # fmt: skip
    villages = SurveyVillage.objects.filter(campaign=campaign)
    assert villages.count() > 50 and all(village.area.startswith(COUNTY) for village in villages)
    assert told_events("CampaignStarted").count() == 1


def test_a_village_is_not_surveyed_twice_at_once(clerk, at, stood):
    running(clerk, at, area=VILLAGE)
    with pytest.raises(Refused, match="being surveyed with the same questions already"):
        running(clerk, at)
    assert Campaign.objects.filter(state="running").count() == 1


def test_a_plan_is_refused_with_every_reason_at_once(clerk, at, stood):
    with pytest.raises(Refused) as refused:
        planned(clerk, at, title=" ", area="450105", until_on=date(2026, 11, 1), reference_on=date(2027, 1, 1))
    assert [reason.field for reason in refused.value.reasons] == [
        "title", "area", "until_on", "until_on", "reference_on",
    ]  # fmt: skip
    with pytest.raises(Refused, match="No version of these questions"):
        planned(clerk, at, from_on=date(2006, 1, 1))


def test_offices_below_see_a_campaign_and_do_not_write_it(cast, clerk, at):
    campaign = planned(clerk, at)
    with within(VILLAGE):
        assert [one.pk for one in campaigns(scope=VILLAGE)] == [campaign.pk]
        assert Campaign.objects.update(title="改") == 0
    with within("450105"):
        assert not campaigns(scope="450105").exists()
        assert not Campaign.objects.exists()
    with pytest.raises(Campaign.DoesNotExist):
        start_campaign(campaign=campaign.pk, by=cast.village_officer.actor, at=at)


def test_villages_are_given_to_officers_in_one_act_and_who_had_them_is_history(cast, clerk, at, stood):
    campaign = running(clerk, at)
    here = village_of(campaign)
    officer, town = cast.village_officer.account.pk, cast.township_clerk.account.pk
    assert assign_villages(officers={here.pk: officer}, by=clerk, at=at) == 1
    assert assign_villages(officers={here.pk: officer}, by=clerk, at=at) == 0
    assert assign_villages(officers={here.pk: town}, by=clerk, at=at + timedelta(days=1)) == 1
    rows = Assignment.objects.filter(village=here).order_by("from_at")
    assert [(row.account_id, row.until_at) for row in rows] == [(officer, at + timedelta(days=1)), (town, None)]
    assert told_events("VillageAssigned").count() == 2


def test_a_village_is_not_given_to_who_cannot_see_it_and_then_none_is_given(cast, clerk, at, stood):
    campaign = running(clerk, at)
    here, there = village_of(campaign), village_of(campaign, "450103001006")
    officer = cast.village_officer.account.pk
    with pytest.raises(Refused, match="works in another area"):
        assign_villages(officers={here.pk: officer, there.pk: officer}, by=clerk, at=at)
    with pytest.raises(Refused, match="may survey households"):
        assign_villages(officers={here.pk: cast.auditor.account.pk}, by=clerk, at=at)
    assert not Assignment.objects.exists()


def test_a_visit_is_kept_as_it_was_told_and_written_into_file_and_ledger(clerk, officer, at, stood):
    row = a_row(clerk, at)
    members = members_told(officer, at, row)
    changed = replace(members[0], told=members[0].told | {"education": "30", "phone": "13911112222"})
    answer = visited(officer, at, row, members=(changed, *members[1:]))
    row.refresh_from_db()
    assert (row.state, row.visits, row.answer_id) == ("changed", 1, answer.pk)
    head = Person.objects.get(pk=members[0].person)
    assert head.education == "30" and head.phone().reveal() == "13911112222"
    entry = LedgerEntry.objects.get(person=head)
    assert (entry.status, entry.income_fen) == ("1", 3_600_000)
    assert (str(entry.farmland_mu), entry.land_taken) == ("3.50", False)
    kept = MemberAnswer.objects.get(answer=answer, person=head)
    assert kept.told()["told"]["education"] == "30" and kept.told()["before"]["education"] == "61"
    assert b"13911112222" not in bytes(kept.told_sealed)
    assert told_events("HouseholdSurveyed").count() == 1
    assert "13911112222" not in str(list(told_events("HouseholdSurveyed").values()))


def test_the_same_told_again_is_a_confirmation_and_makes_no_ledger_entry(clerk, officer, at, stood):
    row = a_row(clerk, at)
    visited(officer, at, row)
    entries = LedgerEntry.objects.count()
    visited(officer, at, row)
    row.refresh_from_db()
    assert row.state == "confirmed" and LedgerEntry.objects.count() == entries


@pytest.mark.parametrize(("outcome", "state"), [("not_met", "not_met"), ("refused", "refused"), ("moved", "moved")])
def test_who_was_not_asked_changes_nothing_in_the_register(clerk, officer, at, stood, outcome, state):
    row = a_row(clerk, at)
    visited(officer, at, row, outcome=outcome)
    row.refresh_from_db()
    assert row.state == state
    assert not LedgerEntry.objects.exists() and not MemberAnswer.objects.exists()


def test_a_required_answer_is_missed_at_the_question_of_that_member(clerk, officer, at, stood):
    row = a_row(clerk, at, size=3)
    members = members_told(officer, at, row)
    silent = replace(members[1], told=members[1].told | {"status": "", "intention": None})
    with pytest.raises(Refused) as refused:
        visited(officer, at, row, members=(members[0], silent, members[2]))
    assert {reason.field for reason in refused.value.reasons} == {
        f"m{silent.person}-status", f"m{silent.person}-intention",
    }  # fmt: skip
    assert not SurveyAnswer.objects.exists()


def test_children_are_not_asked_about_work(clerk, officer, at, stood):
    row = a_row(clerk, at, size=3)
    asked = [WORK["status"] == one.told.get("status") for one in members_told(officer, at, row)]
    assert asked == [True, True, False]
    visited(officer, at, row)


def test_new_members_are_registered_and_who_left_leaves(clerk, officer, at, stood):
    row = a_row(clerk, at)
    members = members_told(officer, at, row)
    gone = replace(members[1], left=True)
    child = MemberTold(
        told={"name": "覃小宝", "relation": "2", "education": "", "hukou": "2"},
        id_number=id_number(date(2015, 6, 1)), field="new1",
    )  # fmt: skip
    visited(officer, at, row, members=(members[0], gone, child))
    present = HouseholdMember.objects.filter(household=row.household_id, until_on=None)
    assert sorted(present.values_list("person__name", flat=True)) == ["覃大山", "覃小宝"]
    row.refresh_from_db()
    assert row.state == "changed"


def test_a_head_does_not_leave_while_others_stay(clerk, officer, at, stood):
    row = a_row(clerk, at)
    members = members_told(officer, at, row)
    with pytest.raises(Refused, match="head of a household cannot leave"):
        visited(officer, at, row, members=(replace(members[0], left=True), members[1]))


def test_a_wrong_fact_of_a_new_member_undoes_the_whole_visit(clerk, officer, at, stood):
    row = a_row(clerk, at)
    wrong = MemberTold(told={"name": "覃小宝", "relation": "2", "phone": "12"}, id_number="123", field="new1")
    with pytest.raises(Refused) as refused:
        visited(officer, at, row, members=(*members_told(officer, at, row), wrong))
    assert {reason.field for reason in refused.value.reasons} >= {"new1-id_number", "new1-phone"}
    assert not LedgerEntry.objects.exists() and not SurveyAnswer.objects.exists()


def test_a_visit_that_did_not_see_the_last_one_is_refused(clerk, officer, at, stood):
    row = a_row(clerk, at)
    first = a_visit(officer, at, row)
    record_visit(household=row.pk, visit=first, by=officer, at=at)
    with pytest.raises(Refused, match="recorded a visit to this household meanwhile"):
        record_visit(household=row.pk, visit=first, by=officer, at=at)
    assert SurveyAnswer.objects.count() == 1


@pytest.mark.parametrize(("days", "words"), [(1, "in the future"), (-9, "cannot lie before it")])
def test_a_visit_lies_in_the_survey_and_not_in_the_future(clerk, officer, at, stood, days, words):
    row = a_row(clerk, at)
    with pytest.raises(Refused, match=words):
        visited(officer, at, row, surveyed_on=at.date() + timedelta(days=days))


def test_answers_are_never_rewritten_whatever_the_code_does(clerk, officer, at, stood):
    answer = visited(officer, at, a_row(clerk, at))
    for rows in (SurveyAnswer.objects.filter(pk=answer.pk), MemberAnswer.objects.filter(answer=answer)):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            rows.update(changed=["x"])


def test_the_database_lets_one_visit_follow_another(clerk, officer, at, stood):
    answer = visited(officer, at, a_row(clerk, at))
    answer.pk = None
    with pytest.raises(IntegrityError, match="one_answer_follows_another"), transaction.atomic():
        answer.save(force_insert=True)


def test_a_household_that_nobody_knew_is_registered_and_listed(clerk, officer, at, stood):
    a_home(clerk, at)
    campaign = running(clerk, at)
    found = FoundHousehold(name="陆小凤", id_number=id_number(date(1975, 1, 1)), booklet_no="H900", address="坡上")
    row = find_household(village=village_of(campaign).pk, found=found, by=officer, at=at)
    assert row.number == 2 and Household.objects.get(pk=row.household_id).booklet_no == "H900"
    other = replace(found, id_number=id_number(date(1975, 1, 2)))
    with pytest.raises(Refused, match="H900"):
        find_household(village=village_of(campaign).pk, found=other, by=officer, at=at)


def test_households_of_the_register_are_taken_in_once(clerk, officer, at, stood):
    campaign = running(clerk, at)
    a_home(clerk, at)
    here = village_of(campaign).pk
    assert take_in_households(village=here, by=officer, at=at) == 1
    assert take_in_households(village=here, by=officer, at=at) == 0


def test_a_campaign_closes_early_only_when_everybody_was_visited(clerk, officer, at, stood):
    campaign = running(clerk, at)
    row_home = a_home(clerk, at)
    take_in_households(village=village_of(campaign).pk, by=officer, at=at)
    with pytest.raises(Refused, match="1 households still need a visit"):
        close_campaign(campaign=campaign.pk, by=clerk, at=at)
    row = listed(campaign, row_home)
    for _time in range(3):
        visited(officer, at, row, outcome="not_met")
    closed = close_campaign(campaign=campaign.pk, by=clerk, at=at)
    assert (closed.state, closed.closed_by, closed.closed_at) == ("closed", clerk.id, at)
    with pytest.raises(Refused, match="closed; no answer comes in"):
        visited(officer, at, row)


def test_a_campaign_closes_after_its_last_day_with_households_that_nobody_met(clerk, at, stood):
    a_home(clerk, at)
    campaign = running(clerk, at)
    after = at + (UNTIL_ON - at.date())
    assert close_campaign(campaign=campaign.pk, by=clerk, at=after).state == "closed"
    event = told_events("CampaignClosed").get()
    assert (event.payload["households"], event.payload["done"]) == (1, 0)
