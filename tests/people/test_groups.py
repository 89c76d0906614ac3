"""Groups of persons: evidence, two officers, periods that never overlap, what the law derives."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from openpes.engine.groups import derived_groups, groups, groups_of_certificate
from openpes.kernel import Actor, Refused, within
from openpes.people.actions import (
    EducationFacts,
    Entered,
    GroupFacts,
    end_group,
    enter_decided_group,
    enter_group,
    recognise_group,
    record_education,
    refuse_group,
)
from openpes.people.models import GroupMembership
from openpes.people.models.groups import DERIVED
from openpes.people.queries.records import groups_of, runs_out
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import a_person, id_number

DISABLED, SUBSISTENCE, MIGRANT, OLDER, LAST_YEAR = 60, 40, 203, 50, 100


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def second(cast):
    return cast.township_clerk.actor


def told(at, **changes) -> GroupFacts:
    day = at.date()
    facts = {"group": DISABLED, "evidence": "disability", "evidence_on": day, "from_on": day, "evidence_no": "B-77441"}
    return GroupFacts(**(facts | changes))


def entered(person, at, by, **changes) -> GroupMembership:
    return enter_group(person=person.pk, facts=told(at, **changes), by=by, at=at)


def numbers(person, on, scope=COUNTY) -> list[int]:
    with within(scope):
        return [one.group.number for one in groups_of(scope=scope, person=person.pk, on=on)]


def test_every_group_names_its_law_and_the_derived_ones_cannot_be_typed_in_the_database(clerk, at):
    assert {number for number, group in groups().items() if group.derived} == set(DERIVED)
    assert {group.hardship for group in groups().values()} >= {f"{n:03}" for n in (*range(10, 111, 10), 990)}
    assert [one.number for one in groups_of_certificate("4")] == [SUBSISTENCE]
    person = a_person(by=clerk, at=at)
    row = entered(person, at, clerk)
    with within(COUNTY), pytest.raises(IntegrityError, match="derived_groups_are_not_typed"), transaction.atomic():
        GroupMembership.objects.filter(pk=row.pk).update(group=OLDER)


def test_a_hard_to_employ_person_is_recognised_by_a_second_officer(clerk, second, at):
    person = a_person(by=clerk, at=at)
    row = entered(person, at, clerk)
    assert numbers(person, at.date()) == []
    with pytest.raises(Refused, match="Who entered the evidence"):
        recognise_group(membership=row.pk, by=clerk, at=at)
    lent = Actor(id=second.id, scope=second.scope, behalf=clerk.id)
    with pytest.raises(Refused, match="Who entered the evidence"):
        recognise_group(membership=row.pk, by=lent, at=at)
    done = recognise_group(membership=row.pk, by=second, at=at)
    assert (done.decided_by, done.outcome, done.decided_office != "") == (second.id, "recognised", True)
    assert numbers(person, at.date()) == [DISABLED]
    with pytest.raises(Refused, match="decided already"):
        recognise_group(membership=row.pk, by=second, at=at)


def test_the_database_wants_two_officers_whatever_the_code_does(clerk, at):
    row = entered(a_person(by=clerk, at=at), at, clerk)
    with within(COUNTY), pytest.raises(IntegrityError, match="group_four_eyes"), transaction.atomic():
        GroupMembership.objects.filter(pk=row.pk).update(
            outcome="recognised", decided_by=1, decided_hands={1, clerk.id}, decided_at=at
        )


def test_a_returning_migrant_is_recognised_at_once_and_looked_at_again_after_a_year(clerk, at):
    person = a_person(by=clerk, at=at)
    row = entered(person, at, clerk, group=MIGRANT, evidence="committee")
    assert (row.outcome, row.until_on) == ("recognised", date(2027, 11, 23))
    assert numbers(person, date(2027, 11, 22)) == [MIGRANT]
    assert MIGRANT not in numbers(person, date(2027, 11, 23))
    with pytest.raises(Refused, match="looked at again every 12 months"):
        entered(a_person(by=clerk, at=at), at, clerk, group=MIGRANT, evidence="committee", until_on=date(2027, 11, 24))


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"group": 7}, "Choose one of the list", "group"),
        ({"group": OLDER}, "follows from the file by law", "group"),
        ({"evidence": "land"}, "does not prove this group", "evidence"),
        ({"evidence_on": date(2026, 11, 24)}, "day of the paper", "evidence_on"),
        ({"from_on": date(2026, 11, 24)}, "first day lies in the future", "from_on"),
        ({"until_on": date(2026, 11, 23)}, "lies before the first", "until_on"),
        ({"group": LAST_YEAR, "evidence": "diploma"}, "no graduation from a college", "group"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(clerk, at, changes, words, field):
    with pytest.raises(Refused, match=words) as refused:
        entered(a_person(by=clerk, at=at), at, clerk, **changes)
    assert [reason.field for reason in refused.value.reasons] == [field]


def test_a_group_is_entered_once_for_the_same_days_and_again_after_it_ended(clerk, second, at):
    person = a_person(by=clerk, at=at)
    row = entered(person, at, clerk)
    with pytest.raises(Refused, match="entered in this group already from 23 Nov 2026"):
        entered(person, at, clerk)
    recognise_group(membership=row.pk, by=second, at=at)
    later = at + timedelta(days=30)
    end_group(membership=row.pk, kind="ended", on=later.date(), reason="残疾人证已注销", by=clerk, at=later)
    assert numbers(person, later.date()) == [] and numbers(person, at.date()) == [DISABLED]
    again = enter_group(person=person.pk, facts=told(later), by=clerk, at=later)
    assert again.from_on == later.date()


def test_a_refused_or_revoked_membership_leaves_its_days_free(clerk, second, at):
    person = a_person(by=clerk, at=at)
    row = entered(person, at, clerk)
    with pytest.raises(Refused, match="Write the reason"):
        refuse_group(membership=row.pk, reason=" ", by=second, at=at)
    refuse_group(membership=row.pk, reason="证件照片不清", by=second, at=at)
    row = entered(person, at, clerk)
    recognise_group(membership=row.pk, by=second, at=at)
    gone = end_group(membership=row.pk, kind="revoked", on=at.date(), reason="证件是伪造的", by=clerk, at=at)
    assert gone.until_on == gone.from_on and numbers(person, at.date()) == []
    assert entered(person, at, clerk).outcome == ""


def test_the_law_derives_older_persons_until_retirement(clerk, at):
    woman = a_person(by=clerk, at=at, id_number=id_number(date(1986, 11, 24), "2"))
    assert numbers(woman, date(2026, 11, 23)) == []
    assert numbers(woman, date(2026, 11, 24)) == [OLDER]
    assert derived_groups(born_on=date(1971, 1, 1), sex="1", graduated_on=None, on=date(2020, 12, 31)) == ()
    (found,) = derived_groups(born_on=date(1971, 1, 1), sex="1", graduated_on=None, on=date(2021, 1, 1))
    assert (found.group.number, found.from_on) == (OLDER, date(2021, 1, 1))
    assert derived_groups(born_on=date(1960, 1, 1), sex="1", graduated_on=None, on=date(2021, 1, 1)) == ()


def test_the_law_derives_recent_graduates_from_the_recorded_education(clerk, at):
    person = a_person(by=clerk, at=at, id_number=id_number(date(2003, 3, 3)), education="30")
    facts = EducationFacts(
        level="20", school="广西大学", graduated_on=date(2025, 6, 30), proof="diploma", number="105931202505001234"
    )
    record_education(person=person.pk, facts=facts, by=clerk, at=at)
    assert numbers(person, at.date()) == [201]
    assert numbers(person, date(2027, 6, 29)) == [201] and numbers(person, date(2027, 6, 30)) == []
    with pytest.raises(Refused, match="graduated on 30 Jun 2025"):
        entered(person, at, clerk, group=LAST_YEAR, evidence="diploma", from_on=date(2026, 6, 29))
    assert entered(person, at, clerk, group=LAST_YEAR, evidence="diploma", from_on=date(2026, 6, 30)).pk


def test_a_decision_of_two_officers_makes_a_membership_and_never_a_second_one(clerk, second, at):
    person = a_person(by=clerk, at=at)
    facts = told(at, group=SUBSISTENCE, evidence="preference")
    with pytest.raises(Refused, match="Who entered the evidence"):
        enter_decided_group(person=person.pk, facts=facts, entered=by_hands(clerk, second), by=second, at=at)
    made = enter_decided_group(person=person.pk, facts=facts, entered=by_hands(clerk), by=second, at=at)
    assert (made.entered_by, made.decided_by) == (clerk.id, second.id)
    assert enter_decided_group(person=person.pk, facts=facts, entered=by_hands(clerk), by=second, at=at) is None
    assert numbers(person, at.date()) == [SUBSISTENCE]


def by_hands(*actors) -> Entered:
    return Entered(by=actors[0].id, hands=frozenset(actor.id for actor in actors))


def test_a_decision_of_two_officers_answers_what_waited_for_its_second_one(clerk, second, at):
    person = a_person(by=clerk, at=at)
    waiting = entered(person, at, clerk, group=SUBSISTENCE, evidence="subsistence")
    assert numbers(person, at.date()) == []
    facts = told(at, group=SUBSISTENCE, evidence="preference")
    made = enter_decided_group(person=person.pk, facts=facts, entered=by_hands(clerk), by=second, at=at)
    assert made is not None and numbers(person, at.date()) == [SUBSISTENCE]
    with within(COUNTY):
        assert not GroupMembership.objects.filter(person=person).waiting().exists()
        answered = GroupMembership.objects.get(pk=waiting.pk)
    assert answered.outcome == "refused" and "needs no decision" in answered.refusal
    with pytest.raises(Refused, match="decided already"):
        recognise_group(membership=waiting.pk, by=second, at=at)


def test_neither_hand_of_the_entry_recognises_the_group(clerk, second, cast, at):
    row = entered(a_person(by=clerk, at=at), at, replace(second, behalf=clerk.id))
    third = cast.city_clerk.actor
    for by in (clerk, second, replace(third, behalf=clerk.id), replace(second, behalf=third.id)):
        with pytest.raises(Refused, match="Who entered the evidence"):
            recognise_group(membership=row.pk, by=by, at=at)
    assert recognise_group(membership=row.pk, by=third, at=at).decided_hands == {third.id}


def test_the_number_of_a_paper_is_sealed_and_masked(clerk, at):
    number = id_number(date(1990, 5, 17))
    row = entered(a_person(by=clerk, at=at), at, clerk, evidence_no=f"{number}44")
    assert number not in row.evidence_mask and row.evidence_mask.endswith(number[-2:] + "44")
    assert number.encode() not in bytes(row.evidence_no_sealed)


def test_what_runs_out_stands_on_the_list_with_its_last_day(clerk, at):
    person = a_person(by=clerk, at=at)
    row = entered(person, at, clerk, group=MIGRANT, evidence="committee", until_on=date(2026, 12, 20))
    with within(COUNTY):
        (found,) = runs_out(scope=COUNTY, on=at.date())
        assert (found.person, found.last_on, found.tone) == (person.pk, date(2026, 12, 19), "wait")
        assert runs_out(scope=COUNTY, on=date(2027, 1, 15))[0].tone == "bad"
        assert runs_out(scope="450105", on=at.date()) == []
    end_group(membership=row.pk, kind="ended", on=at.date(), reason="已稳定就业", by=clerk, at=at)
    with within(COUNTY):
        assert runs_out(scope=COUNTY, on=at.date()) == []


def test_an_office_of_another_area_neither_sees_nor_decides(clerk, cast, at):
    row = entered(a_person(by=clerk, at=at, area=VILLAGE), at, clerk)
    with pytest.raises(GroupMembership.DoesNotExist):
        recognise_group(membership=row.pk, by=cast.neighbour_clerk.actor, at=at)
