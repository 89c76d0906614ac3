"""The way of a file to another county, accepted or returned, and the household registration with its days."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Refused, within
from openpes.kernel.scope import CITY
from openpes.people.actions import HukouFacts, Paper, PersonChanges, answer_file, change_hukou, change_person
from openpes.people.actions import move_residence as move
from openpes.people.models import FileHandover, HukouPeriod, Person, Residence
from openpes.people.queries import life_of, sent_files, waiting_files
from tests.cast import COUNTY, NEIGHBOUR, VILLAGE
from tests.people.factories import a_person

THERE, FAR = "450105001001", "450102001003"
ON = date(2026, 11, 20)
BOOKLET = Paper(evidence="booklet", number="首页")


@pytest.fixture
def clerk(cast) -> Actor:
    return cast.county_clerk.actor


@pytest.fixture
def other(cast) -> Actor:
    return cast.neighbour_clerk.actor


@pytest.fixture
def mei(clerk, at):
    return a_person(by=clerk, at=at, resides_from_on=date(2020, 1, 1)).pk


def moved(person, *, by, at, area=THERE, on=ON):
    move(person=person, area=area, address="江南路 1 号", on=on, by=by, at=at)
    with within(CITY):
        return FileHandover.objects.filter(person=person).first()


def homes(person):
    with within(CITY):
        rows = Residence.objects.filter(person=person).order_by("from_on")
        return list(rows.values_list("id", "area", "address", "from_on", "until_on"))


def area_of(person):
    with within(CITY):
        return Person.objects.get(pk=person).area


def test_a_file_that_crosses_a_county_waits_for_the_new_office(clerk, other, at, mei):
    row = moved(mei, by=clerk, at=at)
    assert (row.area, row.from_area, row.moved_on, row.due_on) == (THERE, VILLAGE, ON, date(2026, 11, 30))
    with within(NEIGHBOUR):
        assert [file.person_id for file in waiting_files(scope=NEIGHBOUR)] == [mei]
        life = life_of(scope=NEIGHBOUR, person=mei)
        assert life.waiting_file and "File handed over to another county" in [line.text for line in life.lines]
    with within(COUNTY):
        assert [file.pk for file in sent_files(scope=COUNTY)] == [row.pk]
    answer_file(handover=row.pk, accepts=True, by=other, at=at)
    with within(NEIGHBOUR):
        assert waiting_files(scope=NEIGHBOUR) == []
    with pytest.raises(Refused, match="answered already"):
        answer_file(handover=row.pk, accepts=False, note="不在此", by=other, at=at)


def test_a_move_inside_the_county_asks_nobody(clerk, at, mei):
    assert moved(mei, by=clerk, at=at, area="450103002001") is None


def test_a_returned_file_goes_back_as_it_came(clerk, other, at, mei):
    before = homes(mei)
    row = moved(mei, by=clerk, at=at)
    with pytest.raises(Refused, match="Write why"):
        answer_file(handover=row.pk, accepts=False, by=other, at=at)
    answer_file(handover=row.pk, accepts=False, note="查无此人", by=other, at=at)
    assert homes(mei) == before and area_of(mei) == VILLAGE
    with within(COUNTY):
        assert "查无此人" in [line.more for line in life_of(scope=COUNTY, person=mei).lines]


def test_a_corrected_home_is_as_before_when_the_file_is_returned(clerk, other, at, mei):
    before = homes(mei)
    row = moved(mei, by=clerk, at=at, on=date(2020, 1, 1))
    assert homes(mei) != before and len(homes(mei)) == 1
    answer_file(handover=row.pk, accepts=False, note="查无此人", by=other, at=at)
    assert homes(mei) == before


def test_who_moves_on_is_asked_of_the_last_county_and_goes_back_to_the_first(clerk, other, cast, at, mei):
    before = homes(mei)
    first = moved(mei, by=clerk, at=at, on=date(2026, 11, 10))
    second = moved(mei, by=other, at=at, area=FAR)
    with within(CITY):
        assert FileHandover.objects.get(pk=first.pk).answer == "overtaken"
    assert (second.area, second.from_area) == (FAR, VILLAGE)
    answer_file(handover=second.pk, accepts=False, note="查无此人", by=cast.city_clerk.actor, at=at)
    assert homes(mei) == before and area_of(mei) == VILLAGE


def test_a_file_whose_home_changed_since_is_not_returned(clerk, other, at, mei):
    row = moved(mei, by=clerk, at=at)
    move(person=mei, area="450105001002", address="", on=date(2026, 11, 22), by=other, at=at)
    with within(CITY):
        answered = FileHandover.objects.get(pk=row.pk)
        again = FileHandover.objects.waiting().get(person=mei)
    assert answered.answer == "overtaken" and again.from_area == VILLAGE
    with within(CITY):
        Residence.objects.filter(person=mei, until_on=None).update(from_on=date(2026, 11, 23))
    with pytest.raises(Refused, match="cannot go back as it was"):
        answer_file(handover=again.pk, accepts=False, note="查无此人", by=other, at=at)


def test_only_the_new_office_answers(clerk, at, mei):
    row = moved(mei, by=clerk, at=at)
    with pytest.raises(FileHandover.DoesNotExist):
        answer_file(handover=row.pk, accepts=False, note="收回", by=clerk, at=at)


def test_one_file_waits_at_a_time_and_is_answered_whole(clerk, at, mei):
    row = moved(mei, by=clerk, at=at)
    told = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name != "id"}
    with pytest.raises(IntegrityError, match="one_waiting_file"), within(NEIGHBOUR), transaction.atomic():
        FileHandover.objects.create(**told)
    with pytest.raises(IntegrityError, match="file_answered_whole"), within(NEIGHBOUR), transaction.atomic():
        FileHandover.objects.update(answer="accepted")


def hukou(person, kind, on, *, by, at, place="450103", **more):
    facts = HukouFacts(kind=kind, place=place, address="旧村 7 号")
    return change_hukou(person=person, facts=facts, on=on, **{"paper": BOOKLET} | more, by=by, at=at)


def periods(person):
    with within(CITY):
        rows = HukouPeriod.objects.filter(person=person).order_by("from_on")
        return list(rows.values_list("kind", "place", "from_on", "until_on"))


def test_household_registrations_follow_each_other_and_the_file_shows_the_present_one(clerk, at, mei):
    hukou(mei, "21", date(2026, 3, 1), by=clerk, at=at)
    hukou(mei, "11", ON, by=clerk, at=at, place="450105")
    assert periods(mei) == [("21", "450103", date(2026, 3, 1), ON), ("11", "450105", ON, None)]
    hukou(mei, "50", ON, by=clerk, at=at, place="450105")  # the first day of the present one: a correction
    assert periods(mei)[-1] == ("50", "450105", ON, None)
    with within(COUNTY):
        assert Person.objects.get(pk=mei).hukou == "50"


def test_what_stood_in_the_file_before_counts_from_its_first_record(clerk, at, mei):
    later = at.replace(month=12)
    hukou(mei, "21", date(2026, 12, 1), by=clerk, at=later)
    assert periods(mei) == [("11", "", at.date(), date(2026, 12, 1)), ("21", "450103", date(2026, 12, 1), None)]


def test_a_corrected_code_corrects_the_present_period(clerk, at, mei):
    hukou(mei, "21", ON, by=clerk, at=at)
    change_person(person=mei, version=2, changes=PersonChanges(hukou="20"), by=clerk, at=at)
    assert periods(mei)[-1][0] == "20"


@pytest.mark.parametrize(
    ("kind", "place", "on", "paper", "fields"),
    [
        ("77", "450103", ON, BOOKLET, ["kind"]),
        ("21", "000000", ON, BOOKLET, ["place"]),
        ("21", "", date(2026, 12, 1), Paper(evidence="medical"), ["evidence", "on"]),
    ],
)
def test_every_reason_against_a_household_registration_is_told(clerk, at, mei, kind, place, on, paper, fields):
    with pytest.raises(Refused) as refused:
        hukou(mei, kind, on, by=clerk, at=at, place=place, paper=paper)
    assert [reason.field for reason in refused.value.reasons] == fields


def test_the_same_again_and_a_day_before_the_present_one_are_refused(clerk, at, mei):
    hukou(mei, "21", ON, by=clerk, at=at)
    with pytest.raises(Refused) as refused:
        hukou(mei, "21", date(2026, 1, 1), by=clerk, at=at)
    assert [reason.field for reason in refused.value.reasons] == ["kind", "on"]
    told = {"area": VILLAGE, "person_id": mei, "kind": "11", "from_on": ON, "recorded_at": at, "recorded_by": 1}
    with pytest.raises(IntegrityError, match="one_hukou_at_a_time"), within(COUNTY), transaction.atomic():
        HukouPeriod.objects.create(**told)
