"""Matters: noted by who is asked first, handed over when a colleague accepts, ended when the person was told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from openpes.kernel import Actor, Refused, action, clock, has_hand_in, publish, refuse_if
from openpes.matters import queries, rules
from openpes.matters.choices import HandOverAnswer
from openpes.matters.events import HandOverEnded, MatterAsked, MatterClosed, MatterHandedOver, MatterOffered
from openpes.matters.models import HandOver, Matter, Responsibility
from openpes.network.models import ServicePoint
from openpes.people.actions.locks import held_person, lock_persons


@dataclass(frozen=True)
class Receiver:
    """To whom a matter is offered: a colleague by name, or whoever of an office accepts it."""

    officer: int | None = None
    point: int | None = None


@action
def note_matter(*, person: int, subject: str, asked: str, by: Actor, at: datetime) -> Matter:
    """Note what a person asks for; whoever is asked answers for it from now on (首问负责制).

    On behalf of a colleague it is the colleague's matter.

    :raises Person.DoesNotExist: the person is not of one's area
    """
    holder = held_person(person=person, by=by)
    due_on = rules.due_on(clock.day_of(at))
    made = Matter.objects.create(
        area=holder.area, person=holder, subject=subject, asked=asked.strip(), asked_at=at, due_on=due_on
    )
    _begin(made, by.stands_for, at)
    publish(
        MatterAsked(person=holder.pk, area=made.area, matter=made.pk, subject=subject, due_on=due_on, by=by.id, at=at)
    )
    return made


@action
def propose_hand_over(*, matter: int, to: Receiver, reason: str, by: Actor, at: datetime) -> HandOver:
    """Offer a matter to a colleague or an office; one goes on answering for it until somebody accepts.

    :raises Matter.DoesNotExist: it is not of one's area
    :raises ServicePoint.DoesNotExist: the office is not of one's area
    :raises Refused: it is ended, somebody else's, offered already, or the colleague works for another area
    """
    found = _locked(matter, by)
    return _propose(found, to, reason, None, by, at)


@action
def answer_hand_over(*, hand_over: int, accepts: bool, note: str = "", by: Actor, at: datetime) -> HandOver:
    """Accept a hand-over, from when on one answers oneself; or decline it, and the other goes on answering.

    :raises HandOver.DoesNotExist: it is not of one's area
    :raises Refused: it was answered already, is offered to somebody else, or is declined without a reason
    """
    offered = HandOver.objects.visible_to(by.scope).only("matter_id").get(pk=hand_over)
    found = _locked(offered.matter_id, by)
    offered = HandOver.objects.visible_to(by.scope).select_for_update().get(pk=hand_over)
    taker = queries.taker_of(offered, actor=by, on=clock.day_of(at))
    gives = has_hand_in(by, {offered.from_officer_id}) or (bool(by.behalf) and has_hand_in(by, offered.proposed_hands))
    refuse_if(
        rules.why_not_answer(
            answered=bool(offered.answer), addressed=taker is not None, gives=gives, accepts=accepts, note=note
        )
    )
    assert taker is not None
    _answered(offered, HandOverAnswer.ACCEPTED if accepts else HandOverAnswer.DECLINED, note, by, at)
    if accepts:
        _end(found, at)
        _begin(found, taker, at)
        publish(
            MatterHandedOver(person=found.person_id, area=found.area, matter=found.pk, officer=taker, by=by.id, at=at)
        )
    else:
        _told_end(offered, by, at)
    return offered


@action
def accept_list(*, list_no: UUID, by: Actor, at: datetime) -> int:
    """Accept everything of a handed-over list that is offered to oneself; how many matters one has taken.

    :raises Refused: one of them cannot be accepted any more; then none is
    """
    offered = HandOver.objects.visible_to(by.scope).waiting().filter(list_no=list_no, to_officer__in=by.hands)
    lock_persons(offered.values_list("person", flat=True))
    pks = list(offered.order_by("matter").values_list("pk", flat=True))
    return len([answer_hand_over(hand_over=pk, accepts=True, by=by, at=at) for pk in pks])


@action
def take_hand_over_back(*, hand_over: int, leads: bool = False, by: Actor, at: datetime) -> HandOver:
    """Take a proposal back before it is answered; whoever `leads` hands on the lists of others and may do it for them.

    :raises HandOver.DoesNotExist: it is not of one's area
    :raises Refused: it was answered already, or is somebody else's
    """
    seen = HandOver.objects.visible_to(by.scope).only("matter_id").get(pk=hand_over)
    _locked(seen.matter_id, by)
    offered = HandOver.objects.visible_to(by.scope).select_for_update().get(pk=hand_over)
    own = leads or has_hand_in(by, {offered.from_officer_id}, offered.proposed_hands)
    refuse_if(rules.why_not_take_back(answered=bool(offered.answer), own=own))
    _answered(offered, HandOverAnswer.WITHDRAWN, "", by, at)
    _told_end(offered, by, at)
    return offered


@action
def close_matter(*, matter: int, outcome: str, answer: str, told: str, by: Actor, at: datetime) -> Matter:
    """End a matter with its outcome, which the person was told.

    :raises Matter.DoesNotExist: it is not of one's area
    :raises Refused: it is ended, somebody else answers for it, a hand-over waits, or no answer is written
    """
    found = _locked(matter, by)
    waits = HandOver.objects.visible_to(by.scope).waiting().filter(matter=found).exists()
    refuse_if(rules.why_not_close(is_open=found.closed_at is None, own=_own(found, by), waits=waits, answer=answer))
    found.outcome, found.answer, found.told = outcome, answer.strip(), told
    found.closed_at, found.closed_by = at, by.id
    found.save(update_fields=["outcome", "answer", "told", "closed_at", "closed_by"])
    _end(found, at)
    publish(
        MatterClosed(
            person=found.person_id, area=found.area, matter=found.pk, outcome=outcome, way=told, by=by.id, at=at
        )
    )
    return found


@action
def hand_list_over(*, officer: int, receivers: tuple[int, ...], reason: str, by: Actor, at: datetime) -> list[HandOver]:
    """Offer all open matters of an officer that are not offered yet to one colleague, or spread over several.

    Whoever leads an office does so for somebody who is away or has left; each receiver accepts.

    :raises Refused: nobody was chosen, the officer among them, one who does not work for the area of a matter, or the
        list has nothing to offer
    """
    plan = queries.spread_of(scope=by.scope, officer=officer, receivers=receivers, on=clock.day_of(at))
    refuse_if(rules.why_not_spread(officer=officer, receivers=receivers, strangers=plan.strangers, listed=plan.listed))
    lock_persons(Matter.objects.visible_to(by.scope).filter(pk__in=plan.takers).values_list("person", flat=True))
    number = uuid4()
    return [
        _propose(_locked(matter, by), Receiver(officer=taker), reason, (officer, number), by, at)
        for matter, taker in sorted(plan.takers.items())
    ]


def _propose(
    found: Matter, to: Receiver, reason: str, listed: tuple[int, UUID] | None, by: Actor, at: datetime
) -> HandOver:
    today = clock.day_of(at)
    giver, number = listed or (_answers_now(found), None)
    own = bool(by.hands & {giver}) if listed is None else _answers_now(found) == giver
    able = to.officer is None or queries.may_take(officer=to.officer, area=found.area, on=today)
    waits = HandOver.objects.visible_to(by.scope).waiting().filter(matter=found).exists()
    place = ServicePoint.objects.visible_to(by.scope).open_on(today).get(pk=to.point) if to.point else None
    refuse_if(
        rules.why_not_propose(
            is_open=found.closed_at is None, own=own, waits=waits, to_self=to.officer == giver, may_take=able
        )
    )
    made = HandOver.objects.create(
        area=found.area, person_id=found.person_id, matter=found, from_officer_id=giver, to_officer_id=to.officer,
        to_point=place, reason=reason.strip(), list_no=number, proposed_at=at, proposed_by=by.id,
        proposed_hands=by.hands,
        due_on=rules.answer_due_on(today),
    )  # fmt: skip
    publish(
        MatterOffered(
            person=found.person_id, area=found.area, matter=found.pk, officer=to.officer, point=to.point,
            due_on=made.due_on, by=by.id, at=at,
        )
    )  # fmt: skip
    return made


def _locked(matter: int, by: Actor) -> Matter:
    """A matter, locked after its person, which is the order in which everybody locks them."""
    seen = Matter.objects.visible_to(by.scope).only("person_id").get(pk=matter)
    lock_persons([seen.person_id])
    return Matter.objects.visible_to(by.scope).select_for_update().get(pk=matter)


def _answers_now(matter: Matter) -> int | None:
    return Responsibility.objects.present().filter(matter=matter).values_list("officer", flat=True).first()


def _own(matter: Matter, by: Actor) -> bool:
    return _answers_now(matter) in by.hands


def _begin(matter: Matter, officer: int, at: datetime) -> None:
    try:
        with transaction.atomic():
            Responsibility.objects.create(
                area=matter.area, person_id=matter.person_id, matter=matter, officer_id=officer, from_at=at
            )
    except IntegrityError as taken:
        raise Refused(
            *rules.why_not_answer(answered=True, addressed=True, gives=False, accepts=True, note="")
        ) from taken


def _end(matter: Matter, at: datetime) -> None:
    Responsibility.objects.visible_to(matter.area).present().filter(matter=matter).update(until_at=at)


def _answered(offered: HandOver, answer: HandOverAnswer, note: str, by: Actor, at: datetime) -> None:
    offered.answer, offered.note, offered.answered_at, offered.answered_by = answer, note.strip(), at, by.id
    offered.save(update_fields=["answer", "note", "answered_at", "answered_by"])


def _told_end(offered: HandOver, by: Actor, at: datetime) -> None:
    publish(
        HandOverEnded(
            person=offered.person_id, area=offered.area, matter=offered.matter_id, answer=offered.answer, by=by.id,
            at=at,
        )
    )  # fmt: skip
