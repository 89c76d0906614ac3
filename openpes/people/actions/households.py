"""Households: who shares a booklet, from when to when."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people import rules
from openpes.people.choices import MemberEnd, Relation
from openpes.people.events import HouseholdFormed, HouseholdJoined, HouseholdLeft
from openpes.people.models import Household, HouseholdMember, Person
from openpes.people.queries.lives import why_not_living


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
    household = store_household(facts, at)
    add_member(household, person, Relation.HEAD, True, from_on)
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
    joined = Household.objects.visible_to(by.scope).select_for_update(no_key=True).get(pk=household)
    member = Person.objects.held_by(by).select_for_update().get(pk=person)
    refuse_if(_why_not_join(member, joined, from_on, at))
    row = add_member(joined, member, relation, False, from_on)
    publish(HouseholdJoined(household=joined.pk, person=member.pk, area=joined.area, from_on=from_on, by=by.id, at=at))
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
        row.until_on, row.end_reason = on, MemberEnd.LEFT
        row.save(update_fields=["until_on", "end_reason"])
    publish(HouseholdLeft(household=row.household_id, person=member.pk, area=row.area, until_on=on, by=by.id, at=at))


def _why_not_join(person: Person, household: Household | None, from_on: date, at: datetime) -> list[Reason]:
    row = HouseholdMember.objects.filter(person=person).not_ended_by(from_on).first()
    own = bool(row and household and row.household_id == household.pk)
    wrong = rules.why_not_join(
        from_on=from_on, today=clock.day_of(at), is_member_since_on=row.from_on if row else None, own=own
    )
    return [*why_not_living(person=person.pk), *wrong]


def _membership(person: Person) -> HouseholdMember | None:
    return HouseholdMember.objects.select_for_update().filter(person=person, until_on=None).first()


def store_household(facts: HouseholdFacts, at: datetime) -> Household:
    """A new household, stored.

    :raises Refused: its booklet number is another's in the area
    """
    household = Household(**asdict(facts), created_at=at)
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError as error:
        if "household_booklet_once" not in str(error):
            raise
        raise Refused(rules.booklet_known(household.booklet_no)) from error
    return household


def add_member(household: Household, person: Person, relation: str, is_head: bool, from_on: date) -> HouseholdMember:
    """A new line of membership.

    :raises Refused: the person belongs to another household in this period, of whatever area
    """
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


def touch_member(
    row: HouseholdMember, on: date, relation: str, is_head: bool, *, why: str = MemberEnd.HEAD
) -> None:
    """Let a membership go on from a day under another relation; what it was until then stays a line of its own.

    `why` is empty when the relation alone was told anew.
    """
    with within(CITY):  # memberships keep the area in which they were written
        if row.from_on < on:
            row.until_on, row.end_reason = on, why
            row.save(update_fields=["until_on", "end_reason"])
            row.pk, row.from_on, row.until_on, row.end_reason = None, on, None, ""
        row.relation, row.is_head = relation, is_head
        row.save()
