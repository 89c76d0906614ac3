"""After a new head each member is worded anew, on one page: all of them or none, and each in the journal."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from openpes.audit.models import JournalEntry
from openpes.kernel import Refused, within
from openpes.people.actions import HouseholdFacts, form_household, join_household, name_head, word_relations
from openpes.people.models import Household, HouseholdMember
from tests.cast import COUNTY, VILLAGE
from tests.people.factories import a_person, id_number

SINCE, CHANGED, CAME = date(2020, 1, 1), date(2026, 11, 2), date(2026, 11, 10)


@pytest.fixture
def clerk(cast):
    return cast.county_clerk.actor


@pytest.fixture
def home(clerk, at):
    """A household whose head went over to a child; a son-in-law and his child came from “other relation”."""
    found = {}
    for n, role in enumerate(("old", "daughter", "partner", "child")):
        number = id_number(date(1950 + 20 * n, 1, 1))
        found[role] = a_person(by=clerk, at=at, name=f"韦{role}", id_number=number, resides_from_on=SINCE).pk
    facts = HouseholdFacts(area=VILLAGE, booklet_no="B-9")
    told = {"from_on": SINCE, "by": clerk, "at": at}
    found["household"] = form_household(facts=facts, head=found["old"], **told).pk
    for role, relation in (("daughter", "3"), ("partner", "8"), ("child", "4")):
        join_household(household=found["household"], person=found[role], relation=relation, **told)
    name_head(household=found["household"], person=found["daughter"], on=CHANGED, by=clerk, at=at)
    return found


def relations(home) -> dict[str, tuple[str, date]]:
    with within(COUNTY):
        rows = HouseholdMember.objects.filter(household=home["household"], until_on=None).select_related("person")
        return {row.person.name.removeprefix("韦"): (row.relation, row.from_on) for row in rows}


def worded(home, clerk, at, on=CHANGED, **roles) -> int:
    told = {home[role]: relation for role, relation in roles.items()}
    return word_relations(household=home["household"], relations=told, on=on, by=clerk, at=at)


def lines_of_journal(home) -> list[int]:
    with within(COUNTY):
        found = JournalEntry.objects.filter(event="people.HouseholdRelationChanged").order_by("person")
        return list(found.values_list("person", flat=True))


def test_several_are_worded_at_once_from_the_day_of_the_new_head(clerk, at, home):
    assert relations(home)["partner"][0] == relations(home)["child"][0] == "8"
    assert worded(home, clerk, at, old="5", partner="1", child="2") == 2, "the parent was worded by the rule already"
    after = relations(home)
    assert {role: told[0] for role, told in after.items()} == {
        "daughter": "0", "old": "5", "partner": "1", "child": "2"
    }  # fmt: skip
    assert after["child"] == ("2", CHANGED), "no second line for the same day"
    assert lines_of_journal(home) == sorted([home["partner"], home["child"]])


def test_who_came_in_later_is_worded_from_the_own_day(clerk, at, home):
    late = a_person(by=clerk, at=at, id_number=id_number(date(2024, 5, 5))).pk
    told = {"household": home["household"], "person": late, "relation": "8", "from_on": CAME}
    join_household(**told, by=clerk, at=at)
    word_relations(household=home["household"], relations={late: "2"}, on=CHANGED, by=clerk, at=at)
    with within(COUNTY):
        row = HouseholdMember.objects.get(person=late)
    assert (row.relation, row.from_on) == ("2", CAME)


@pytest.mark.parametrize(
    ("roles", "on", "field", "words"),
    [
        ({"old": "5"}, CHANGED, "", "nothing was changed"),
        ({"partner": "1"}, date(2027, 1, 1), "on", "lies in the future"),
        ({"partner": "1", "child": "77"}, CHANGED, "relation_child", "no relation to the head"),
        ({"partner": "1", "daughter": "3"}, CHANGED, "relation_daughter", "is not changed by a relation"),
    ],
)
def test_all_or_none_are_worded_and_what_is_wrong_stands_at_its_member(clerk, at, home, roles, on, field, words):
    before = relations(home)
    with pytest.raises(Refused, match=words) as refused:
        worded(home, clerk, at, on=on, **roles)
    role = field.removeprefix("relation_")
    assert [reason.field for reason in refused.value.reasons] == [field.replace(role, str(home.get(role, role)))]
    assert relations(home) == before and lines_of_journal(home) == []


def test_nobody_outside_the_household_or_the_area_is_worded(clerk, cast, at, home):
    stranger = a_person(by=clerk, at=at, id_number=id_number(date(1999, 9, 9))).pk
    with pytest.raises(Refused, match="does not belong to a household"):
        word_relations(household=home["household"], relations={stranger: "1"}, on=CHANGED, by=clerk, at=at)
    with pytest.raises(Household.DoesNotExist):
        worded(home, cast.neighbour_clerk.actor, at, partner="1")
    assert relations(home)["partner"][0] == "8"


def test_the_page_is_where_one_looks_and_keeps_what_was_chosen_when_it_is_refused(cast, at, home):
    client = cast.county_clerk.client()
    house = reverse("people:household", args=[home["daughter"]])
    here = reverse("people:household_relations", args=[home["daughter"]])
    text = client.get(house).content.decode()
    assert here in text and "韦partner, 韦child" in text and "not known more closely" in text
    page = client.get(here).content.decode()
    assert f'name="relation_{home["daughter"]}"' not in page and 'name="on"' in page and "data-enter-next" in page
    partner, child = (f"relation_{home[role]}" for role in ("partner", "child"))
    typed = {"on": "2027-01-01", partner: "1", child: "2"}
    refused = client.post(here, typed | {"idempotency_key": uuid4().hex})
    assert refused.status_code == 422 and '<option value="1" selected' in refused.content.decode()
    done = client.post(here, typed | {"on": "2026-11-02", "idempotency_key": uuid4().hex}, follow=True)
    assert "worded anew" in done.content.decode() and "not known more closely" not in done.content.decode()
    assert {role: told[0] for role, told in relations(home).items()}["partner"] == "1"


def test_a_person_without_household_has_no_such_page_and_without_others_is_told_so(cast, clerk, at):
    alone = a_person(by=clerk, at=at, id_number=id_number(date(1960, 6, 6))).pk
    client, here = cast.county_clerk.client(), reverse("people:household_relations", args=[alone])
    assert client.get(here).status_code == 404
    form_household(facts=HouseholdFacts(area=VILLAGE), head=alone, from_on=SINCE, by=clerk, at=at)
    assert "Nobody but the head" in client.get(here).content.decode()
    with within(COUNTY):
        HouseholdMember.objects.filter(person=alone).update(is_head=False)
    assert "Name the head first" in client.get(here).content.decode()
    assert client.post(here, {"on": "2026-11-02"}).status_code == 422
    assert cast.neighbour_clerk.client().get(here).status_code == 404
