"""What a member is to the head: told anew from a day on, and taken back, as a leaving is, without a trace."""

from datetime import date

import pytest

from openpes.audit.models import JournalEntry
from openpes.kernel import Actor, Refused, within
from openpes.kernel.scope import CITY
from openpes.people.actions import (
    HouseholdFacts,
    change_relation,
    form_household,
    join_household,
    leave_household,
    name_head,
    take_leaving_back,
    take_relation_back,
)
from openpes.people.models import HouseholdMember
from openpes.people.queries import household_history, life_of
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import a_person, id_number

SINCE, ON = date(2020, 1, 1), date(2026, 11, 2)


@pytest.fixture
def clerk(cast) -> Actor:
    return cast.county_clerk.actor


@pytest.fixture
def home(clerk, at):
    """A household of a head and somebody of whom nobody knew more than that they are related."""
    found = {}
    for role, born_on in (("head", date(1970, 1, 1)), ("other", date(1972, 1, 1))):
        number = id_number(born_on)
        found[role] = a_person(by=clerk, at=at, name=f"韦{role}", id_number=number, resides_from_on=SINCE).pk
    facts = HouseholdFacts(area=VILLAGE, booklet_no="B-7")
    found["household"] = form_household(facts=facts, head=found["head"], from_on=SINCE, by=clerk, at=at).pk
    told = {"household": found["household"], "person": found["other"], "relation": "8", "from_on": SINCE}
    found["member"] = join_household(**told, by=clerk, at=at).pk
    return found


def place(home) -> dict[str, int]:
    return {"household": home["household"], "person": home["other"]}


def lines(home) -> list[dict]:
    with within(CITY):
        return list(HouseholdMember.objects.filter(household=home["household"]).order_by("id").values())


def test_a_relation_told_anew_begins_a_line_and_no_life_says_that_somebody_left(clerk, at, home):
    change_relation(**place(home), relation="7", on=ON, by=clerk, at=at)
    told = [(row["relation"], row["from_on"], row["until_on"]) for row in lines(home)]
    assert told == [("0", SINCE, None), ("8", SINCE, ON), ("7", ON, None)]
    with within(COUNTY):
        texts = [line.text for line in life_of(scope=COUNTY, person=home["other"]).lines]
        history = household_history(scope=COUNTY, household=home["household"])
        told_on = [line.payload["on"] for line in JournalEntry.objects.filter(event="people.HouseholdRelationChanged")]
    assert texts.count("In a household") == 2 and "Left the household" not in texts
    assert [row.why for row in history] == ["the relation to the head was told anew"]
    assert told_on == [ON.isoformat()]


def test_a_line_that_ended_without_a_reason_and_did_not_go_on_says_that_somebody_left(clerk, at, home):
    leave_household(person=home["other"], on=ON, by=clerk, at=at)
    with within(CITY):
        HouseholdMember.objects.filter(pk=home["member"]).update(end_reason="")
        texts = [line.text for line in life_of(scope=COUNTY, person=home["other"]).lines]
    assert "Left the household" in texts


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"relation": "8"}, "stands in this relation already"), ({"relation": "x"}, "no relation to the head"),
        ({"relation": "0"}, "not changed by a relation"), ({"on": date(2026, 12, 31)}, "lies in the future"),
        ({"on": date(2019, 12, 31)}, "cannot begin before"),
    ],
)  # fmt: skip
def test_a_relation_that_cannot_be_is_refused_and_changes_nothing(clerk, at, home, told, words):
    before = lines(home)
    with pytest.raises(Refused, match=words):
        change_relation(**place(home), **({"relation": "7", "on": ON} | told), by=clerk, at=at)
    assert lines(home) == before


def test_the_head_stands_in_no_relation_and_a_stranger_neither(clerk, at, home):
    with pytest.raises(Refused, match="not changed by a relation"):
        change_relation(household=home["household"], person=home["head"], relation="7", on=ON, by=clerk, at=at)
    leave_household(person=home["other"], on=ON, by=clerk, at=at)
    with pytest.raises(Refused, match="does not belong"):
        change_relation(**place(home), relation="7", on=ON, by=clerk, at=at)


@pytest.mark.parametrize("on", [ON, SINCE])
def test_a_relation_is_taken_back_without_a_trace(clerk, at, home, on):
    before = lines(home)
    change_relation(**place(home), relation="7", on=on, by=clerk, at=at)
    take_relation_back(**place(home), told="7", was="8", on=on, by=clerk, at=at)
    assert lines(home) == before


def test_a_relation_is_not_taken_back_under_what_came_later(clerk, at, home):
    change_relation(**place(home), relation="7", on=ON, by=clerk, at=at)
    name_head(household=home["household"], person=home["other"], on=ON, by=clerk, at=at)
    before = lines(home)
    with pytest.raises(Refused, match="has changed since"):
        take_relation_back(**place(home), told="7", was="8", on=ON, by=clerk, at=at)
    assert lines(home) == before


@pytest.mark.parametrize("on", [ON, SINCE])
def test_a_leaving_is_taken_back_without_a_trace(clerk, at, home, on):
    before = lines(home)
    leave_household(person=home["other"], on=on, by=clerk, at=at)
    assert lines(home) != before
    take_leaving_back(**place(home), member=home["member"], relation="8", on=on, by=clerk, at=at)
    assert lines(home) == before
    with pytest.raises(Refused, match="belongs to a household"):
        take_leaving_back(**place(home), member=home["member"], relation="8", on=on, by=clerk, at=at)


def test_joining_anew_would_break_the_period_that_taking_back_keeps(clerk, at, home):
    """The mistake that was there once: who left and is back joined the household a second time."""
    before = lines(home)
    leave_household(person=home["other"], on=ON, by=clerk, at=at)
    join_household(**place(home), relation="8", from_on=at.date(), by=clerk, at=at)
    assert lines(home) != before
