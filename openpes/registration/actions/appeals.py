"""Appeals: filed by the person or at the counter, ruled by another officer than the one who decided first."""

from datetime import datetime

from openpes.kernel import Actor, action, clock, has_hand_in, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.actions.certificate_appeals import let_decision_fall
from openpes.registration.actions.locks import locked_person, waits_for_answer
from openpes.registration.actions.restoring import restore
from openpes.registration.choices import ADVERSE, Ruling, Subject
from openpes.registration.events import AppealFiled, AppealRuled
from openpes.registration.models import Appeal, Decision, StatusPeriod
from openpes.registration.rules import appeals as rules
from openpes.registration.rules.endings import why_not_act_in_transfer


@action
def file_appeal(*, decision: int, grounds: str, by: Actor, at: datetime) -> Appeal:
    """File a person's appeal against a refusal or an end; the clock of the ruling begins.

    It goes to the office that keeps the person's file now, whichever office decided.

    :raises Decision.DoesNotExist: the decision is not about one of the actor's persons
    :raises Refused: it is not adverse, the time is over, or it was appealed against already
    """
    today = clock.day_of(at)
    found, holder = _decided(decision, by)
    with within(CITY):  # an earlier office may have decided, and taken an appeal
        refuse_if(
            rules.why_not_appeal(
                adverse=found.outcome in ADVERSE,
                appealed=Appeal.objects.filter(decision=found).exists(),
                decided_on=found.on,
                on=today,
                grounds=grounds,
            )
        )
        made = Appeal.objects.create(
            area=holder.area,
            person=holder,
            decision=found,
            first_by=found.decided_by,
            first_hands=found.decided_hands,
            grounds=grounds.strip(),
            filed_on=today,
            due_on=rules.ruling_due_on(today),
            filed_at=at,
            filed_by=by.id,
        )
    publish(
        AppealFiled(person=made.person_id, area=made.area, appeal=made.pk, decision=found.pk, by=by.id, at=at)
    )
    return made


@action
def rule_appeal(*, appeal: int, ruling: str, reason: str, by: Actor, at: datetime) -> Appeal:
    """Rule an appeal with reasons; a registration whose end falls is open again, as if it had not ended.

    A refused application for a preference certificate is decided anew, a revoked certificate is valid again.

    :raises Appeal.DoesNotExist: it is not of the actor's area
    :raises Refused: it was ruled, the first decision was the actor's own, no reasons are given, or it waits in a
        hand-over
    """
    seen = Appeal.objects.visible_to(by.scope).only("person_id").get(pk=appeal)
    locked_person(seen.person_id)
    found = Appeal.objects.visible_to(by.scope).select_for_update().get(pk=appeal)
    ruled = found.decided_at is not None
    refuse_if(
        [
            *rules.why_not_rule(ruled=ruled, own_decision=has_hand_in(by, found.first_hands), reason=reason),
            *why_not_act_in_transfer(waits=waits_for_answer(found.person_id, by)),
        ]
    )
    found.ruling, found.ruling_reason = Ruling(ruling), reason.strip()
    found.decided_at, found.decided_by, found.decided_hands = at, by.id, by.hands
    found.save(update_fields=["ruling", "ruling_reason", "decided_at", "decided_by", "decided_hands"])
    if found.ruling == Ruling.ALLOWED:
        _let_fall(found, by, at)
    publish(
        AppealRuled(person=found.person_id, area=found.area, appeal=found.pk, ruling=found.ruling, by=by.id, at=at)
    )
    return found


def _decided(decision: int, by: Actor) -> tuple[Decision, Person]:
    """A decision and its person, whose file is the actor's, whichever office decided; the person is locked."""
    with within(CITY):
        found = Decision.objects.filter(pk=decision).first()
    held = Person.objects.held_by(by).select_for_update()
    holder = held.filter(pk=found.person_id).first() if found else None
    if found is None or holder is None:
        raise Decision.DoesNotExist
    return found, holder


def _let_fall(appeal: Appeal, by: Actor, at: datetime) -> None:
    """Open again what the decision had ended or refused, unless something else stands in its place since."""
    with within(CITY):
        decision = Decision.objects.get(pk=appeal.decision_id)
        if decision.subject == Subject.CERTIFICATE:
            let_decision_fall(decision, appeal.area, by, at)
        if decision.subject != Subject.ENDING:
            return
        period = StatusPeriod.objects.select_for_update().filter(number=decision.number).first()
        if period is None or period.until_on is None:  # taken back, or open again already
            return
        later = StatusPeriod.objects.filter(person=period.person_id, from_on__gte=period.until_on)
        if not later.exclude(pk=period.pk).exists():
            restore(period, appeal.area, by, at)
