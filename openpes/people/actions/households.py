"""Households: who shares a booklet, from when to when, and who is the head."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if
from openpes.people import rules
from openpes.people.choices import Relation
from openpes.people.events import HouseholdFormed, HouseholdHeadNamed, HouseholdJoined, HouseholdLeft
from openpes.people.models import Household, HouseholdMember, Person


@dataclass(frozen=True, kw_only=True)
class HouseholdFacts:
    """What is told about a household; `kind` is a code of the set `rural_household_type`."""

    area: str
    booklet_no: str = ""
    address: str = ""
    kind: str = ""
    farmland_mu: Decimal | None = None
    land_taken: bool = False


@action
def form_household(*, facts: HouseholdFacts, head: int, from_on: date, by: Actor, at: datetime) -> Household:
    """Form a household around its head.

    :raises Person.DoesNotExist: the head is not one of the actor's
    :raises Refused: the area is not the actor's, the booklet is known, or the head belongs to another household
    """
    person = Person.objects.held_by(by).select_for_update().get(pk=head)
    refuse_if([*rules.why_not_in_area(facts.area, by.scope), *_why_not_join(person, None, from_on, at)])
    household = _store_once(Household(**asdict(facts), created_at=at))
    _add(household, person, Relation.HEAD, True, from_on)
    publish(HouseholdFormed(household=household.pk, person=person.pk, area=household.area, by=by.id, at=at))
    return household


@action
def join_household(
    *, household: int, person: int, relation: str, from_on: date, by: Actor, at: datetime
) -> HouseholdMember:
    """Make a person a member of a household; `relation` is to its head.

    :raises Household.DoesNotExist: the household is not of the actor's area
    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: the person belongs to a household on that day, or the day lies in the future
    """
    joined = Household.objects.visible_to(by.scope).get(pk=household)
    member = Person.objects.held_by(by).select_for_update().get(pk=person)
    refuse_if(_why_not_join(member, joined, from_on, at))
    row = _add(joined, member, relation, False, from_on)
    publish(
        HouseholdJoined(
            household=joined.pk, person=member.pk, area=joined.area, from_on=from_on, by=by.id, at=at
        )
    )
    return row


@action
def leave_household(*, person: int, on: date, by: Actor, at: datetime) -> None:
    """End a person's membership of a household on a day; a membership that began that day never was.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: the person belongs to no household, or joined it after that day
    """
    member = Person.objects.held_by(by).select_for_update().get(pk=person)
    row = _membership(member)
    refuse_if(rules.why_not_leave(on=on, today=clock.day_of(at), member_since_on=row.from_on if row else None))
    assert row is not None
    if row.from_on == on:
        row.delete()
    else:
        row.until_on = on
        row.save(update_fields=["until_on"])
    publish(
        HouseholdLeft(
            household=row.household_id, person=member.pk, area=row.area, until_on=on, by=by.id, at=at
        )
    )


@action
def name_head(*, household: int, person: int, by: Actor, at: datetime) -> None:
    """Make a member the head of the household instead of the present one.

    :raises Household.DoesNotExist: the household is not of the actor's area
    :raises Refused: the person is not a member of it
    """
    found = Household.objects.visible_to(by.scope).select_for_update().get(pk=household)
    members = {
        row.person_id: row
        for row in HouseholdMember.objects.visible_to(by.scope).filter(household=found, until_on=None)
    }
    refuse_if(rules.why_not_head(is_member=person in members))
    for row in members.values():
        if row.is_head and row.person_id != person:
            row.is_head, row.relation = False, Relation.OTHER
            row.save(update_fields=["is_head", "relation"])
    members[person].is_head, members[person].relation = True, Relation.HEAD
    members[person].save(update_fields=["is_head", "relation"])
    publish(HouseholdHeadNamed(household=found.pk, person=person, area=found.area, by=by.id, at=at))


def _why_not_join(person: Person, household: Household | None, from_on: date, at: datetime) -> list[Reason]:
    row = HouseholdMember.objects.filter(person=person).not_ended_by(from_on).first()
    own = bool(row and household and row.household_id == household.pk)
    return rules.why_not_join(
        from_on=from_on, today=clock.day_of(at), is_member_since_on=row.from_on if row else None, own=own
    )


def _membership(person: Person) -> HouseholdMember | None:
    return HouseholdMember.objects.select_for_update().filter(person=person, until_on=None).first()


def _store_once(household: Household) -> Household:
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError as error:
        if "household_booklet_once" not in str(error):
            raise
        raise Refused(rules.booklet_known(household.booklet_no)) from error
    return household


def _add(household: Household, person: Person, relation: str, is_head: bool, from_on: date) -> HouseholdMember:
    try:
        with transaction.atomic():
            return HouseholdMember.objects.create(
                area=household.area,
                household=household,
                person=person,
                relation=relation,
                is_head=is_head,
                from_on=from_on,
            )
    except IntegrityError as error:  # the person's other household may be of an area that the actor cannot see
        if "one_household_at_a_time" not in str(error):
            raise
        raise Refused(rules.member_elsewhere()) from error
