"""Groups of persons: entered with evidence, recognised by a second officer, ended or revoked with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from openpes.engine.groups import groups
from openpes.kernel import Actor, Refused, action, clock, has_hand_in, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.actions.locks import lock_persons
from openpes.people.actions.papers import paper_mask, paper_number, sealed_paper
from openpes.people.choices import GroupEnd, GroupOutcome
from openpes.people.events import GroupEnded, GroupEntered, GroupRecognised, GroupRefused
from openpes.people.models import GroupMembership, Person
from openpes.people.queries.offices import office_of
from openpes.people.queries.records import evidence_title, graduation_of
from openpes.people.rules import groups as rules


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """What is told about a membership: the group by its number, the paper that proves it, from when to before when.

    Without `until_on` a group that is looked at again ends by its dated parameter, any other stays open.
    """

    group: int
    evidence: str
    evidence_on: date
    from_on: date
    until_on: date | None = None
    evidence_no: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Who took the evidence of a membership that another decision proved: the account, and all hands of that act."""

    by: int
    hands: frozenset[int]


@action
def enter_group(*, person: int, facts: GroupFacts, by: Actor, at: datetime) -> GroupMembership:
    """Enter the evidence of a membership; one that needs no second officer is recognised at once.

    :raises Person.DoesNotExist: the person is not of the actor's area
    :raises Refused: the group is derived by law, the evidence or the days are wrong, or the person is in it already
    """
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=person)
    made = _store_once(_entered(holder, facts, by, at))
    publish(
        GroupEntered(person=holder.pk, area=made.area, group=made.group, membership=made.pk, by=by.id, at=at)
    )
    if not made.wants_two:
        _recognise(made, by, at)
    return made


@action
def enter_decided_group(
    *, person: int, facts: GroupFacts, entered: Entered, by: Actor, at: datetime
) -> GroupMembership | None:
    """Recognise a membership that another decision of two officers proved; nothing when the person is in it already.

    One of the group that still waits for its second officer is answered by this: the decision stands in its place.
    The caller has made sure that the decision is the actor's; the person may live in another county by now.

    :raises Refused: the evidence or the days are wrong, or somebody had a hand in both acts
    """
    with within(CITY):
        holder = Person.objects.select_for_update().get(pk=person)
        taken = _taken(holder.pk, facts.group).not_ended_by(facts.from_on)
        if taken.recognised().in_force_on(facts.from_on).exists():
            return None
        for waiting in taken.waiting().select_for_update().order_by("id"):
            waiting.refusal = rules.recognised_otherwise(evidence_title(facts.evidence), facts.from_on)
            _refuse(waiting, by, at)
        made = _entered(holder, facts, by, at)
        made.entered_by, made.entered_hands = entered.by, entered.hands
        own = has_hand_in(by, made.entered_hands)
        refuse_if(rules.why_not_recognise(outcome="", own_entry=own, wants_two=made.wants_two))
        _store_once(made)
        _recognise(made, by, at)
    return made


@action
def end_groups_proved_by(*, person: int, evidence: str, reason: str, by: Actor, at: datetime) -> int:
    """End the memberships in force that stand on a kind of paper which fell today; how many did.

    The caller has made sure that the paper is the actor's to take back.

    :raises Refused: no reason is given
    """
    today = clock.day_of(at)
    with within(CITY):
        Person.objects.select_for_update().get(pk=person)
        rows = GroupMembership.objects.filter(person=person, evidence=evidence).recognised().in_force_on(today)
        found = list(rows.select_for_update().order_by("id"))
        for row in found:
            _end(row, GroupEnd.ENDED, today, reason, by, at)
    return len(found)


@action
def recognise_group(*, membership: int, by: Actor, at: datetime) -> GroupMembership:
    """Recognise a membership that another officer entered.

    :raises GroupMembership.DoesNotExist: it is not of the actor's area
    :raises Refused: it was decided, or the actor entered it
    """
    found = _undecided(membership, by)
    _recognise(found, by, at)
    return found


@action
def refuse_group(*, membership: int, reason: str, by: Actor, at: datetime) -> GroupMembership:
    """Do not recognise a membership that another officer entered.

    :raises GroupMembership.DoesNotExist: it is not of the actor's area
    :raises Refused: it was decided, the actor entered it, or no reason is given
    """
    refuse_if(rules.why_not_refuse(reason))
    found = _undecided(membership, by)
    found.refusal = reason.strip()
    _refuse(found, by, at)
    return found


