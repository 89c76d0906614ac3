"""Households over the days: another head, a part of their own, a move together, one head and one household a day."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from openpes.kernel import Actor, Refused, within
from openpes.kernel.scope import CITY
from openpes.people.actions import (
    HouseholdFacts,
    Split,
    form_household,
    join_household,
    leave_household,
    move_household,
    name_head,
    split_household,
)
from openpes.people.models import Household, HouseholdMember, Person
from openpes.people.queries import household_history, household_of
from openpes.people.rules.relations import relation_after
from tests.cast import COUNTY, NEIGHBOUR, VILLAGE
from tests.people.factories import a_person, id_number

SINCE, ON = date(2020, 1, 1), date(2026, 11, 2)
BORN = date(1990, 5, 17)


@pytest.fixture
def clerk(cast) -> Actor:
    return cast.county_clerk.actor


@pytest.fixture
def home(clerk, at):
    """A household of five since 2020: head, spouse, son, daughter, the head's mother; by their roles."""
    roles = {"head": ("0", "1"), "spouse": ("1", "2"), "son": ("2", "1"), "daughter": ("3", "2"), "mother": ("5", "2")}
    found = {
        role: a_person(by=clerk, at=at, name=f"韦{role}", id_number=id_number(BORN, sex), resides_from_on=SINCE).pk
        for role, (_relation, sex) in roles.items()
    }
    facts = HouseholdFacts(area=VILLAGE, booklet_no="B-7", address="旧村 7 号")
    found["household"] = form_household(facts=facts, head=found["head"], from_on=SINCE, by=clerk, at=at).pk
    for role, (relation, _sex) in list(roles.items())[1:]:
        told = {"household": found["household"], "person": found[role], "relation": relation}
        join_household(**told, from_on=SINCE, by=clerk, at=at)
    return found


def members(on, household):
    with within(CITY):
        rows = HouseholdMember.objects.filter(household=household).in_force_on(on).order_by("person_id")
        return {row.person_id: (row.relation, row.is_head) for row in rows}


def test_a_new_head_changes_what_the_others_are_to_the_head_and_the_days_before_stay(clerk, at, home):
    before = members(date(2026, 11, 1), home["household"])
    name_head(household=home["household"], person=home["son"], on=ON, by=clerk, at=at)
    assert members(date(2026, 11, 1), home["household"]) == before
    after = members(ON, home["household"])
    assert {role: after[home[role]] for role in ("head", "spouse", "son", "daughter", "mother")} == {
        "head": ("5", False), "spouse": ("5", False), "son": ("0", True), "daughter": ("7", False),
        "mother": ("6", False),
    }  # fmt: skip
    with within(COUNTY):
        told = [(line.name, line.why) for line in household_history(scope=COUNTY, household=home["household"])]
    assert ("韦head", "the head of the household changed") in told and len(told) == 5


@pytest.mark.parametrize(
    ("was", "new_head_was", "sex", "becomes"),
    [
        ("0", "1", "1", "1"), ("2", "1", "1", "2"), ("5", "1", "2", "8"),  # the spouse leads
        ("0", "2", "1", "5"), ("5", "2", "2", "6"), ("4", "2", "1", "8"),  # the son leads
        ("0", "5", "1", "2"), ("0", "5", "2", "3"), ("7", "5", "2", "3"), ("5", "5", "1", "1"),  # a parent leads
        ("0", "7", "1", "7"), ("1", "7", "2", "8"),  # a sibling leads
        ("0", "8", "1", "8"), ("", "", "1", "8"),  # nobody knows
    ],
)  # fmt: skip
def test_relations_follow_where_they_can(was, new_head_was, sex, becomes):
    assert relation_after(was=was, new_head_was=new_head_was, sex=sex) == becomes


@pytest.mark.parametrize(
    ("who", "on", "words"),
    [
        ("head", ON, "is the head of the household already"),
        ("son", date(2026, 12, 24), "lies in the future"),
        ("son", date(2019, 12, 31), "cannot have changed before 1 Jan 2020"),
        ("stranger", ON, "Only a member of the household"),
    ],
)
def test_a_head_is_a_member_and_another_one_on_a_day_that_has_come(clerk, at, home, who, on, words):
    person = home.get(who) or a_person(by=clerk, at=at).pk
    with pytest.raises(Refused, match=words):
        name_head(household=home["household"], person=person, on=on, by=clerk, at=at)


def test_a_household_is_split_with_a_booklet_of_its_own(clerk, at, home):
    split = Split(goers={home["son"]: "8", home["daughter"]: "7"}, new_head=home["son"])
    facts = HouseholdFacts(area=VILLAGE, booklet_no="B-8", address="新村 8 号")
    new = split_household(household=home["household"], split=split, facts=facts, on=ON, by=clerk, at=at)
    assert members(ON, new.pk) == {home["son"]: ("0", True), home["daughter"]: ("7", False)}
    assert set(members(ON, home["household"])) == {home["head"], home["spouse"], home["mother"]}
    assert set(members(date(2026, 11, 1), home["household"])) >= {home["son"], home["daughter"]}
    with within(COUNTY):
        ended = HouseholdMember.objects.get(household=home["household"], person=home["son"])
    assert (ended.until_on, ended.end_reason) == (ON, "split")


