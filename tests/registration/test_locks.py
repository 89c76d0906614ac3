"""Every act on a row that belongs to a person locks the person first, so that a merge or a move waits for it."""

from datetime import date

import pytest

from openpes.kernel import within
from openpes.people.actions import (
    GroupFacts,
    HouseholdFacts,
    end_group,
    enter_group,
    form_household,
    join_household,
    name_head,
    recognise_group,
    refuse_group,
)
from openpes.people.models import GroupMembership, Household
from openpes.registration.actions import change_wish, correct_fact, end_wish, supply_proofs
from openpes.registration.models import Decision, StatusPeriod
from tests.cast import COUNTY, VILLAGE
from tests.locks import statements_of, touched_before_the_lock
from tests.people.factories import a_person, id_number
from tests.registration.factories import a_wish, wishing

DISABLED, MIGRANT = 60, 203


def group(person, clerk, at, number=DISABLED, evidence="disability"):
    day = at.date()
    facts = GroupFacts(group=number, evidence=evidence, evidence_on=day, from_on=day)
    return enter_group(person=person, facts=facts, by=clerk.actor, at=at)


def recognising(person, clerk, judge, at):
    row = group(person, clerk, at)
    return lambda: recognise_group(membership=row.pk, by=judge.actor, at=at)


def refusing(person, clerk, judge, at):
    row = group(person, clerk, at)
    return lambda: refuse_group(membership=row.pk, reason="证件过期", by=judge.actor, at=at)


def ending(person, clerk, judge, at):
    row = group(person, clerk, at, MIGRANT, "committee")
    return lambda: end_group(membership=row.pk, kind="ended", on=at.date(), reason="已就业", by=clerk.actor, at=at)


def naming_a_head(person, clerk, judge, at):
    other = a_person(by=clerk.actor, at=at, id_number=id_number(date(1985, 3, 4))).pk
    facts, told = HouseholdFacts(area=VILLAGE), {"from_on": date(2020, 1, 1), "by": clerk.actor, "at": at}
    home = form_household(facts=facts, head=person, **told)
    join_household(household=home.pk, person=other, relation="spouse", **told)
    return lambda: name_head(household=home.pk, person=other, on=at.date(), by=clerk.actor, at=at)


def changing_a_wish(person, clerk, judge, at):
    wish = wishing(person, by=clerk.actor, at=at)
    facts = a_wish()
    return lambda: change_wish(wish=wish.pk, version=wish.version, facts=facts, by=clerk.actor, at=at)


def ending_a_wish(person, clerk, judge, at):
    wish = wishing(person, by=clerk.actor, at=at)
    return lambda: end_wish(wish=wish.pk, on=at.date(), by=clerk.actor, at=at)


def supplying_proofs(person, clerk, judge, at):
    with within(COUNTY):
        row = StatusPeriod.objects.get(person=person)
    return lambda: supply_proofs(period=row.pk, proofs=("7",), by=clerk.actor, at=at)


def correcting_a_fact(person, clerk, judge, at):
    with within(COUNTY):
        row = Decision.objects.get(person=person)
    told = {"fact": "born_on", "now": "1986-03-01", "why": "户口簿"}
    return lambda: correct_fact(decision=row.pk, **told, by=clerk.actor, at=at)


ACTS = (
    recognising, refusing, ending, naming_a_head, changing_a_wish, ending_a_wish, supplying_proofs, correcting_a_fact,
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_the_person_is_locked_first(act, period, clerk, judge, at):
    assert touched_before_the_lock(statements_of(act(period.person_id, clerk, judge, at))) == []


def test_a_row_that_is_locked_before_its_person_is_found(period, clerk, at):
    """The planted mistake, as some acts did it."""
    row = group(period.person_id, clerk, at)

    def naive():
        with within(COUNTY):
            found = GroupMembership.objects.select_for_update().get(pk=row.pk)
            found.note = "x"
            found.save(update_fields=["note"])

    early = touched_before_the_lock(statements_of(naive))
    assert len(early) == 2 and "FOR UPDATE" in early[0] and early[1].startswith("UPDATE")
    assert touched_before_the_lock([]) == ["no person was locked"]


def test_who_joins_a_household_waits_for_whoever_moves_it(period, clerk, at):
    facts, told = HouseholdFacts(area=VILLAGE), {"from_on": date(2020, 1, 1), "by": clerk.actor, "at": at}
    home = form_household(facts=facts, head=period.person_id, **told)
    other = a_person(by=clerk.actor, at=at, id_number=id_number(date(1985, 3, 4))).pk
    asked = statements_of(lambda: join_household(household=home.pk, person=other, relation="spouse", **told))
    first = next(sql for sql in asked if Household._meta.db_table in sql)
    assert "FOR NO KEY UPDATE" in first
