"""Death, settling abroad, leaving for good, and coming back: what ends with them, and what is restored."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Refused, within
from openpes.kernel.scope import CITY
from openpes.people.actions import (
    DepartureFacts,
    HouseholdFacts,
    HukouFacts,
    Paper,
    change_hukou,
    change_name,
    form_household,
    join_household,
    move_residence,
    name_head,
    record_departure,
    record_return,
    take_departure_back,
)
from openpes.people.models import Departure, HouseholdMember, Person, Residence
from openpes.people.queries import life_of, why_not_living
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import a_person

DIED_ON = date(2026, 11, 20)
SINCE = date(2020, 1, 1)
PAPERS = {"died": "medical", "abroad": "exit", "away": "migration"}


@pytest.fixture
def clerk(cast) -> Actor:
    return cast.county_clerk.actor


def gone(person, *, by, at, kind="died", on=DIED_ON, **changes):
    told = {"kind": kind, "on": on, "paper": Paper(evidence=PAPERS.get(kind, "")), "reporter": "relative"} | changes
    return record_departure(person=person.pk, facts=DepartureFacts(**told), by=by, at=at)


@pytest.fixture
def family(clerk, at):
    """A head and a spouse at home since 2020."""
    head, spouse = (a_person(by=clerk, at=at, name=name, resides_from_on=SINCE) for name in ("韦家主", "覃配偶"))
    facts = HouseholdFacts(area=VILLAGE, booklet_no="B-9")
    household = form_household(facts=facts, head=head.pk, from_on=SINCE, by=clerk, at=at)
    join_household(household=household.pk, person=spouse.pk, relation="1", from_on=SINCE, by=clerk, at=at)
    return household, head, spouse


def rows_of(kind, person):
    names = [field.attname for field in kind._meta.concrete_fields]
    with within(CITY):
        return list(kind.objects.filter(person=person).order_by("id").values_list(*names))


def test_with_a_death_end_the_home_and_the_place_in_the_household(clerk, at, family):
    _household, head, _spouse = family
    gone(head, by=clerk, at=at)
    with within(COUNTY):
        assert Residence.objects.get(person=head).until_on == DIED_ON
        place = HouseholdMember.objects.get(person=head)
        assert (place.until_on, place.end_reason) == (DIED_ON, "died")
        life = life_of(scope=COUNTY, person=head.pk)
    line = next(line for line in life.lines if line.text == "Died")
    assert life.died and line.on == DIED_ON and "A relative" in line.more


def test_a_mistaken_death_leaves_every_row_as_it_was(clerk, at, family):
    _household, head, _spouse = family
    before = [rows_of(kind, head) for kind in (Residence, HouseholdMember)]
    gone(head, by=clerk, at=at)
    take_departure_back(person=head.pk, why="本人持身份证到场", by=clerk, at=at + timedelta(days=1))
    assert [rows_of(kind, head) for kind in (Residence, HouseholdMember)] == before
    with within(COUNTY):
        row = Departure.objects.get()
        assert (row.taken_back_by, row.taken_back_why) == (clerk.id, "本人持身份证到场")
        assert why_not_living(person=head.pk) == []


def test_a_home_that_began_after_the_day_comes_back_too(clerk, at, family):
    _household, head, _spouse = family
    move_residence(person=head.pk, area=VILLAGE, address="新址", on=date(2026, 11, 22), by=clerk, at=at)
    before = rows_of(Residence, head)
    gone(head, by=clerk, at=at)
    with within(COUNTY):
        assert [home.until_on for home in Residence.objects.filter(person=head)] == [DIED_ON]
    take_departure_back(person=head.pk, why="误报", by=clerk, at=at)
    assert rows_of(Residence, head) == before


def test_who_led_the_household_comes_back_under_the_head_named_since(clerk, at, family):
    household, head, spouse = family
    gone(head, by=clerk, at=at)
    name_head(household=household.pk, person=spouse.pk, on=date(2026, 11, 21), by=clerk, at=at)
    take_departure_back(person=head.pk, why="误报", by=clerk, at=at)
    with within(COUNTY):
        mine = HouseholdMember.objects.filter(person=head).order_by("from_on")
        assert list(mine.values_list("from_on", "until_on", "is_head")) == [
            (SINCE, DIED_ON, True), (DIED_ON, None, False)
        ]  # fmt: skip
        assert HouseholdMember.objects.get(is_head=True, until_on=None).person_id == spouse.pk


@pytest.mark.parametrize("kind", ["died", "abroad", "away"])
def test_nothing_new_is_recorded_for_who_is_gone(clerk, at, family, kind):
    household, _head, spouse = family
    gone(spouse, by=clerk, at=at, kind=kind)
    told = {"by": clerk, "at": at}
    acts = [
        lambda: move_residence(person=spouse.pk, area=VILLAGE, address="", on=at.date(), **told),
        lambda: join_household(household=household.pk, person=spouse.pk, relation="1", from_on=at.date(), **told),
        lambda: change_hukou(
            person=spouse.pk, facts=HukouFacts(kind="21"), on=at.date(), paper=Paper(evidence="booklet"), **told
        ),
        lambda: gone(spouse, kind=kind, **told),
    ]
    for act in acts:
        with pytest.raises(Refused, match="nothing new is registered"):
            act()
    paper = Paper(evidence="booklet")
    change_name(
        person=spouse.pk, name="覃佩偶", kind="corrected", on=SINCE, paper=paper, **told
    )  # a file may be put right


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({"kind": ""}, ["kind"]),
        ({"on": date(2026, 12, 1)}, ["on"]),
        ({"on": date(1980, 1, 1)}, ["on"]),
        ({"reporter": "self"}, ["reporter"]),
        ({"paper": Paper(evidence="exit"), "reporter": ""}, ["evidence", "reporter"]),
    ],
)
def test_a_death_is_reported_by_somebody_with_a_paper_and_on_a_day(clerk, at, told, fields):
    with pytest.raises(Refused) as refused:
        gone(a_person(by=clerk, at=at), by=clerk, at=at, **told)
    assert [reason.field for reason in refused.value.reasons] == fields


def test_who_left_for_good_comes_back_and_the_dead_do_not(clerk, at, family):
    _household, head, spouse = family
    gone(head, by=clerk, at=at)
    gone(spouse, by=clerk, at=at, kind="away", reporter="self")
    with pytest.raises(Refused, match="says that the person died"):
        record_return(person=head.pk, on=at.date(), address="", by=clerk, at=at)
    with pytest.raises(Refused, match="cannot have returned before"):
        record_return(person=spouse.pk, on=DIED_ON, address="", by=clerk, at=at)
    record_return(person=spouse.pk, on=at.date(), address="回村路 1 号", by=clerk, at=at)
    with within(COUNTY):
        assert Residence.objects.get(person=spouse, until_on=None).address == "回村路 1 号"
        assert why_not_living(person=spouse.pk) == [] != why_not_living(person=head.pk)
        life = life_of(scope=COUNTY, person=spouse.pk)
    assert life.departure is None and "Came back to the city" in [line.text for line in life.lines]


def test_a_report_is_taken_back_once_and_with_its_why(clerk, at, family):
    _household, head, _spouse = family
    gone(head, by=clerk, at=at)
    with pytest.raises(Refused, match="by what the mistake is known"):
        take_departure_back(person=head.pk, why=" ", by=clerk, at=at)
    take_departure_back(person=head.pk, why="误报", by=clerk, at=at)
    with pytest.raises(Refused, match="No death or departure stands"):
        take_departure_back(person=head.pk, why="误报", by=clerk, at=at)


def test_the_database_lets_one_departure_stand_and_nobody_return_from_death(clerk, at, family):
    _household, head, _spouse = family
    row = gone(head, by=clerk, at=at)
    told = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name != "id"}
    with pytest.raises(IntegrityError, match="one_departure_at_a_time"), within(COUNTY), transaction.atomic():
        Departure.objects.create(**told)
    with pytest.raises(IntegrityError, match="nobody_returns_from_death"), within(COUNTY), transaction.atomic():
        Departure.objects.update(returned_on=at.date())


def test_the_neighbour_reports_nothing(clerk, cast, at):
    person, stranger = a_person(by=clerk, at=at), cast.neighbour_clerk.actor
    with pytest.raises(Person.DoesNotExist):
        gone(person, by=stranger, at=at)
    gone(person, by=clerk, at=at)
    with pytest.raises(Person.DoesNotExist):
        take_departure_back(person=person.pk, why="误报", by=stranger, at=at)
