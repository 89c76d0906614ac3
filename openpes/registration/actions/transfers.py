"""Open matters between counties: handed over, accepted or returned by the new office."""

from datetime import datetime
from typing import Any

from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.actions.handbooks import carry_handbook
from openpes.registration.actions.locks import locked_person
from openpes.registration.choices import TransferAnswer
from openpes.registration.events import TransferAnswered, TransferOffered
from openpes.registration.models import (
    Appeal,
    HandbookCopy,
    JobWish,
    PreferenceCertificate,
    StatusPeriod,
    Transfer,
)
from openpes.registration.rules import transfers as rules


@action
def carry_registrations(*, person: int, area: str, by: Actor, at: datetime) -> Transfer | None:
    """Let the open matters of a person belong to the area to which the person moved.

    What another county keeps is handed over: the new office accepts or returns it, and does not act before.
    """
    with within(CITY):
        Person.objects.select_for_update().filter(pk=person).first()
        matters = open_matters(person, at)
        left = _left_behind(person, area, at)
        _carry(person, area, at)
        waiting = Transfer.objects.waiting().select_for_update().filter(person=person).first()
        origin = waiting.from_area if waiting else left
        if waiting:
            _answer(waiting, TransferAnswer.RETURNED, "", by, at)
        if origin and matters and rules.leaves_county(origin, area):
            return _offer(person, origin, area, matters, by, at)
    return None


@action
def answer_transfer(*, transfer: int, accepts: bool, note: str = "", by: Actor, at: datetime) -> Transfer:
    """Accept a hand-over, from when on the new office goes on; or return it, and the old office has it again.

    :raises Transfer.DoesNotExist: it is not offered to the actor's area
    :raises Refused: it was answered already, or is returned without a reason
    """
    seen = Transfer.objects.visible_to(by.scope).only("person_id").get(pk=transfer)
    locked_person(seen.person_id)
    found = Transfer.objects.visible_to(by.scope).select_for_update().get(pk=transfer)
    refuse_if(rules.why_not_answer(answered=found.answered_at is not None, accepts=accepts, note=note))
    with within(CITY):
        _answer(found, TransferAnswer.ACCEPTED if accepts else TransferAnswer.RETURNED, note, by, at)
        if not accepts:
            _carry(found.person_id, found.from_area, at)
    return found


@action
def accept_with_file(*, person: int, by: Actor, at: datetime) -> None:
    """Accept what is open about a person whose file the new office accepted; nothing when nothing waits."""
    with within(CITY):
        waiting = Transfer.objects.waiting().select_for_update().filter(person=person).first()
        if waiting:
            _answer(waiting, TransferAnswer.ACCEPTED, "", by, at)


@action
def offer_transfer_again(*, transfer: int, by: Actor, at: datetime) -> Transfer:
    """Hand the matters over once more after the new office returned them and the old one cleared its doubts.

    :raises Transfer.DoesNotExist: it was not returned to the actor's area
    :raises Refused: it is not the last one, the person lives elsewhere by now, or nothing is open any more
    """
    with within(CITY):
        returned = Transfer.objects.offered_from(by.scope).filter(answer=TransferAnswer.RETURNED)
        found = returned.get(pk=transfer)
        holder = locked_person(found.person_id)
        matters = open_matters(holder.pk, at)
        last = Transfer.objects.filter(person=holder).order_by("-id").first()
        refuse_if(
            rules.why_not_offer_again(
                is_last=last == found,
                lives_there=not rules.leaves_county(found.area, holder.area),
                is_open=bool(matters),
            )
        )
        _carry(holder.pk, holder.area, at)
        return _offer(holder.pk, found.from_area, holder.area, matters, by, at)


def open_matters(person: int, at: datetime) -> list[dict[str, str]]:
    """What is open about a person, as a hand-over lists it: kinds and numbers."""
    today = clock.day_of(at)
    periods = StatusPeriod.objects.filter(person=person).not_ended_by(today).order_by("id")
    found = [{"kind": period.status, "number": period.number} for period in periods]
    found += [{"kind": "wish", "number": ""} for _wish in JobWish.objects.filter(person=person).not_ended_by(today)]
    copies = HandbookCopy.objects.filter(person=person).awaited().select_related("handbook").order_by("id")
    found += [{"kind": "handbook", "number": copy.handbook.number} for copy in copies]
    found += [{"kind": "appeal", "number": ""} for _appeal in Appeal.objects.filter(person=person).undecided()]
    asked = PreferenceCertificate.objects.filter(person=person).undecided().order_by("id")
    return found + [{"kind": "certificate", "number": ""} for _certificate in asked]


def _left_behind(person: int, area: str, at: datetime) -> str:
    """Where open matters stand that another county than the one of the area keeps; empty when there are none."""
    today = clock.day_of(at)
    kept = (
        StatusPeriod.objects.filter(person=person).not_ended_by(today),
        JobWish.objects.filter(person=person).not_ended_by(today),
        HandbookCopy.objects.filter(person=person).awaited(),
        Appeal.objects.filter(person=person).undecided(),
        PreferenceCertificate.objects.filter(person=person).undecided(),
    )
    areas = (one for rows in kept for one in rows.order_by("id").values_list("area", flat=True))
    return next((one for one in areas if rules.leaves_county(one, area)), "")


def _carry(person: int, area: str, at: datetime) -> None:
    today = clock.day_of(at)
    for rows in (StatusPeriod.objects, JobWish.objects):
        rows.filter(person=person).not_ended_by(today).update(area=area)
    Appeal.objects.filter(person=person).undecided().update(area=area)
    PreferenceCertificate.objects.filter(person=person).exclude(outcome="refused").update(area=area)
    carry_handbook(person, area)


def _answer(found: Transfer, answer: TransferAnswer, note: str, by: Actor, at: datetime) -> None:
    found.answer, found.note, found.answered_at, found.answered_by = answer, note.strip(), at, by.id
    found.save(update_fields=["answer", "note", "answered_at", "answered_by"])
    publish(
        TransferAnswered(
            person=found.person_id, area=found.area, from_area=found.from_area, answer=answer, by=by.id, at=at
        )
    )


def _offer(
    person: int, from_area: str, area: str, matters: list[dict[str, Any]], by: Actor, at: datetime
) -> Transfer:
    made = Transfer.objects.create(
        area=area,
        from_area=from_area,
        person_id=person,
        matters=matters,
        due_on=rules.answer_due_on(clock.day_of(at)),
        offered_at=at,
        offered_by=by.id,
    )
    publish(TransferOffered(person=person, area=area, from_area=from_area, transfer=made.pk, by=by.id, at=at))
    return made
