"""Many rows of a ledger at once make what the single acts make: the same tables, journal, refusals, sealed values."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.kernel import Actor, Reason, Refused, clock, within
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index
from openpes.people import rules
from openpes.people.actions import (
    HouseholdFacts,
    LedgerFacts,
    LedgerRow,
    PersonFacts,
    enter_ledger,
    form_household,
    join_household,
    leave_household,
    record_ledger,
    register_person,
    withdraw_ledger_rows,
)
from openpes.people.choices import Relation
from openpes.people.models import Household, HouseholdMember, LedgerEntry, Person, Residence
from tests.demo.snapshots import TABLES, snapshot

VILLAGE, OTHER_VILLAGE, NEIGHBOUR = "450103001005", "450103001006", "450105001001"


def number(order: int) -> str:
    from datetime import date

    return compose_resident_id(INVENTED_COUNTY, date(1980, 1, 1 + order % 28), order)


def row(order: int, booklet: str, relation: str = Relation.SON, **told: Any) -> LedgerRow:
    area = told.pop("area", VILLAGE)
    name = f"覃小{'甲乙丙丁戊'[order % 5]}"
    person = {"phone": f"1380000{order:04d}", "education": "61", "hukou": "20"}
    person |= {name: told.pop(name) for name in ("name", "phone", "education") if name in told}
    return LedgerRow(
        person=PersonFacts(**{"id_number": number(order), "name": name, "area": area} | person),
        household=HouseholdFacts(area=area, booklet_no=booklet, kind=told.get("hardship", ""), farmland_mu=None),
        relation=relation,
        told=LedgerFacts(**{"status": "1", "industry": "C", "income_fen": 3_600_000} | told),
    )


def one_after_the_other(*, rows: list[LedgerRow], by: Actor, at: Any) -> list[Any]:
    """What the clerk at the counter would do with each row."""
    outcomes: list[Any] = []
    for entered in rows:
        try:
            with transaction.atomic():
                outcomes.append(_by_hand(entered, by, at))
        except Refused as refused:
            outcomes.append(refused)
    return outcomes


def _by_hand(entered: LedgerRow, by: Actor, at: Any) -> tuple[tuple[str, int], ...]:
    became: list[Any] = []
    index = blind_index(entered.person.id_number, context="person.id_number")
    with by.standing():
        person = Person.objects.visible_to(by.scope).filter(id_number_index=index).first()
    if person is None:
        person = register_person(facts=entered.person, by=by, at=at)
        became += [person, _seen(by, Residence, person=person)]
    household = _household(entered, person, became, by, at)
    entry = record_ledger(person=person.pk, household=household.pk, facts=entered.told, by=by, at=at)
    return tuple((made._meta.label_lower, made.pk) for made in [*became, *([entry] if entry else [])])


def _household(entered: LedgerRow, person: Person, became: list[Any], by: Actor, at: Any) -> Household:
    leads, on = entered.relation == Relation.HEAD, clock.day_of(at)
    with by.standing():
        same = Household.objects.visible_to(by.scope).with_booklet(entered.household.booklet_no)
        household = same.filter(area=entered.household.area).first()
        mine = HouseholdMember.objects.filter(household=household, person=person, until_on=None).first()
    if household is None:
        if not leads:
            raise Refused(rules.household_not_formed())
        household = form_household(facts=entered.household, head=person.pk, from_on=on, by=by, at=at)
        became += [household, _seen(by, HouseholdMember, household=household, person=person)]
    elif leads and not (mine and mine.is_head):
        raise Refused(rules.another_head())
    elif mine is None:
        facts = {"household": household.pk, "person": person.pk, "relation": entered.relation, "from_on": on}
        became.append(join_household(**facts, by=by, at=at))
    return household


def _seen(by: Actor, model: Any, **which: Any) -> Any:
    with by.standing():
        return model.objects.get(**which)


def before(cast: Any, at: Any) -> None:
    """What is registered when the ledger comes: persons here, in the next village, elsewhere, in other households."""
    clerk, neighbour = cast.township_clerk.actor, cast.neighbour_clerk.actor
    known = {}
    for order, area, by in ((101, VILLAGE, clerk), (102, OTHER_VILLAGE, clerk), (103, NEIGHBOUR, neighbour),
                            (104, VILLAGE, clerk), (105, VILLAGE, clerk), (106, VILLAGE, clerk)):  # fmt: skip
        facts = PersonFacts(id_number=number(order), name="韦在先", area=area)
        known[order] = register_person(facts=facts, by=by, at=at)
    on = clock.day_of(at)
    for booklet, head in (("OLD", 104), ("LEFT", 106)):
        facts = HouseholdFacts(area=VILLAGE, booklet_no=booklet)
        form_household(facts=facts, head=known[head].pk, from_on=on, by=clerk, at=at)
    leave_household(person=known[106].pk, on=on, by=clerk, at=at)
    told = LedgerFacts(status="1", industry="C", income_fen=3_600_000)
    old = _seen(clerk, Household, booklet_no="OLD")
    record_ledger(person=known[104].pk, household=old.pk, facts=told, by=clerk, at=at)


def ledger() -> list[LedgerRow]:
    """Rows of every sort, the leading ones first, as the importer hands them on."""
    return [
        row(1, "A", Relation.HEAD, hardship="5", training_wish="电工"),
        row(2, "B", Relation.HEAD, phone="", education=""),
        row(101, "C", Relation.HEAD),  # known here, in no household
        row(102, "D", Relation.HEAD),  # known in another village of the area
        row(103, "E", Relation.HEAD),  # known at another office: refused
        row(104, "OLD", Relation.HEAD),  # known, head already, the ledger says the same: nothing to do
        row(105, "OLD", Relation.HEAD),  # another head: refused
        row(104, "F", Relation.HEAD),  # belongs to another household: refused
        row(3, "A", Relation.HEAD),  # a second head of a household of these rows: refused
        row(4, "A", Relation.SPOUSE),
        row(5, "OLD"),  # joins a household that was there
        row(6, "NOBODY"),  # of a household that nobody formed: refused
        row(7, "A", area="450103001"),  # another area: another household, not formed
        row(8, "A", name="?"),  # no name: refused
        row(105, "B", Relation.PARENT),  # known, refused above, joins now
        row(106, "A", Relation.SIBLING),  # left its household today
        row(4, "A", Relation.SPOUSE),  # the same row again: nothing to do
        row(4, "A", Relation.SPOUSE, status="4"),  # and one that says something else
        row(9, "A", phone="12"),  # no telephone: refused
    ]


def enter(act: Callable[..., list[Any]], cast: Any, at: Any) -> tuple[list[Any], list[Any]]:
    """Enter the ledger and undo it; what became of its rows, and the tables after each."""
    clerk = cast.township_clerk.actor
    before(cast, at)
    rows = ledger()
    outcomes = act(rows=rows, by=clerk, at=at)
    states = [snapshot()]
    made = [outcome for outcome in reversed(outcomes) if isinstance(outcome, tuple)]
    withdraw_ledger_rows(rows=made, by=clerk, at=at)
    return [_told(outcome) for outcome in outcomes], [*states, left_behind()]


def left_behind() -> dict[str, Any]:
    """How many rows each table holds, and which events the journal tells in which order."""
    with within(CITY), connection.cursor() as cursor:
        cursor.execute("SELECT event, area, payload ->> 'whole' FROM audit_journalentry ORDER BY id")
        told: dict[str, Any] = {"audit_journalentry": cursor.fetchall()}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            told[f"rows of {table}"] = cursor.fetchone()
    return told


def _told(outcome: Any) -> Any:
    if isinstance(outcome, Refused):
        return [(reason.text, reason.field, reason.next_step) for reason in outcome.reasons]
    return [label for label, _pk in outcome]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_many_rows_at_once_make_what_the_single_acts_make(cast, at):
    results = []
    for act in (one_after_the_other, enter_ledger):
        mark = transaction.savepoint()
        results.append(enter(act, cast, at))
        transaction.savepoint_rollback(mark)
    single, many = results
    assert many[0] == single[0]
    assert [isinstance(told[0], tuple) for told in many[0] if told].count(True) == 8
    for in_many, in_single in zip(many[1], single[1], strict=True):
        for table in in_single:
            assert in_many[table] == in_single[table], table


def test_a_wrong_row_planted_into_one_way_is_found(cast, at):
    def forgetful(*, rows: list[LedgerRow], by: Actor, at: Any) -> list[Any]:
        return enter_ledger(rows=rows[:-2], by=by, at=at)

    states = []
    for act in (forgetful, enter_ledger):
        mark = transaction.savepoint()
        states.append(enter(act, cast, at)[1][0])
        transaction.savepoint_rollback(mark)
    assert states[0]["people_ledgerentry"] != states[1]["people_ledgerentry"]


def test_a_membership_that_the_clerk_cannot_see_keeps_the_row_out_as_at_the_counter(cast, at):
    clerk = cast.township_clerk.actor
    person = register_person(facts=PersonFacts(id_number=number(7), name="韦在外", area=VILLAGE), by=clerk, at=at)
    with within(CITY):
        far = Household.objects.create(area=NEIGHBOUR, booklet_no="FAR", created_at=at)
        HouseholdMember.objects.create(
            area=NEIGHBOUR, household=far, person=person, relation="2", from_on=clock.day_of(at)
        )
    told = [_told(act(rows=[row(7, "A", Relation.HEAD)], by=clerk, at=at)[0])
            for act in (one_after_the_other, enter_ledger)]  # fmt: skip
    assert told[0] == told[1] == [
        (str(Reason(rules.member_elsewhere().text)), "person", rules.member_elsewhere().next_step)
    ]  # fmt: skip


def test_rows_are_taken_back_all_or_none(cast, at):
    clerk = cast.township_clerk.actor
    outcomes = enter_ledger(rows=[row(1, "A", Relation.HEAD), row(2, "B", Relation.HEAD)], by=clerk, at=at)
    person = outcomes[1][0][1]
    with within(CITY):
        LedgerEntry.objects.create(area=VILLAGE, person_id=person, surveyed_on=clock.day_of(at), recorded_at=at)
    with pytest.raises(Refused, match="were made since"), transaction.atomic():
        withdraw_ledger_rows(rows=outcomes, by=clerk, at=at)
    with within(CITY):
        assert Person.objects.count() == 2


def test_the_number_of_statements_does_not_grow_with_the_rows(cast, at, django_assert_max_num_queries):
    rows = [row(order, f"H{order}", Relation.HEAD) for order in range(1, 200)]
    with django_assert_max_num_queries(25):
        enter_ledger(rows=rows, by=cast.township_clerk.actor, at=at)
