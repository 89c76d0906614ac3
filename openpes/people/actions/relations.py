"""What a member is to the head, told anew; and taking back a relation or a leaving that was told by mistake."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Reason, Refused, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people import rules
from openpes.people.actions.households import touch_member
from openpes.people.actions.locks import lock_persons
from openpes.people.choices import MemberEnd
from openpes.people.events import HouseholdLeavingTakenBack, HouseholdRelationChanged, HouseholdRelationTakenBack
from openpes.people.models import Household, HouseholdMember, Person
from openpes.people.queries.lives import why_not_living
from openpes.people.rules import households as house_rules


@action
def change_relation(
    *, household: int, person: int, relation: str, on: date, by: Actor, at: datetime
) -> HouseholdMember:
    """Let a member stand in another relation to the head from a day on; what it was until then stays a line of its own.

    :raises Household.DoesNotExist: the household is not of the actor's area
    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: the person is no member, leads the household, stands in that relation, or the day is wrong
    """
    row = _present(household, person, by)
    refuse_if(
        house_rules.why_not_relate(
            relation=relation, known=row.relation if row else None, is_head=bool(row and row.is_head),
            since=row.from_on if row else on, on=on, today=clock.day_of(at),
        )
    )  # fmt: skip
    assert row is not None
    touch_member(row, on, relation, False, why="")
    told = {"household": household, "person": person, "area": row.area, "on": on}
    publish(HouseholdRelationChanged(**told, by=by.id, at=at))
    return row


@action
def word_relations(*, household: int, relations: Mapping[int, str], on: date, by: Actor, at: datetime) -> int:
    """Word what members are to the head, all of them or none, from a day on; returns how many are something else now.

    Whose present line began later is worded from that day. Members of whom nothing else is told stay as they are.

    :raises Household.DoesNotExist: the household is not of the actor's area
    :raises Person.DoesNotExist: one of them is not one of the actor's
    :raises Refused: nothing changes, the day is to come, or what is wrong of each, in a field `relation_<person>`
    """
    Household.objects.visible_to(by.scope).select_for_update(no_key=True).get(pk=household)
    lock_persons(relations)
    with within(CITY):
        present = HouseholdMember.objects.filter(household=household, until_on=None, person__in=relations)
        known = {row.person_id: row for row in present}
    wanted = {
        person: relation for person, relation in sorted(relations.items())
        if person not in known or known[person].relation != relation
    }  # fmt: skip
    refuse_if(house_rules.why_not_word(changes=len(wanted), on=on, today=clock.day_of(at)))
    wrong: list[Reason] = []
    for person, relation in wanted.items():
        since = max(on, known[person].from_on) if person in known else on
        try:
            change_relation(household=household, person=person, relation=relation, on=since, by=by, at=at)
        except Refused as refused:
            wrong += [replace(reason, field=f"relation_{person}") for reason in refused.reasons]
    refuse_if(wrong)
    return len(wanted)


@action
def take_relation_back(
    *, household: int, person: int, told: str, was: str, on: date, by: Actor, at: datetime
) -> None:
    """Undo a relation that was `told` for a day: the line before it goes on as if nothing had been said.

    :raises Household.DoesNotExist: the household is not of the actor's area
    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: the membership has changed since
    """
    row = _present(household, person, by)
    as_told = row is not None and not row.is_head and (row.relation, row.from_on) == (told, on)
    refuse_if(house_rules.why_not_relation_back(as_told=as_told))
    assert row is not None
    with within(CITY):  # memberships keep the area in which they were written
        lines = HouseholdMember.objects.filter(household=household, person=person, until_on=on, end_reason="")
        before = lines.order_by("id").last()
        if before and before.relation == was:
            row.delete()
            before.until_on = None
            before.save(update_fields=["until_on"])
        else:
            row.relation = was
            row.save(update_fields=["relation"])
    facts = {"household": household, "person": person, "area": row.area, "on": on}
    publish(HouseholdRelationTakenBack(**facts, by=by.id, at=at))


@action
def take_leaving_back(
    *, household: int, person: int, member: int, relation: str, on: date, by: Actor, at: datetime
) -> HouseholdMember:
    """Undo a leaving of a day that was told by mistake: the membership goes on since the day on which it began.

    A membership that began on the day of leaving was deleted with it; it is written again as the line `member`, with
    the `relation` that it had.

    :raises Household.DoesNotExist: the household is not of the actor's area
    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: the person died or left the city, or belongs to a household again since
    """
    home = Household.objects.visible_to(by.scope).get(pk=household)
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    refuse_if(why_not_living(person=person))
    try:
        with transaction.atomic(), within(CITY):
            row = _reopened(home, found, member, relation, on)
    except IntegrityError as error:  # the other household may be of an area that the actor cannot see
        if "one_household_at_a_time" not in str(error):
            raise
        raise Refused(rules.member_elsewhere()) from error
    told = {"household": household, "person": person, "area": row.area, "on": on}
    publish(HouseholdLeavingTakenBack(**told, by=by.id, at=at))
    return row


def _present(household: int, person: int, by: Actor) -> HouseholdMember | None:
    """The line by which a person of the actor belongs to a household of the actor's area now, locked."""
    Household.objects.visible_to(by.scope).select_for_update(no_key=True).get(pk=household)
    Person.objects.held_by(by).select_for_update().get(pk=person)
    with within(CITY):
        rows = HouseholdMember.objects.filter(household=household, person=person, until_on=None)
        return rows.select_for_update().first()


def _reopened(home: Household, person: Person, member: int, relation: str, on: date) -> HouseholdMember:
    ended = HouseholdMember.objects.filter(household=home, person=person, until_on=on, end_reason=MemberEnd.LEFT)
    row = ended.order_by("-id").select_for_update().first()
    later = HouseholdMember.objects.filter(person=person).not_ended_by(on)
    if later.exists():
        raise Refused(rules.member_elsewhere())
    if row is None:
        row = HouseholdMember(
            pk=member or None, area=home.area, household=home, person=person, relation=relation, from_on=on
        )
        row.save(force_insert=True)
        return row
    row.until_on, row.end_reason = None, ""
    row.save(update_fields=["until_on", "end_reason"])
    return row
