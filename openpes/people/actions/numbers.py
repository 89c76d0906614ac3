"""Another identity number for a person: an upgrade at once, a correction by two officers; the old one stays known."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from openpes.engine.identifiers import ResidentId
from openpes.kernel import Actor, Reason, Refused, action, clock, has_hand_in, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index, seal, unseal
from openpes.people import rules
from openpes.people.actions.names import Paper
from openpes.people.actions.papers import paper_index, paper_number
from openpes.people.choices import NumberAnswer, NumberKind
from openpes.people.events import NumberChangeAsked, NumberChanged, NumberChangeDeclined
from openpes.people.models import FormerNumber, NumberChange, Person
from openpes.people.queries.former import number_holder
from openpes.people.rules import former

CONTEXT, TAIL_CONTEXT = "person.id_number", "person.id_tail"


@dataclass(frozen=True, kw_only=True)
class NumberFacts:
    """Another identity number as it is told: as typed, from which day on, by which paper, and why."""

    id_number: str
    on: date
    paper: Paper
    note: str = ""


@action
def record_upgrade(*, person: int, on: date, paper: Paper, by: Actor, at: datetime) -> FormerNumber:
    """Write down that the 15 digits of an old card became the 18 of the file, by the rule of GB 11643.

    It changes nothing but the paper, so one officer does it; the 15 digits stand in the file as a former number.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: nobody of that age had 15 digits, they stand there already, or the paper is not one of those
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    old = former.number_of_15(found.id_number().reveal())
    known = FormerNumber.objects.filter(number_index=blind_index(old, context=CONTEXT)).exists()
    refuse_if(former.why_not_upgrade(known=known, evidence=paper.evidence))
    kept = _keep(found, old, NumberKind.UPGRADED, on, paper.columns(), by, at)
    publish(NumberChanged(person=found.pk, area=found.area, kind=NumberKind.UPGRADED, on=on, by=by.id, at=at))
    return kept


@action
def ask_number(*, person: int, facts: NumberFacts, by: Actor, at: datetime) -> NumberChange:
    """Write another identity number in; it counts when a colleague has confirmed it.

    Source: 居民身份证法 art. 3, 11.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: it is not a number, or is or was another person's, or with what else is wrong
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    reading = former.read_number(facts.id_number, clock.day_of(at))
    refuse_if(former.why_not_correct_number(_case(found, reading, facts, by, at)))
    index = blind_index(reading.number, context=CONTEXT)
    asked = NumberChange.objects.create(
        area=found.area,
        person=found,
        number_sealed=seal(reading.number, context=CONTEXT),
        number_index=index,
        mask=rules.id_mask(reading.number),
        former_mask=found.id_mask,
        on=facts.on,
        **facts.paper.columns(),
        note=facts.note.strip(),
        content_hash=_content(found, index, facts),
        asked_at=at,
        asked_by=by.id,
        asked_hands=by.hands,
    )
    publish(NumberChangeAsked(person=found.pk, area=found.area, change=asked.pk, by=by.id, at=at))
    return asked


@action
def answer_number(
    *, change: int, answer: str, content_hash: str, typed: str = "", note: str = "", by: Actor, at: datetime
) -> NumberChange:
    """Confirm or decline the number that a colleague wrote in; birth and sex follow a confirmed one.

    Who confirms types the number from the paper again (`typed`), because the page shows it masked. `content_hash` is
    that of what the officer was shown.

    :raises NumberChange.DoesNotExist: it is not of the actor's area
    :raises Refused: by whom it was written in, it was answered, or the number became another person's meanwhile
    """
    seen = NumberChange.objects.visible_to(by.scope).only("person_id").get(pk=change)
    found = Person.objects.held_by(by).select_for_update().get(pk=seen.person_id)
    asked = NumberChange.objects.visible_to(by.scope).select_for_update().get(pk=change)
    refuse_if(
        former.why_not_answer_number(
            answered=bool(asked.answer),
            answer=answer,
            note=note,
            same_hands=has_hand_in(by, asked.asked_hands),
            seen=content_hash == asked.content_hash,
            same_number=blind_index(former.typed_number(typed), context=CONTEXT) == bytes(asked.number_index),
        )
    )
    if answer == NumberAnswer.CONFIRMED:
        _take_over(found, asked, by, at)
    asked.answer, asked.answer_note = answer, note.strip()
    asked.answered_at, asked.answered_by, asked.answered_hands = at, by.id, by.hands
    asked.save(update_fields=["answer", "answer_note", "answered_at", "answered_by", "answered_hands"])
    if answer == NumberAnswer.CONFIRMED:
        kind = NumberKind.CORRECTED
        publish(NumberChanged(person=found.pk, area=found.area, kind=kind, on=asked.on, by=by.id, at=at))
    else:
        publish(NumberChangeDeclined(person=found.pk, area=found.area, change=asked.pk, by=by.id, at=at))
    return asked


def _content(found: Person, index: bytes, facts: NumberFacts) -> str:
    """What the second officer's word is bound to; the numbers stand in it by their keyed indexes only."""
    paper = paper_index(paper_number(facts.paper.number)) or b""
    parts = (bytes(found.id_number_index).hex(), index.hex(), facts.on, facts.paper.evidence, paper.hex())
    return former.content_hash(found.pk, *parts)


