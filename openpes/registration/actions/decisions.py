"""Decisions as they are kept, refusals on paper, corrections of facts."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from openpes.codes.queries import code_exists
from openpes.kernel import Actor, Reason, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration import rules
from openpes.registration.choices import CANCELLED_BY_SILENCE, Outcome, Subject
from openpes.registration.events import FactCorrected, RegistrationRefused
from openpes.registration.models import Decision, FactCorrection, StatusPeriod
from openpes.registration.queries import circumstances_of
from openpes.registration.rules import Circumstances, RuleResult, UnemploymentFacts, replay
from openpes.registration.rules.corrections import why_not_correct


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

    :raises Decision.DoesNotExist: it is not about a person of the actor's area
    :raises Refused: the decision has no such fact, the value is not one that it can have or the same, or no reason is
        given
    """
    with within(CITY):  # an earlier office may have decided
        found = Decision.objects.filter(pk=decision).first()
    mine = Person.objects.visible_to(by.scope).select_for_update()
    holder = mine.filter(pk=found.person_id).first() if found else None
    if found is None or holder is None:
        raise Decision.DoesNotExist
    has = fact if found.subject == Subject.UNEMPLOYMENT else ""
    was = found.facts.get(fact)
    known = partial(code_exists, on=found.on)
    refuse_if(why_not_correct(fact=has, was=was, now=now, why=why, on=found.on, known=known))
    made = FactCorrection.objects.create(
        area=holder.area,
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
        FactCorrected(person=found.person_id, area=made.area, decision=found.pk, fact=fact, by=by.id, at=at)
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
        decided_hands=by.hands,
    )


def keep_end(period: StatusPeriod, on: date, by: Actor, at: datetime) -> Decision:
    """Keep how an unemployment registration ended, with what was known of the person's contact."""
    made = decision_of_end(period, on, by, at)
    made.save(force_insert=True)
    return made


def decision_of_end(period: StatusPeriod, on: date, by: Actor, at: datetime) -> Decision:
    """How an unemployment registration ended, still to be stored."""
    last_on = period.contacted_on or clock.day_of(period.registered_at)
    facts = {
        "on": clock.day_of(at).isoformat(),
        "ended_on": on.isoformat(),
        "reason": period.end_reason,
        "note": period.end_note,
        "last_contact_on": last_on.isoformat(),
        "reminded_on": period.reminded_on.isoformat() if period.reminded_on else None,
    }
    code = "no contact" if period.end_reason == CANCELLED_BY_SILENCE else "ended"
    return Decision(
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
        decided_hands=by.hands,
    )