def test_when_the_head_goes_those_who_stay_get_another(clerk, at, home):
    split = Split(goers={home["head"]: "", home["spouse"]: "1"}, new_head=home["head"])
    facts = HouseholdFacts(area=VILLAGE)
    with pytest.raises(Refused, match="nobody of those who stay is named"):
        split_household(household=home["household"], split=split, facts=facts, on=ON, by=clerk, at=at)
    whole = Split(goers=split.goers, new_head=home["head"], staying_head=home["son"])
    new = split_household(household=home["household"], split=whole, facts=facts, on=ON, by=clerk, at=at)
    assert members(ON, new.pk) == {home["head"]: ("0", True), home["spouse"]: ("1", False)}
    stay = members(ON, home["household"])
    assert stay == {home["son"]: ("0", True), home["daughter"]: ("7", False), home["mother"]: ("6", False)}


@pytest.mark.parametrize(
    ("goers", "new_head", "on", "fields"),
    [
        ((), "son", ON, ["goers", "new_head"]),
        (("son",), "daughter", ON, ["new_head"]),
        (("son",), "son", date(2027, 1, 1), ["on"]),
        (("son",), "son", date(2019, 1, 1), ["on"]),
        (("head", "spouse", "son", "daughter", "mother"), "head", ON, ["goers", "staying_head"]),
    ],
)
def test_every_reason_against_a_split_is_told_and_nothing_is_written(clerk, at, home, goers, new_head, on, fields):
    before = members(ON, home["household"])
    split = Split(goers={home[role]: "8" for role in goers}, new_head=home[new_head])
    told = {"household": home["household"], "split": split, "facts": HouseholdFacts(area=VILLAGE), "on": on}
    with pytest.raises(Refused) as refused:
        split_household(**told, by=clerk, at=at)
    assert [reason.field for reason in refused.value.reasons] == fields
    assert members(ON, home["household"]) == before


def test_a_household_moves_with_those_who_move_and_the_new_county_has_their_files(clerk, cast, at, home):
    movers = frozenset({home["head"], home["spouse"], home["son"]})
    told = {"household": home["household"], "movers": movers, "area": "450105001001", "address": "江南村 1 号"}
    move_household(**told, on=ON, by=clerk, at=at)
    with within(CITY):
        areas = dict(Person.objects.values_list("pk", "area"))
        assert Household.objects.get(pk=home["household"]).address == "江南村 1 号"
    assert {role: areas[home[role]] for role in ("head", "son", "mother")} == {
        "head": "450105001001", "son": "450105001001", "mother": VILLAGE,
    }  # fmt: skip
    with within(NEIGHBOUR):
        view = household_of(scope=NEIGHBOUR, person=home["head"], on=ON)
    assert view and {member.person.pk for member in view.members} == movers  # who stays is not the new county's
    with within(COUNTY):
        assert household_of(scope=COUNTY, person=home["mother"], on=ON) is None


def test_a_household_moves_nowhere_when_one_of_them_cannot_or_the_booklet_is_known_there(clerk, at, home):
    other = a_person(by=clerk, at=at, area="450103001006").pk
    facts = HouseholdFacts(area="450103001006", booklet_no="B-7")
    form_household(facts=facts, head=other, from_on=SINCE, by=clerk, at=at)
    told = {"household": home["household"], "address": "", "on": ON}
    with pytest.raises(Refused) as refused:
        move_household(**told, movers=frozenset({other}), area="450103001006", by=clerk, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["movers", "area"]
    with pytest.raises(Refused, match="lived at the present address"):
        early = told | {"on": date(2019, 1, 1)}
        move_household(**early, movers=frozenset({home["head"]}), area="450103001007", by=clerk, at=at)
    with within(COUNTY):
        assert Household.objects.get(pk=home["household"]).area == VILLAGE


def test_who_left_is_told_in_the_history(clerk, at, home):
    leave_household(person=home["daughter"], on=ON, by=clerk, at=at)
    with within(COUNTY):
        line = household_history(scope=COUNTY, household=home["household"])[0]
    assert (line.name, line.from_on, line.until_on, line.why) == ("韦daughter", SINCE, ON, "left")


def test_the_database_lets_one_lead_at_a_time_and_nobody_belong_to_two(clerk, at, home):
    name_head(household=home["household"], person=home["son"], on=ON, by=clerk, at=at)
    stranger = a_person(by=clerk, at=at).pk
    told = {"area": VILLAGE, "household_id": home["household"], "person_id": stranger, "is_head": True}
    for from_on, until_on in ((date(2019, 1, 1), date(2020, 1, 2)), (date(2026, 11, 1), ON), (ON, None)):
        with pytest.raises(IntegrityError, match="one_head_at_a_time"), within(COUNTY), transaction.atomic():
            HouseholdMember.objects.create(**told, from_on=from_on, until_on=until_on)
    with within(COUNTY), transaction.atomic():  # two members beside each other, and heads one after the other, are fine
        HouseholdMember.objects.create(**told, from_on=date(2019, 1, 1), until_on=SINCE)
    with pytest.raises(IntegrityError, match="one_household_at_a_time"), within(COUNTY), transaction.atomic():
        HouseholdMember.objects.create(**told | {"person_id": home["son"], "is_head": False}, from_on=ON)


def test_the_constraints_are_boxes(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname IN"
            " ('one_head_at_a_time', 'one_household_at_a_time', 'one_hukou_at_a_time')"
        )
        found = [row[0] for row in cursor.fetchall()]
    assert len(found) == 3 and all("box(" in text for text in found)