@action
def end_group(
    *, membership: int, kind: str, on: date, reason: str, by: Actor, at: datetime
) -> GroupMembership:
    """End a recognised membership from a day on, or revoke it from its first day.

    :raises GroupMembership.DoesNotExist: it is not of the actor's area
    :raises Refused: it is not in force, the day is wrong, or no reason is given
    """
    found = _locked(membership, by)
    _end(found, kind, found.from_on if kind == GroupEnd.REVOKED else on, reason, by, at)
    return found


def _end(found: GroupMembership, kind: str, day: date, reason: str, by: Actor, at: datetime) -> None:
    refuse_if(
        rules.why_not_end(
            from_on=found.from_on, until_on=found.until_on, outcome=found.outcome, on=day, today=clock.day_of(at),
            reason=reason,
        )
    )  # fmt: skip
    found.until_on, found.end_kind, found.end_reason = day, GroupEnd(kind), reason.strip()
    found.ended_at, found.ended_by = at, by.id
    found.save(update_fields=["until_on", "end_kind", "end_reason", "ended_at", "ended_by"])
    publish(
        GroupEnded(
            person=found.person_id, area=found.area, group=found.group, membership=found.pk, kind=found.end_kind,
            until_on=day, by=by.id, at=at,
        )
    )  # fmt: skip


def _entered(holder: Person, facts: GroupFacts, by: Actor, at: datetime) -> GroupMembership:
    """A membership as it is told, not stored yet; a revoked one leaves its days free."""
    today, group = clock.day_of(at), groups().get(facts.group)
    taken = tuple(_taken(holder.pk, facts.group).values_list("from_on", "until_on"))
    refuse_if(
        rules.why_not_enter(
            rules.Claimed(
                group=facts.group, evidence=facts.evidence, evidence_on=facts.evidence_on, from_on=facts.from_on,
                until_on=facts.until_on, today=today, born_on=holder.born_on,
                graduated_on=graduation_of(person=holder.pk), taken=taken,
            )
        )
    )  # fmt: skip
    assert group is not None
    number = paper_number(facts.evidence_no)
    return GroupMembership(
        area=holder.area,
        person=holder,
        group=group.number,
        evidence=facts.evidence,
        evidence_no_sealed=sealed_paper(number),
        evidence_mask=paper_mask(number),
        evidence_on=facts.evidence_on,
        from_on=facts.from_on,
        until_on=facts.until_on or rules.longest_until_on(group, facts.from_on),
        note=facts.note.strip(),
        wants_two=group.wants_two,
        entered_at=at,
        entered_by=by.id,
        entered_hands=by.hands,
        entered_office=office_of(by=by, on=today),
    )


def _taken(person: int, group: int) -> Any:
    return GroupMembership.objects.filter(person=person, group=group).exclude(outcome=GroupOutcome.REFUSED)


def _store_once(made: GroupMembership) -> GroupMembership:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if "one_membership_of_a_group" not in str(error):
            raise
        raise Refused(rules.taken_already([])) from error
    return made


def _locked(membership: int, by: Actor) -> GroupMembership:
    """A membership of the actor's area, behind its person's lock."""
    rows = GroupMembership.objects.visible_to(by.scope)
    lock_persons([rows.only("person_id").get(pk=membership).person_id])
    return rows.select_for_update().get(pk=membership)


def _undecided(membership: int, by: Actor) -> GroupMembership:
    found = _locked(membership, by)
    own = has_hand_in(by, found.entered_hands)
    refuse_if(rules.why_not_recognise(outcome=found.outcome, own_entry=own, wants_two=found.wants_two))
    return found


def _refuse(found: GroupMembership, by: Actor, at: datetime) -> None:
    _decide(found, GroupOutcome.REFUSED, by, at)
    publish(
        GroupRefused(person=found.person_id, area=found.area, group=found.group, membership=found.pk, by=by.id, at=at)
    )


def _recognise(found: GroupMembership, by: Actor, at: datetime) -> None:
    _decide(found, GroupOutcome.RECOGNISED, by, at)
    publish(
        GroupRecognised(
            person=found.person_id, area=found.area, group=found.group, membership=found.pk, from_on=found.from_on,
            until_on=found.until_on, by=by.id, at=at,
        )
    )  # fmt: skip


def _decide(found: GroupMembership, outcome: GroupOutcome, by: Actor, at: datetime) -> None:
    found.outcome, found.decided_at, found.decided_by, found.decided_hands = outcome, at, by.id, by.hands
    found.decided_office = office_of(by=by, on=clock.day_of(at))
    found.save(update_fields=["outcome", "decided_at", "decided_by", "decided_hands", "decided_office", "refusal"])
