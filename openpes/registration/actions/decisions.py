"""Decisions as they are kept, refusals on paper, corrections of facts."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from openpes.kernel import Actor, Reason, action, clock, publish, refuse_if
from openpes.people.models import Person
from openpes.registration import rules
from openpes.registration.choices import Outcome, Subject
from openpes.registration.events import FactCorrected, RegistrationRefused
from openpes.registration.models import Decision, FactCorrection, StatusPeriod
from openpes.registration.queries import circumstances_of
from openpes.registration.rules import Circumstances, RuleResult, UnemploymentFacts, replay

CORRECTABLE = ("born_on", "sex", "hukou", "resident_from_on", "reason", "former_employer", "proofs", "willing")


@action
def refuse_registration(*, person: int, facts: UnemploymentFacts, by: Actor, at: datetime) -> Decision:
    """Refuse an unemployment registration in due form, so that it stands on paper and can be appealed against.

    :raises Person.DoesNotExist: the person is not of the actor's area
    :raises Refused: no rule stands against the registration
    """
    holder = Person.objects.visible_to(by.scope).select_for_update().get(pk=person)
    case = circumstances_of(person=holder, on=clock.day_of(at), facts=facts)
    results = rules.unemployment_rules(case)
    refuse_if(
        [Reason(_("No rule stands against this registration."), next_step=_("Register the person."))]
        if replay.granted(results)
        else []
    )
    made = keep_registration(holder, case, results, "", by, at)
    publish(RegistrationRefused(person=holder.pk, area=holder.area, decision=made.pk, by=by.id, at=at))
    return made


@action
def correct_fact(*, decision: int, fact: str, now: Any, why: str, by: Actor, at: datetime) -> FactCorrection:
    """Write down that a fact of a decision was otherwise; the decision itself stays as it was made.

    :raises Decision.DoesNotExist: it is not of the actor's area
    :raises Refused: the decision has no such fact, the value is the same, or no reason is given
    """
    found = Decision.objects.visible_to(by.scope).get(pk=decision)
    was = found.facts.get(fact)
    refuse_if(_why_not_correct(found, fact, was, now, why))
    made = FactCorrection.objects.create(
        area=found.area,
        person_id=found.person_id,
        decision=found,
        fact=fact,
        was=was,
        now=now,
        why=why.strip(),
        corrected_at=at,
        corrected_by=by.id,
    )
    publish(
        FactCorrected(person=found.person_id, area=found.area, decision=found.pk, fact=fact, by=by.id, at=at)
    )
    return made


def keep_registration(
    person: Person, case: Circumstances, results: list[RuleResult], number: str, by: Actor, at: datetime
) -> Decision:
    """Keep how an unemployment registration was decided, with the facts that were told."""
    return Decision.objects.create(
        area=person.area,
        person=person,
        subject=Subject.UNEMPLOYMENT,
        number=number,
        on=case.on,
        outcome=Outcome.GRANTED if replay.granted(results) else Outcome.REFUSED,
        facts=replay.plain_facts(case),
        results=replay.plain_results(results),
        decided_at=at,
        decided_by=by.id,
    )


def keep_end(period: StatusPeriod, on: date, by: Actor, at: datetime) -> Decision:
    """Keep how an unemployment registration ended, with what was known of the person's contact."""
    last_on = period.contacted_on or clock.day_of(period.registered_at)
    facts = {
        "on": clock.day_of(at).isoformat(),
        "ended_on": on.isoformat(),
        "reason": period.end_reason,
        "note": period.end_note,
        "last_contact_on": last_on.isoformat(),
        "reminded_on": period.reminded_on.isoformat() if period.reminded_on else None,
    }
    code = "no contact" if period.end_reason == "50" else "ended"
    return Decision.objects.create(
        area=period.area,
        person_id=period.person_id,
        subject=Subject.ENDING,
        number=period.number,
        on=clock.day_of(at),
        outcome=Outcome.ENDED,
        facts=facts,
        results=[{"code": code, "state": "no"}],
        decided_at=at,
        decided_by=by.id,
    )


def _why_not_correct(decision: Decision, fact: str, was: Any, now: Any, why: str) -> list[Reason]:
    reasons = []
    if decision.subject != Subject.UNEMPLOYMENT or fact not in CORRECTABLE:
        reasons.append(Reason(_("This decision has no such fact."), field="fact"))
    elif was == now:
        reasons.append(Reason(_("The fact stands so already."), field="now"))
    if not why.strip():
        reasons.append(Reason(_("Write what shows that it was otherwise."), field="why"))
    return reasons
