"""Likely duplicates: a newcomer who is like a known person, pairs put side by side, and what an officer says."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.actions.persons import PersonFacts, read_facts, register_person
from openpes.people.choices import Likeness, PairState
from openpes.people.events import FilesCompared, ToldApart
from openpes.people.models import LikelyPair, Merge, Person
from openpes.people.queries.duplicates import Likely, Stranger, likely_persons, likeness_of, pair_area
from openpes.people.rules import likeness as rules
from openpes.people.rules import merging

FACTS_HASH = (
    "md5(concat_ws('|', {a}.name, {a}.born_on, {a}.id_number_index, {a}.phone_index,"
    " {b}.name, {b}.born_on, {b}.id_number_index, {b}.phone_index))"
)
HASH_OF_TWO = (
    f"SELECT {FACTS_HASH.format(a='a', b='b')} FROM people_person a, people_person b WHERE a.id = %s AND b.id = %s"
)


@action
def register_newcomer(
    *, facts: PersonFacts, seen: Sequence[int], because: str, by: Actor, at: datetime
) -> Person:
    """Register a person whom the counter met, after the clerk has seen every file that may be the same person's.

    `seen` are the marks of the files that were shown, `because` says why it is another person. Files of the clerk's
    area are told apart by it; those of other offices wait for an officer who sees both.

    :raises Refused: as `register_person`; or there are likely files that were not shown, or nobody said why
    """
    today = clock.day_of(at)
    reading = read_facts(facts, by, today)
    identity = reading.identity
    stranger = Stranger(
        id_number=identity.number, name=reading.name, born_on=identity.born_on, sex=identity.sex, area=facts.area,
        phone=reading.phone,
    )  # fmt: skip
    likes = likely_persons(scope=by.scope, stranger=stranger, on=today)
    refuse_if(rules.why_not_another(likes=likes, seen=seen, because=because))
    person = register_person(facts=facts, by=by, at=at)
    for like in likes:
        _note_newcomer(person, like, because, by, at)
    return person


@action
def tell_apart(*, pair: int, why: str, by: Actor, at: datetime) -> LikelyPair:
    """Say that two files are of two persons; they are not proposed again while they say what they say now.

    :raises LikelyPair.DoesNotExist: it is not of the actor's area
    :raises Refused: without a reason, or while a merge of the two waits
    """
    found = LikelyPair.objects.visible_to(by.scope).select_for_update().get(pk=pair)
    refuse_if(rules.why_not_told(why))
    if Merge.objects.filter(pair=found).waiting().exists():
        refuse_if([merging.another_merge_waits()])
    found.state, found.answer, found.answered_at, found.answered_by = PairState.APART, why.strip(), at, by.id
    found.facts_hash = facts_hash(found.first, found.second)
    found.save()
    publish(ToldApart(person=found.first, area=found.area, other=found.second, reason=found.answer, by=by.id, at=at))
    return found


@action
def compare_files(*, first: int, second: int, by: Actor, at: datetime) -> LikelyPair:
    """Put two files side by side that an officer thinks are one person's; a pair told apart comes back by it.

    :raises Person.DoesNotExist: one of them is not of the actor's area
    :raises Refused: it is one file
    """
    if first == second:
        refuse_if(merging.why_not_propose(stays=first, goes=second, why="-" * merging.SHORTEST_WHY))
    low, high = sorted((first, second))
    mine = Person.objects.visible_to(by.scope).select_for_update()
    one, other = mine.get(pk=low), mine.get(pk=high)
    likeness = likeness_of(first=one, second=other, on=clock.day_of(at))
    told = {
        "area": pair_area(one, other), "score": likeness.score,
        "reasons": [*likeness.reasons, Likeness.BY_HAND], "facts_hash": facts_hash(low, high),
        "state": PairState.WAITING, "found_at": at, "found_by": by.id,
    }  # fmt: skip
    pair, _made = LikelyPair.objects.update_or_create(first=low, second=high, defaults=told)
    publish(FilesCompared(person=low, area=pair.area, other=high, by=by.id, at=at))
    return pair


def facts_hash(first: int, second: int) -> str:
    """A digest of what is compared of two files; it changes when one of those facts does."""
    with within(CITY), connection.cursor() as cursor:
        cursor.execute(HASH_OF_TWO, sorted((first, second)))
        return cursor.fetchone()[0]


def _note_newcomer(person: Person, like: Likely, because: str, by: Actor, at: datetime) -> None:
    low, high = sorted((person.pk, like.person))
    answered = {"state": PairState.APART, "answer": because.strip(), "answered_at": at, "answered_by": by.id}
    with within(CITY):  # the other file may be of another office, which sees the pair from above
        other = Person.objects.get(pk=like.person)
        LikelyPair.objects.create(
            area=pair_area(person, other), first=low, second=high, score=like.alike.score,
            reasons=list(like.alike.reasons), facts_hash=facts_hash(low, high), found_at=at, found_by=by.id,
            **(answered if like.own else {}),
        )  # fmt: skip
    told = {"area": person.area, "other": like.person if like.own else 0, "reason": because.strip()}
    publish(ToldApart(person=person.pk, **told, by=by.id, at=at))
