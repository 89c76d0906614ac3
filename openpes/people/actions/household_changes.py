"""What happens to whole households: another head, a part that becomes a household of its own, a move together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people import rules
from openpes.people.actions.homes import move_residence
from openpes.people.actions.households import HouseholdFacts, add_member, store_household, touch_member
from openpes.people.actions.locks import lock_persons
from openpes.people.choices import MemberEnd, Relation
from openpes.people.events import HouseholdHeadNamed, HouseholdMoved, HouseholdSplit
from openpes.people.models import Household, HouseholdMember, Person
from openpes.people.rules import households as house_rules
from openpes.people.rules.relations import relation_after

Members = dict[int, HouseholdMember]


@dataclass(frozen=True, kw_only=True)
class Split:
    """Who goes, with the relation of each to the new head; who leads; who leads those who stay, if the head goes."""

    goers: dict[int, str]
    new_head: int
    staying_head: int | None = None


@action
def name_head(*, household: int, person: int, on: date, by: Actor, at: datetime) -> None:
    """Make a member the head of the household from a day on; what the others are to the new head follows from it.

    Source: 户口登记条例 art. 19.

    :raises Household.DoesNotExist: the household is not of the actor's area
    :raises Refused: the person is not a member of it, or leads it, or the day is before one of the two came in
    """
    found = Household.objects.visible_to(by.scope).select_for_update().get(pk=household)
    members = _members(found)
    old = next((row for row in members.values() if row.is_head), None)
    new = members.get(person)
    refuse_if(
        house_rules.why_not_new_head(
            present=(old.person_id, old.from_on) if old else None,
            new=(new.person_id, new.from_on) if new else None,
            on=on,
            today=clock.day_of(at),
        )
    )
    _lead(members, person, on)
    publish(HouseholdHeadNamed(household=found.pk, person=person, area=found.area, on=on, by=by.id, at=at))


@action
def split_household(
    *, household: int, split: Split, facts: HouseholdFacts, on: date, by: Actor, at: datetime
) -> Household:
    """Let some members become a household of their own from a day on (分户).

    Source: 户口登记条例 art. 19.

    :raises Household.DoesNotExist: the household is not of the actor's area
    :raises Person.DoesNotExist: one of those who go is not one of the actor's
    :raises Refused: nobody stays, a part has no head, the booklet is known, or the day is wrong
    """
    found = Household.objects.visible_to(by.scope).select_for_update().get(pk=household)
    members = _members(found)
    goers = _held(split.goers, by)
    refuse_if([*rules.why_not_in_area(facts.area, by.scope), *_why_not_split(members, split, on, at)])
    if split.staying_head:
        _lead(members, split.staying_head, on)
        members = _members(found)
    for person in goers:
        _end(members[person], on, MemberEnd.SPLIT)
    new = store_household(facts, at)
    for person, row in goers.items():
        leads = person == split.new_head
        add_member(new, row, Relation.HEAD if leads else split.goers[person], leads, on)
    publish(
        HouseholdSplit(
            household=found.pk, person=split.new_head, area=found.area, new_household=new.pk, on=on, by=by.id, at=at
        )
    )
    return new


@action
def move_household(
    *, household: int, movers: frozenset[int], area: str, address: str, on: date, by: Actor, at: datetime
) -> Household:
    """Let a household live elsewhere from a day on, with the members who move along; the others only stay its members.

    Each of them moves as by `move_residence`: into another county the file goes to the office there, which accepts it.

    :raises Household.DoesNotExist: the household is not of the actor's area
    :raises Person.DoesNotExist: one of those who move is not one of the actor's
    :raises Refused: for one of them the move is refused, or the booklet number is another household's there
    """
    found = Household.objects.visible_to(by.scope).select_for_update().get(pk=household)
    members = _members(found)
    _held(movers, by)
    with within(CITY):
        others = Household.objects.exclude(pk=found.pk).filter(area=area)
        known = bool(found.booklet_no) and others.with_booklet(found.booklet_no).exists()
    refuse_if(house_rules.why_not_move_household(movers=movers, members=members, known=known))
    for person in sorted(movers):
        move_residence(person=person, area=area, address=address, on=on, by=by, at=at)
    left = found.area
    with within(CITY):
        _settle(found, area, address)
        publish(HouseholdMoved(household=found.pk, area=area, from_area=left, on=on, by=by.id, at=at))
    return found


def _held(persons: Iterable[int], by: Actor) -> dict[int, Person]:
    """The persons of the actor, locked one after the other, the smallest id first; members are locked already."""
    wanted = sorted(set(persons))
    rows = Person.objects.held_by(by).filter(pk__in=wanted).order_by("pk").select_for_update()
    found = {row.pk: row for row in rows}
    if len(found) < len(wanted):
        raise Person.DoesNotExist
    return found


def _members(household: Household) -> Members:
    """The present members by person, all persons locked; some may be of areas that the actor does not see.

    The household is locked before, so that nobody joins it meanwhile.
    """
    with within(CITY):
        rows = HouseholdMember.objects.filter(household=household, until_on=None)
        lock_persons(rows.values_list("person_id", flat=True))
        whole = rows.select_related("person").order_by("person_id").select_for_update(of=("self",))
        return {row.person_id: row for row in whole}


def _why_not_split(members: Members, split: Split, on: date, at: datetime) -> list[Reason]:
    return house_rules.why_not_split(
        house_rules.SplitCase(
            members={person: row.from_on for person, row in members.items()},
            head=next((person for person, row in members.items() if row.is_head), None),
            goers=frozenset(split.goers),
            new_head=split.new_head,
            staying_head=split.staying_head,
            on=on,
            today=clock.day_of(at),
        )
    )


def _lead(members: Members, person: int, on: date) -> None:
    """Let a member lead from a day on; every relation that changes with it is a new line."""
    new_head_was = members[person].relation
    changed = {}
    for row in members.values():
        relation = relation_after(was=row.relation, new_head_was=new_head_was, sex=row.person.sex)
        if row.person_id == person:
            changed[row] = (str(Relation.HEAD), True)
        elif row.is_head or relation != row.relation:
            changed[row] = (relation, False)
    for row in sorted(changed, key=lambda row: not row.is_head):  # nobody leads beside another, not even for a moment
        touch_member(row, on, *changed[row])


def _end(row: HouseholdMember, on: date, reason: MemberEnd) -> None:
    with within(CITY):
        if row.from_on >= on:
            row.delete()
            return
        row.until_on, row.end_reason = on, reason
        row.save(update_fields=["until_on", "end_reason"])


def _settle(household: Household, area: str, address: str) -> None:
    household.area, household.address = area, address.strip() or household.address
    try:
        with transaction.atomic():
            household.save(update_fields=["area", "address"])
    except IntegrityError as error:
        if "household_booklet_once" not in str(error):
            raise
        raise Refused(rules.booklet_known(household.booklet_no)) from error
    HouseholdMember.objects.filter(household=household, until_on=None).update(area=area)
