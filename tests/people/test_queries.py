"""Finding persons, and the two guards around an area."""

from datetime import date

import pytest
from django.db import connection

from openpes.kernel import within
from openpes.people import queries
from openpes.people.actions import HouseholdFacts, form_household, move_residence
from openpes.people.models import Person
from openpes.people.queries import PersonSieve
from tests.cast import COUNTY, NEIGHBOUR, VILLAGE
from tests.people.factories import a_person, id_number

NUMBER = id_number(date(1985, 2, 3), "2", 77)


@pytest.fixture
def mei(cast, at):
    return a_person(by=cast.county_clerk.actor, at=at, id_number=NUMBER, name="覃小梅", phone="137 0000 1234")


@pytest.fixture
def neighbour(cast, at):
    return a_person(by=cast.neighbour_clerk.actor, at=at, area=NEIGHBOUR, name="覃小梅", phone="13700001234")


@pytest.mark.parametrize(
    "text",
    [NUMBER, f" {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", NUMBER.lower(), NUMBER[-4:], "覃小梅", " 覃 小梅",
     "qxm", "QX", "13700001234", "+86 137-0000-1234"],
)  # fmt: skip
def test_a_person_is_found_by_every_way_and_only_in_the_area(mei, neighbour, text):
    with within(COUNTY):
        assert [p.pk for p in queries.find_persons(scope=COUNTY, text=text)] == [mei.pk]


@pytest.mark.parametrize("text", ["", "  ", "梅", "覃", "0000", "mxq", "99999999999"])
def test_what_means_nobody_finds_nobody(mei, text):
    with within(COUNTY):
        assert queries.find_persons(scope=COUNTY, text=text) == []


def test_find_gives_at_most_the_limit(cast, at):
    for _n in range(4):
        a_person(by=cast.county_clerk.actor, at=at, name="黄同名")
    with within(COUNTY):
        assert len(queries.find_persons(scope=COUNTY, text="黄同名", limit=3)) == 3


# Two thousand others of the area: in a table of one row every index is as good as any other.
NEIGHBOURS = """
INSERT INTO people_person (area, name, initials, id_number_sealed, id_number_index, id_tail_index, id_mask, sex,
    born_on, ethnic_group, education, hukou, marital, skill_level, skills, phone_mask, version, created_at)
SELECT area, '某' || n, 'm', '', decode(md5(n::text), 'hex'), id_tail_index, id_mask, sex, born_on,
    '', '', '', '', '', '{}', '', 1, created_at FROM people_person, generate_series(1, 2000) AS n WHERE id = %s
"""


def test_initials_are_read_in_the_order_of_their_index_and_never_sorted(mei):
    """Two initials are those of many thousands in a large city; sorting them all for ten took most of a second."""
    with within(COUNTY), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(NEIGHBOURS, [mei.pk])
        plans = []
        for text in ("qx", "覃小梅"):
            found = queries.persons._meant_by(Person.objects.visible_to(COUNTY).order_by("name", "id"), text)[:10]
            sql, parameters = found.query.sql_with_params()
            cursor.execute(f"EXPLAIN {sql}", parameters)
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
    assert "person_by_initials" in plans[0] and "Sort" not in plans[0], plans[0]
    assert "person_by_name" in plans[1] and "Sort" not in plans[1], plans[1]


def test_the_nearest_initials_come_first(cast, at):
    for name in ("覃小梅花", "覃小梅", "秦香莲"):
        a_person(by=cast.county_clerk.actor, at=at, name=name)
    with within(COUNTY):
        assert [p.initials for p in queries.find_persons(scope=COUNTY, text="qx")] == ["qxl", "qxm", "qxmh"]


def test_finding_uses_an_index_whatever_is_typed(mei):
    for text in (NUMBER, NUMBER[-4:], "覃小梅", "qxm", "13700001234"):
        with within(COUNTY), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            found = queries.persons._meant_by(Person.objects.visible_to(COUNTY), text)
            sql, parameters = found.query.sql_with_params()
            cursor.execute(f"EXPLAIN {sql}", parameters)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan" not in plan and "Index" in plan, plan


def test_a_person_of_another_area_does_not_exist(mei):
    with within(NEIGHBOUR), pytest.raises(Person.DoesNotExist):
        queries.person(scope=NEIGHBOUR, pk=mei.pk)


def test_a_query_that_forgot_its_scope_is_saved_by_the_policy(mei, neighbour):
    planted = Person.objects.all()  # the mistake: no visible_to
    with within(COUNTY):
        assert [p.pk for p in planted.order_by("id")] == [mei.pk]


def test_a_connection_without_a_policy_is_saved_by_the_query(mei, neighbour):
    with within("4501"):  # the mistake: the policy lets the whole city through
        assert [p.pk for p in queries.find_persons(scope=COUNTY, text="覃小梅")] == [mei.pk]
        assert list(queries.persons_matching(scope=COUNTY, sieve=PersonSieve(), on=date(2026, 11, 23))) == [mei]
        with pytest.raises(Person.DoesNotExist):
            queries.person(scope=COUNTY, pk=neighbour.pk)


def test_without_a_scope_there_is_nobody(mei):
    with within("4501"):
        assert queries.find_persons(scope="", text="覃小梅") == []


def test_a_list_is_narrowed_by_area_sex_and_age(mei, cast, at):
    young = a_person(by=cast.county_clerk.actor, at=at, id_number=id_number(date(2008, 1, 1), "1", 3))
    with within(COUNTY):
        ask = {"scope": COUNTY, "on": at.date()}
        assert list(queries.persons_matching(sieve=PersonSieve(age_max=20), **ask)) == [young]
        assert list(queries.persons_matching(sieve=PersonSieve(age_min=41, age_max=41, sex="2"), **ask)) == [mei]
        assert list(queries.persons_matching(sieve=PersonSieve(area="450103002"), **ask)) == []
        assert list(queries.persons_matching(sieve=PersonSieve(area=NEIGHBOUR), **ask)) == []


def test_earlier_homes_go_with_the_person(mei, cast, at):
    move_residence(
        person=mei.pk, area="450105001", address="新家", on=at.date(), by=cast.county_clerk.actor, at=at
    )
    with within(NEIGHBOUR):
        homes = queries.residences_of(scope=NEIGHBOUR, person=mei.pk)
        assert homes[0].area == "450105001"
    with within(COUNTY), pytest.raises(Person.DoesNotExist):
        queries.residences_of(scope=COUNTY, person=mei.pk)


def test_a_card_shows_masks_and_words(mei, at):
    with within(COUNTY):
        card = queries.person_card(scope=COUNTY, person=mei.pk, on=at.date())
    assert card.age == 41 and card.id_mask.count("*") == 13
    assert NUMBER not in str(card) and "13700001234" not in str(card)
    assert any("Local non-agricultural" in value for _label, value in card.rows)


def test_a_household_lists_its_members_with_the_head_first(mei, cast, at):
    form_household(
        facts=HouseholdFacts(area=VILLAGE, booklet_no="77"),
        head=mei.pk, from_on=at.date(), by=cast.county_clerk.actor, at=at,
    )  # fmt: skip
    with within(COUNTY):
        view = queries.household_of(scope=COUNTY, person=mei.pk, on=at.date())
    assert [(m.person.pk, m.relation, m.is_head) for m in view.members] == [(mei.pk, "Head", True)]
