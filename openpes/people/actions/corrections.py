"""Requests for correction: asked by the person, answered by an officer, appealed against; copies of the own file.

What an accepted request puts right is changed by the ordinary action of that fact: a fact of one value here, any other
on its own page before, and the answer names that act in the journal.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from openpes.codes.queries import code_exists
from openpes.kernel import Actor, Refused, action, clock, has_hand_in, publish, refuse_if
from openpes.kernel.sensitive import seal, unseal
from openpes.people.actions.persons import PersonChanges, change_person
from openpes.people.choices import ONE_VALUE, CorrectionAnswer, CorrectionRuling, Fact
from openpes.people.events import (
    CorrectionAnswered,
    CorrectionAppealed,
    CorrectionAppealRuled,
    CorrectionAsked,
    OwnCopyTaken,
)
from openpes.people.models import CorrectionAppeal, CorrectionRequest, Person
from openpes.people.queries.acts import acts_since
from openpes.people.queries.corrections import APPEAL, REQUEST, is_own_file, newest_line
from openpes.people.queries.offices import office_of
from openpes.people.rules import corrections as rules
from openpes.people.rules import read_phone


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an officer answers: a code, the words for the person, and the journal line of the act that put it right."""

    answer: str
    note: str = ""
    line: int | None = None


@action
def ask_correction(*, person: int, fact: str, wanted: str, evidence: str, by: Actor, at: datetime) -> CorrectionRequest:
    """Ask that a fact of a file be corrected (个人信息保护法 art. 46); the clock of the answer begins.

    The person asks on the own page, or an officer writes the request down at the counter.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: nothing is said, or a request about this fact waits already
    """
    holder = Person.objects.held_by(by).select_for_update().get(pk=person)
    today, waiting = clock.day_of(at), CorrectionRequest.objects.filter(person=holder, fact=fact).waiting()
    refuse_if(
        rules.why_not_ask(
            fact=fact, wanted=wanted, evidence=evidence, waiting=waiting.exists(), known=code_exists
        )
    )
    right = _as_stored(fact, wanted)
    made = CorrectionRequest(
        area=holder.area,
        person=holder,
        fact=fact,
        wanted_sealed=seal(right, context=REQUEST),
        evidence_sealed=seal(evidence.strip(), context=REQUEST),
        asked_on=today,
        due_on=rules.answer_due_on(today),
        asked_at=at,
        asked_by=by.id,
        asked_hands=by.hands,
    )
    _store_once(made)
    publish(
        CorrectionAsked(
            person=holder.pk, area=made.area, request=made.pk, fact=fact, due_on=made.due_on, by=by.id, at=at
        )
    )
    return made


@action
def answer_correction(*, request: int, answer: Answer, by: Actor, at: datetime) -> CorrectionRequest:
    """Answer a request: accepted and put right by the ordinary action, or refused with a reason.

    :raises CorrectionRequest.DoesNotExist: it is not of the actor's area
    :raises Refused: it was answered, it is the officer's own, a reason is missing, or nothing put it right
    """
    asked = CorrectionRequest.objects.visible_to(by.scope).get(pk=request)
    Person.objects.visible_to(by.scope).select_for_update().get(pk=asked.person_id)
    found = CorrectionRequest.objects.select_for_update().get(pk=asked.pk)
    case = rules.Deciding(
        decided=bool(found.answer),
        own_request=has_hand_in(by, found.asked_hands) or is_own_file(person=found.person_id, by=by),
    )
    refuse_if(rules.why_not_decide(case))
    line = _put_right(found, answer, CorrectionAnswer.ACCEPTED, by, at)
    found.answer, found.answer_note, found.changed_by_line = CorrectionAnswer(answer.answer), answer.note.strip(), line
    found.answered_at, found.answered_by, found.answered_hands = at, by.id, by.hands
    found.answered_office = office_of(by=by, on=clock.day_of(at))
    found.save(
        update_fields=[
            "answer", "answer_note", "changed_by_line", "answered_at", "answered_by", "answered_hands",
            "answered_office",
        ]
    )  # fmt: skip
    publish(
        CorrectionAnswered(
            person=found.person_id, area=found.area, request=found.pk, fact=found.fact, answer=found.answer,
            by=by.id, at=at,
        )
    )  # fmt: skip
    return found


