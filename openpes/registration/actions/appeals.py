"""Appeals: filed by the person or at the counter, ruled by another officer than the one who decided first."""

from datetime import datetime

from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.choices import Outcome, Ruling, Subject
from openpes.registration.events import AppealFiled, AppealRuled, RegistrationRestored
from openpes.registration.models import Appeal, Decision, StatusPeriod
from openpes.registration.rules import appeals as rules


@action
def file_appeal(*, decision: int, grounds: str, by: Actor, at: datetime) -> Appeal:
    """File a person's appeal against a refusal or an end; the clock of the ruling begins.

    :raises Decision.DoesNotExist: the decision is not one of the actor's
    :raises Refused: it is not adverse, the time is over, or it was appealed against already
    """
    today = clock.day_of(at)
    seen = Decision.objects.filter(person=by.person) if by.person else Decision.objects.visible_to(by.scope)
    found = seen.get(pk=decision)
    Person.objects.held_by(by).select_for_update().filter(pk=found.person_id).first()
    refuse_if(
        rules.why_not_appeal(
            adverse=found.outcome in (Outcome.REFUSED, Outcome.ENDED),
            appealed=Appeal.objects.filter(decision=found).exists(),
            decided_on=found.on,
            on=today,
            grounds=grounds,
        )
    )
    made = Appeal.objects.create(
        area=found.area,
        person_id=found.person_id,
        decision=found,
        first_by=found.decided_by,
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

    :raises Appeal.DoesNotExist: it is not of the actor's area
    :raises Refused: it was ruled, the first decision was the actor's own, or no reasons are given
    """
    found = Appeal.objects.visible_to(by.scope).select_for_update().get(pk=appeal)
    refuse_if(
        rules.why_not_rule(ruled=found.decided_at is not None, first_by=found.first_by, by=by.id, reason=reason)
    )
    found.ruling, found.ruling_reason = Ruling(ruling), reason.strip()
    found.decided_at, found.decided_by = at, by.id
    found.save(update_fields=["ruling", "ruling_reason", "decided_at", "decided_by"])
    if found.ruling == Ruling.ALLOWED and found.decision.subject == Subject.ENDING:
        _restore(found.decision, by, at)
    publish(
        AppealRuled(person=found.person_id, area=found.area, appeal=found.pk, ruling=found.ruling, by=by.id, at=at)
    )
    return found


def _restore(decision: Decision, by: Actor, at: datetime) -> None:
    """Open the registration again, unless the person was registered otherwise since."""
    with within(CITY):
        Person.objects.select_for_update().get(pk=decision.person_id)
        period = StatusPeriod.objects.select_for_update().filter(number=decision.number).first()
        later = StatusPeriod.objects.filter(person=decision.person_id)
        if period is None or later.filter(from_on__gte=period.until_on).exclude(pk=period.pk).exists():
            return
        period.until_on, period.end_reason, period.end_note, period.ended_at = None, "", "", None
        period.contacted_on, period.reminded_on = clock.day_of(at), None
        period.save(
            update_fields=["until_on", "end_reason", "end_note", "ended_at", "contacted_on", "reminded_on"]
        )
        publish(
            RegistrationRestored(
                person=period.person_id,
                area=period.area,
                period=period.pk,
                number=period.number,
                from_on=period.from_on,
                by=by.id,
                at=at,
            )
        )
