"""A migrant household comes home: its files cross a county, are accepted, and life goes on in the village.

Everything is done on the pages, as the offices do it.
"""

import re
from datetime import date
from uuid import uuid4

import pytest

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.people.actions import HouseholdFacts, Paper, change_name, form_household, join_household
from openpes.people.models import FileHandover, Household, HouseholdMember, Person, Residence
from openpes.registration.models import StatusPeriod, Transfer
from tests.cast import VILLAGE
from tests.people.factories import a_person, id_number
from tests.registration.factories import unemployed

TOWN_HOME = "450105001001"
WED_ON, RETURNED_ON, SPLIT_ON = date(2012, 5, 1), "2026-11-20", "2026-11-23"


class Desk:
    """A desk: pages are opened and forms sent, and what is not answered as it should be fails at once."""

    def __init__(self, player) -> None:
        self.client = player.client()

    def sees(self, page: str, *words: str) -> str:
        answer = self.client.get(page)
        assert answer.status_code == 200, page
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))
        missing = [word for word in words if word not in text]
        assert missing == [], f"{page} says: {text[:1500]}"
        return text

    def sends(self, page: str, **told) -> None:
        answer = self.client.post(page, {"idempotency_key": uuid4().hex, **told})
        assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.content.decode())[-3000:]

    def misses(self, page: str) -> None:
        assert self.client.get(page).status_code == 404, page


@pytest.fixture
def family(cast, at):
    """Father, mother and son under one booklet in a town of the other county, where the father is unemployed."""
    by = cast.neighbour_clerk.actor
    found = {}
    for role, name, born_on, sex in (
        ("father", "韦大山", date(1978, 2, 3), "1"), ("mother", "覃春花", date(1980, 6, 7), "2"),
        ("son", "韦小山", date(2003, 9, 9), "1"),
    ):  # fmt: skip
        number = id_number(born_on, sex)
        person = a_person(
            by=by, at=at, name=name, id_number=number, area=TOWN_HOME, resides_from_on=WED_ON, hukou="12"
        )
        found[role] = person.pk
    booklet = HouseholdFacts(area=TOWN_HOME, booklet_no="N-88", address="福建园 8 栋")
    house = form_household(facts=booklet, head=found["father"], from_on=WED_ON, by=by, at=at).pk
    for role, relation in (("mother", "1"), ("son", "2")):
        told = {"household": house, "person": found[role], "relation": relation, "from_on": WED_ON}
        join_household(**told, by=by, at=at)
    paper = Paper(evidence="booklet", number="第 6 页")
    change_name(person=found["mother"], name="覃春华", kind="corrected", on=date(2015, 3, 1), paper=paper, by=by, at=at)
    unemployed(found["father"], by=by, at=at)
    return found


def test_a_returning_migrant_household(cast, at, family):
    town, county = Desk(cast.neighbour_clerk), Desk(cast.county_clerk)
    _leaves_the_town(town, family)
    _is_accepted_at_home(county, family)
    _settles_in_the_village(county, family)
    _the_son_begins_a_household_of_his_own(county, family)
    _is_the_business_of_the_town_no_more(town, family)


def _leaves_the_town(town: Desk, family) -> None:
    father = family["father"]
    town.sees(f"/counter/person/{father}/", "韦大山", "Registered unemployed")
    town.sees(f"/people/{father}/household", "N-88", "覃春华", "Move the household")
    town.sees(f"/people/{father}/household/move", "Who moves", "韦小山")
    told = {"movers": list(family.values()), "area": VILLAGE, "address": "旧村 12 号", "on": RETURNED_ON}
    town.sends(f"/people/{father}/household/move", **told)
    town.misses(f"/counter/person/{father}/")
    assert "韦大山" not in town.sees("/people/handovers", "Files that went to other counties", "waiting")
    with within(CITY):
        assert set(Person.objects.values_list("area", flat=True)) == {VILLAGE}
        assert Household.objects.get().area == VILLAGE
        assert list(Residence.objects.filter(person=father).order_by("from_on").values_list("area", "until_on")) == [
            (TOWN_HOME, date(2026, 11, 20)), (VILLAGE, None),
        ]  # fmt: skip


def _is_accepted_at_home(county: Desk, family) -> None:
    county.sees("/counter/", "Accept the file of another county: 韦大山")
    county.sees("/people/handovers", "韦大山", "覃春华", "韦小山", "answer by 30 Nov 2026")
    county.sees(f"/people/{family['father']}/life", "This file came from another county")
    with within(CITY):
        waiting = dict(FileHandover.objects.waiting().values_list("person_id", "pk"))
    assert waiting.keys() == set(family.values())
    for row in waiting.values():
        county.sees(f"/people/handovers/{row}", "A file from another county", "Moved on")
        county.sends(f"/people/handovers/{row}", accepts="yes", note="")
    county.sees("/people/handovers", "No file of another county waits.")
    county.sees(f"/people/{family['father']}/life", "Hand-over of the file: Accepted", "New home")
    with within(CITY):
        assert Transfer.objects.get().answer == "accepted"
        assert StatusPeriod.objects.get(until_on=None).area == VILLAGE


def _settles_in_the_village(county: Desk, family) -> None:
    mother = family["mother"]
    found = county.client.post("/counter/find/", {"q": "覃春花"}).content.decode()
    assert "覃春华" in found and "formerly 覃春花" in found
    told = {"kind": "21", "place": "450103", "address": "旧村 12 号", "on": RETURNED_ON, "evidence": "booklet"}
    county.sends(f"/people/{mother}/hukou", **told, evidence_no="首页")
    county.sees(f"/people/{mother}/life", "Formerly named", "覃春花", "Local agricultural", "旧村 12 号")
    county.sends(f"/people/{mother}/household/head", on=RETURNED_ON)
    text = county.sees(f"/people/{mother}/household", "Who belonged to it before", "the head of the household changed")
    assert text.index("覃春华") < text.index("韦大山")  # the head stands first
    with within(CITY):
        head = HouseholdMember.objects.get(is_head=True, until_on=None)
    assert head.person_id == mother


def _the_son_begins_a_household_of_his_own(county: Desk, family) -> None:
    son = family["son"]
    split = {f"goes_{son}": "on", "new_head": son, "on": SPLIT_ON, "booklet_no": "L-13", "area": VILLAGE}
    county.sends(f"/people/{son}/household/split", **split, address="旧村 13 号", kind="5")
    assert "覃春华" not in county.sees(f"/people/{son}/household", "L-13", "韦小山").split("This person")[0]
    county.sees(f"/people/{family['mother']}/household", "N-88", "韦大山", "went to a household of their own")
    told = {"from_on": "2026-11-02", "reason": "10", "willing": "on"}
    county.sends(f"/registration/persons/{son}/unemployment", **told)
    county.sees(f"/counter/person/{son}/", "Registered unemployed", "旧村 12 号")
    county.sees(f"/people/{son}/life", "In a household", "Left the household", "booklet L-13")


def _is_the_business_of_the_town_no_more(town: Desk, family) -> None:
    for person in family.values():
        for page in (f"/counter/person/{person}/", f"/people/{person}/life", f"/people/{person}/household"):
            town.misses(page)
    assert "覃春华" not in town.client.post("/counter/find/", {"q": "覃春花"}).content.decode()
    town.sees("/people/handovers", "Accepted")
