"""Registering persons, moving, households, reading files, on a real database."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.kernel import Refused, listen, within
from openpes.kernel.events import Event, _listeners
from openpes.people.actions import (
    HouseholdFacts,
    PersonChanges,
    change_person,
    form_household,
    join_household,
    leave_household,
    move_residence,
    name_head,
    open_file,
    register_person,
    reveal_identifier,
)
from openpes.people.events import IdentifierRevealed, MovedHome, PersonFileOpened, PersonRegistered
from openpes.people.models import HouseholdMember, Person, Residence
from tests.cast import COUNTY, NEIGHBOUR, VILLAGE
from tests.people.factories import a_person, facts, id_number

BORN = date(1990, 5, 17)


@pytest.fixture
def heard():
    """Every event that is published during the test."""
    events = []

    def hear(event):
        events.append(event)

    listen(Event)(hear)
    yield events
    _listeners[Event].remove(hear)


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


def only(refused) -> object:
    assert len(refused.value.reasons) == 1
    return refused.value.reasons[0]


def test_a_person_is_registered_with_sealed_identifiers_and_a_home(clerk, at, heard):
    number = id_number(BORN, "2", 7)
    person = register_person(facts=facts(id_number=number, resides_from_on=date(2020, 1, 1)), by=clerk, at=at)
    assert (person.born_on, person.sex, person.id_mask) == (BORN, "2", number[:3] + "*" * 13 + number[-2:])
    assert number.encode() not in bytes(person.id_number_sealed)
    assert person.id_number().reveal() == number
    assert str(person.phone()) == "138****0000"
    with within(COUNTY):
        home = Residence.objects.get(person=person)
    assert (home.area, home.from_on, home.until_on) == (VILLAGE, date(2020, 1, 1), None)
    assert heard == [PersonRegistered(person=person.pk, area=VILLAGE, by=clerk.id, at=at)]


def test_no_identifier_stands_in_the_database_in_the_clear(clerk, at):
    number = id_number(BORN, "1", 8)
    person = a_person(by=clerk, at=at, id_number=number, phone="13911112222")
    with within(COUNTY), connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM people_person p WHERE id = %s", [person.pk])
        row = cursor.fetchone()[0]
    assert number not in row and number[-6:] not in row
    assert "13911112222" not in row
    assert number.encode().hex() not in row


def test_a_15_digit_number_is_upgraded_and_is_the_same_person(clerk, at):
    number = compose_resident_id(INVENTED_COUNTY, date(1976, 3, 4), 21)
    old = number[:6] + number[8:17]
    person = a_person(by=clerk, at=at, id_number=old)
    assert person.id_number().reveal() == number
    with pytest.raises(Refused) as refused:
        a_person(by=clerk, at=at, id_number=number)
    assert only(refused).field == "id_number"


def test_a_full_width_number_is_the_same_person(clerk, at):
    number = compose_resident_id(INVENTED_COUNTY, date(1976, 3, 4), 23)
    a_person(by=clerk, at=at, id_number=number)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    with pytest.raises(Refused, match="already registered in your area"):
        a_person(by=clerk, at=at, id_number=wide)


def test_a_wrong_check_digit_is_named_with_the_expected_one(clerk, at):
    number = id_number(BORN, "1", 30)
    wrong = "0" if number[-1] != "0" else "1"
    with pytest.raises(Refused) as refused:
        a_person(by=clerk, at=at, id_number=number[:-1] + wrong)
    assert f"is {wrong}, but these digits require {number[-1]}" in only(refused).text


def test_an_unknown_county_does_not_stop_a_registration(clerk, at):
    assert a_person(by=clerk, at=at, id_number=compose_resident_id("459999", BORN, 11)).pk


@pytest.mark.parametrize("name", ["䶮㛃", "王𬭎", "买买提•吐尔逊", "阿" * 50])
def test_rare_and_long_names_are_kept(clerk, at, name):
    person = a_person(by=clerk, at=at, name=f" {name} ")
    with within(COUNTY):
        assert Person.objects.get(pk=person.pk).name == name.replace("•", "·")


def test_unknown_codes_are_refused_by_field(clerk, at):
    with pytest.raises(Refused) as refused:
        a_person(by=clerk, at=at, education="XX", hukou="77", skills=("flying",))
    assert [reason.field for reason in refused.value.reasons] == ["education", "hukou", "skills"]


def test_a_person_of_another_area_is_refused_without_a_word_about_them(clerk, cast, at):
    number = id_number(BORN, "2", 41)
    a_person(by=clerk, at=at, id_number=number, name="韦秘密")
    with pytest.raises(Refused) as refused:
        a_person(by=cast.neighbour_clerk.actor, at=at, id_number=number, area=NEIGHBOUR)
    words = f"{only(refused).text} {only(refused).next_step}"
    assert "another office" in words and "the city office" in words
    assert "韦" not in words and COUNTY not in words


def test_nobody_registers_in_an_area_that_is_not_theirs(clerk, at):
    with pytest.raises(Refused) as refused:
        a_person(by=clerk, at=at, area=NEIGHBOUR)
    assert only(refused).field == "area"


def test_a_change_needs_the_version_that_was_read(clerk, at):
    person = a_person(by=clerk, at=at)
    change_person(
        person=person.pk, version=1, changes=PersonChanges(education="20", phone="13922223333"), by=clerk, at=at
    )
    with within(COUNTY):
        stored = Person.objects.get(pk=person.pk)
    assert (stored.education, stored.version) == ("20", 2)
    assert stored.phone().reveal() == "13922223333"
    with pytest.raises(Refused, match="Somebody else changed this file"):
        change_person(person=person.pk, version=1, changes=PersonChanges(education="61"), by=clerk, at=at)


def test_a_change_leaves_the_former_row_in_the_history(clerk, at):
    person = a_person(by=clerk, at=at)
    change_person(person=person.pk, version=1, changes=PersonChanges(education="20"), by=clerk, at=at)
    with within(COUNTY), connection.cursor() as cursor:
        cursor.execute("SELECT education, version FROM people_personevent WHERE id = %s", [person.pk])
        assert cursor.fetchall() == [("20", 2)]


def test_the_neighbour_can_neither_change_nor_open_nor_move_nor_reveal(clerk, cast, at):
    person = a_person(by=clerk, at=at)
    stranger = {"person": person.pk, "by": cast.neighbour_clerk.actor, "at": at}
    with pytest.raises(Person.DoesNotExist):
        change_person(version=1, changes=PersonChanges(education="20"), **stranger)
    with pytest.raises(Person.DoesNotExist):
        open_file(purpose="look", **stranger)
    with pytest.raises(Person.DoesNotExist):
        move_residence(area=NEIGHBOUR, address="", on=at.date(), **stranger)
    with pytest.raises(Person.DoesNotExist):
        reveal_identifier(purpose="verify", case="1", **stranger)


def test_opening_and_revealing_are_journalled_before_anything_is_shown(clerk, at, heard):
    person = a_person(by=clerk, at=at)
    open_file(person=person.pk, purpose="counter", by=clerk, at=at)
    shown = reveal_identifier(person=person.pk, purpose="verify", case="4501032026000001", by=clerk, at=at)
    assert shown.reveal().startswith(INVENTED_COUNTY) and shown.reveal() not in f"{shown} {shown!r}"
    assert [type(event) for event in heard] == [PersonRegistered, PersonFileOpened, IdentifierRevealed]
    assert not any(shown.reveal() in str(asdict(event)) for event in heard)
    with pytest.raises(Refused):
        reveal_identifier(person=person.pk, purpose="verify", case="", by=clerk, at=at)


def test_a_move_ends_one_home_and_begins_the_next_on_the_same_day(clerk, at):
    person = a_person(by=clerk, at=at, resides_from_on=date(2020, 1, 1))
    moved_on = at.date() - timedelta(days=3)
    move_residence(person=person.pk, area="450103002", address="建政路 2 号", on=moved_on, by=clerk, at=at)
    with within(COUNTY):
        homes = list(Residence.objects.filter(person=person).values_list("area", "from_on", "until_on"))
        assert Person.objects.get(pk=person.pk).area == "450103002"
    assert homes == [(VILLAGE, date(2020, 1, 1), moved_on), ("450103002", moved_on, None)]


def test_a_move_to_another_county_hands_the_file_over(clerk, cast, at, heard):
    person = a_person(by=clerk, at=at, resides_from_on=date(2020, 1, 1))
    move_residence(person=person.pk, area="450105001", address="", on=at.date(), by=clerk, at=at)
    assert heard[-2] == MovedHome(
        person=person.pk, area="450105001", from_area=VILLAGE, on=at.date(), by=clerk.id, at=at
    )
    with pytest.raises(Person.DoesNotExist):
        open_file(person=person.pk, purpose="look", by=clerk, at=at)
    assert open_file(person=person.pk, purpose="look", by=cast.neighbour_clerk.actor, at=at).pk == person.pk


@pytest.mark.parametrize("days", [1, -4000])
def test_a_move_in_the_future_or_before_the_present_home_is_refused(clerk, at, days):
    person = a_person(by=clerk, at=at, resides_from_on=date(2020, 1, 1))
    with pytest.raises(Refused) as refused:
        move_residence(
            person=person.pk, area=VILLAGE, address="", on=at.date() + timedelta(days=days), by=clerk, at=at
        )
    assert only(refused).field == "on"


def test_the_database_itself_refuses_a_second_home_at_a_time(clerk, at):
    from django.db import IntegrityError

    person = a_person(by=clerk, at=at)
    with pytest.raises(IntegrityError, match="one_residence_at_a_time"), within(COUNTY), transaction.atomic():
        Residence.objects.create(area=VILLAGE, person=person, from_on=at.date())


@pytest.fixture
def household(clerk, at):
    head = a_person(by=clerk, at=at, name="韦家主")
    return form_household(
        facts=HouseholdFacts(area=VILLAGE, booklet_no="B-1", kind="5"),
        head=head.pk, from_on=date(2020, 1, 1), by=clerk, at=at,
    )  # fmt: skip


def test_a_household_has_members_and_one_head(clerk, at, household):
    spouse = a_person(by=clerk, at=at, name="覃配偶")
    join_household(
        household=household.pk, person=spouse.pk, relation="1", from_on=date(2021, 1, 1), by=clerk, at=at
    )
    name_head(household=household.pk, person=spouse.pk, on=at.date(), by=clerk, at=at)
    with within(COUNTY):
        heads = HouseholdMember.objects.filter(household=household, is_head=True, until_on=None)
        assert [row.person_id for row in heads] == [spouse.pk]
    leave_household(person=spouse.pk, on=at.date(), by=clerk, at=at)
    with within(COUNTY):
        assert HouseholdMember.objects.get(person=spouse).until_on == at.date()


def test_a_person_belongs_to_one_household_at_a_time(clerk, at, household):
    with within(COUNTY):
        head = HouseholdMember.objects.get(household=household).person_id
    with pytest.raises(Refused, match="already a member of this household"):
        join_household(
            household=household.pk, person=head, relation="8", from_on=date(2022, 1, 1), by=clerk, at=at
        )
    with pytest.raises(Refused, match="another household"):
        form_household(facts=HouseholdFacts(area=VILLAGE), head=head, from_on=at.date(), by=clerk, at=at)


def test_a_booklet_number_is_registered_once_in_an_area(clerk, at, household):
    other = a_person(by=clerk, at=at)
    with pytest.raises(Refused) as refused:
        form_household(
            facts=HouseholdFacts(area=VILLAGE, booklet_no="B-1"), head=other.pk, from_on=at.date(), by=clerk, at=at
        )
    assert only(refused).field == "booklet_no"