def _case(found: Person, reading: ResidentId, facts: NumberFacts, by: Actor, at: datetime) -> former.NumberCase:
    index = blind_index(reading.number, context=CONTEXT)
    return former.NumberCase(
        same=index == bytes(found.id_number_index),
        waiting=NumberChange.objects.filter(person=found).waiting().exists(),
        holder=number_holder(index, besides=found.pk),
        on=facts.on,
        today=clock.day_of(at),
        evidence=facts.paper.evidence,
        scope=by.scope,
    )


def _take_over(found: Person, asked: NumberChange, by: Actor, at: datetime) -> None:
    """Let the file carry the number; the one it had is a former one from now on."""
    number = unseal(bytes(asked.number_sealed), context=CONTEXT)
    reading = former.read_number(number, clock.day_of(at))
    old = found.id_number().reveal()
    FormerNumber.objects.filter(person=found, number_index=asked.number_index).delete()  # a number that came back
    columns = {
        "id_number_sealed": bytes(asked.number_sealed),
        "id_number_index": bytes(asked.number_index),
        "id_tail_index": blind_index(number[-rules.TAIL :], context=TAIL_CONTEXT),
        "id_mask": asked.mask,
        "sex": reading.sex,
        "born_on": reading.born_on,
        "version": found.version + 1,
    }
    for name, value in columns.items():
        setattr(found, name, value)
    try:
        with transaction.atomic():
            found.save(update_fields=list(columns))
    except IntegrityError as error:  # somebody was registered under it between the two officers
        raise Refused(_taken_meanwhile(bytes(asked.number_index), found.pk, by)) from error
    shown = {name: getattr(asked, name) for name in ("evidence", "evidence_mask", "evidence_sealed")}
    _keep(found, old, NumberKind.CORRECTED, asked.on, shown, by, at)


def _taken_meanwhile(index: bytes, person: int, by: Actor) -> Reason:
    holder = number_holder(index, besides=person)
    return former.number_of_another(holder, by.scope) if holder else former.number_given_up()


def _keep(
    found: Person, number: str, kind: NumberKind, until_on: date, shown: dict[str, Any], by: Actor, at: datetime
) -> FormerNumber:
    with within(CITY):
        kept, _created = FormerNumber.objects.update_or_create(
            person=found,
            number_index=blind_index(number, context=CONTEXT),
            defaults={
                "area": found.area,
                "number_sealed": seal(number, context=CONTEXT),
                "tail_index": blind_index(number[-rules.TAIL :], context=TAIL_CONTEXT),
                "mask": rules.id_mask(number),
                "kind": kind,
                "until_on": until_on,
                **shown,
                "recorded_at": at,
                "recorded_by": by.id,
            },
        )
    return kept