@action
def appeal_correction(*, request: int, grounds: str, by: Actor, at: datetime) -> CorrectionAppeal:
    """Appeal against a refused correction; the clock of the ruling begins.

    :raises CorrectionRequest.DoesNotExist: it is not one of the actor's
    :raises Refused: it was not refused, was appealed against already, or no grounds are given
    """
    found = CorrectionRequest.objects.seen_by(by).get(pk=request)
    Person.objects.held_by(by).select_for_update().get(pk=found.person_id)
    appealed = CorrectionAppeal.objects.filter(request=found).exists()
    refuse_if(rules.why_not_appeal(answer=found.answer, appealed=appealed, grounds=grounds))
    assert found.answered_by is not None and found.answered_hands is not None
    today = clock.day_of(at)
    made = CorrectionAppeal.objects.create(
        area=found.area,
        person_id=found.person_id,
        request=found,
        first_by=found.answered_by,
        first_hands=found.answered_hands,
        grounds_sealed=seal(grounds.strip(), context=APPEAL),
        filed_on=today,
        due_on=rules.ruling_due_on(today),
        filed_at=at,
        filed_by=by.id,
        filed_hands=by.hands,
    )
    publish(
        CorrectionAppealed(
            person=made.person_id, area=made.area, request=found.pk, due_on=made.due_on, by=by.id, at=at
        )
    )
    return made


@action
def rule_correction(*, appeal: int, answer: Answer, by: Actor, at: datetime) -> CorrectionAppeal:
    """Rule an appeal with reasons: the refusal stands, or the fact is put right after all.

    :raises CorrectionAppeal.DoesNotExist: it is not of the actor's area
    :raises Refused: it was ruled, the refusal or the request was the officer's own, or no reason is given
    """
    seen = CorrectionAppeal.objects.visible_to(by.scope).get(pk=appeal)
    Person.objects.visible_to(by.scope).select_for_update().get(pk=seen.person_id)
    found = CorrectionAppeal.objects.select_for_update().select_related("request").get(pk=seen.pk)
    case = rules.Deciding(
        decided=bool(found.ruling),
        own_request=has_hand_in(by, found.filed_hands, found.request.asked_hands)
        or is_own_file(person=found.person_id, by=by),
        own_refusal=has_hand_in(by, found.first_hands),
    )
    refuse_if([*rules.why_not_decide(case), *rules.why_not_reasoned(answer.note)])
    line = _put_right(found.request, answer, CorrectionRuling.ALLOWED, by, at)
    found.ruling, found.ruling_reason = CorrectionRuling(answer.answer), answer.note.strip()
    found.changed_by_line = line
    found.ruled_at, found.ruled_by, found.ruled_hands = at, by.id, by.hands
    found.ruled_office = office_of(by=by, on=clock.day_of(at))
    found.save(
        update_fields=[
            "ruling", "ruling_reason", "changed_by_line", "ruled_at", "ruled_by", "ruled_hands", "ruled_office",
        ]
    )  # fmt: skip
    publish(
        CorrectionAppealRuled(
            person=found.person_id, area=found.area, request=found.request_id, ruling=found.ruling, by=by.id, at=at
        )
    )
    return found


@action
def take_own_copy(*, form: str, by: Actor, at: datetime) -> Person:
    """Journal that a person takes a copy of the own data (个人信息保护法 art. 45); gives whose it is.

    :raises Person.DoesNotExist: the account stands for no person
    """
    holder = Person.objects.get(pk=by.person)
    publish(OwnCopyTaken(person=holder.pk, area=holder.area, form=form, by=by.id, at=at))
    return holder


def _put_right(asked: CorrectionRequest, answer: Answer, yes: str, by: Actor, at: datetime) -> int | None:
    """Put an accepted fact right; gives the journal line of the act, None where nothing had to be done."""
    one_value = asked.fact in ONE_VALUE
    lines = {act.line for act in acts_since(request=asked)} if not one_value and answer.answer == yes else set()
    refuse_if(
        rules.why_not_answer_so(
            answer=answer.answer, note=answer.note, one_value=one_value, changed=answer.line in lines
        )
    )
    if answer.answer != yes:
        return None
    if not one_value:
        return answer.line
    holder = Person.objects.visible_to(by.scope).get(pk=asked.person_id)
    told: dict[str, Any] = {asked.fact: unseal(asked.wanted_sealed, context=REQUEST)}
    before = holder.version
    after = change_person(person=holder.pk, version=before, changes=PersonChanges(**told), by=by, at=at)
    return newest_line(person=holder.pk) if after.version != before else None


def _as_stored(fact: str, wanted: str) -> str:
    """What is right as the file would store it; a telephone number is read as one at once."""
    if fact != Fact.PHONE:
        return wanted.strip()
    try:
        return read_phone(wanted)
    except Refused as refused:
        raise Refused(*(replace(reason, field="wanted") for reason in refused.reasons)) from refused


def _store_once(made: CorrectionRequest) -> None:
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if "one_request_of_a_fact" not in str(error):
            raise
        raise Refused(rules.asked_already()) from error
