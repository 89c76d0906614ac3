"""What informants in villages tell: told, taken up by one member of staff, answered in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from openpes.employers.models import Employer
from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Refused, action, publish, refuse_if
from openpes.kernel.clock import day_of
from openpes.reporting import rules
from openpes.reporting.choices import LeadKind
from openpes.reporting.events import LeadAnswered, LeadTaken, LeadTold
from openpes.reporting.models import Lead


@dataclass(frozen=True, kw_only=True)
class LeadFacts:
    """What an informant saw: a firm the city does not know, or somebody who looks for workers; no person's number."""

    kind: str
    firm: str
    words: str
    openings: int | None = None


@action
def tell_lead(*, facts: LeadFacts, by: Actor, at: datetime) -> Lead:
    """Tell the office of a firm or a vacancy in one's own area.

    :raises Refused: it is not said who or what
    """
    firm, words = facts.firm.strip(), facts.words.strip()
    refuse_if(rules.why_not_inform(firm=firm, words=words))
    days = int(parameters().value("informant_answer_working_days", day_of(at)))
    lead = Lead.objects.create(
        area=by.scope, kind=LeadKind(facts.kind), firm=firm, words=words, openings=facts.openings, told_at=at,
        told_by=by.id, due_on=working_days_after(day_of(at), days),
    )  # fmt: skip
    publish(LeadTold(lead=lead.pk, area=lead.area, kind=str(lead.kind), by=by.id, at=at))
    return lead


@action
def take_lead(*, lead: int, employer: int | None = None, by: Actor, at: datetime) -> Lead:
    """Take up what an informant told; `employer` links it to the registered firm that it turned out to be.

    :raises Lead.DoesNotExist: there is none of that id in the area
    :raises Employer.DoesNotExist: there is no such employer in the area
    :raises Refused: it is answered, or a colleague has taken it up
    """
    row = Lead.objects.visible_to(by.scope).select_for_update().get(pk=lead)
    if row.outcome or row.taken_by not in (None, by.id):
        raise Refused(_("This is answered, or a colleague looks after it."), next_step=_("Load the page again."))
    is_new = row.taken_by is None
    row.taken_at, row.taken_by = row.taken_at or at, by.id
    if employer is not None:
        row.employer = Employer.objects.visible_to(by.scope).get(pk=employer)
    row.save(update_fields=["taken_at", "taken_by", "employer"])
    if is_new:
        publish(LeadTaken(lead=row.pk, area=row.area, by=by.id, at=at))
    return row


@action
def answer_lead(*, lead: int, outcome: str, answer: str, by: Actor, at: datetime) -> Lead:
    """Tell the informant what came of it.

    :raises Lead.DoesNotExist: there is none of that id in the area
    :raises Refused: a colleague looks after it, it is answered, or the words are missing
    """
    row = Lead.objects.visible_to(by.scope).select_for_update().get(pk=lead)
    refuse_if(
        rules.why_not_answer(
            taken_by_other=row.taken_by not in (None, by.id), answered=bool(row.outcome), outcome=outcome,
            answer=answer.strip(),
        )
    )  # fmt: skip
    row.taken_at, row.taken_by = row.taken_at or at, by.id
    row.outcome, row.answer, row.answered_at = outcome, answer.strip(), at
    row.save()
    publish(LeadAnswered(lead=row.pk, area=row.area, outcome=outcome, by=by.id, at=at))
    return row
