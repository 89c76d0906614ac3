"""Appeals against a refusal or an end: in which time, by whom ruled, and what a ruling says."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason

APPEAL_CLAUSE = gettext_lazy("Administrative Reconsideration Law, art. 20")


def last_appeal_on(decided_on: date) -> date:
    """The last day on which a decision can be appealed against."""
    return decided_on + timedelta(days=parameters().value("appeal_filing_days", decided_on))


def ruling_due_on(filed_on: date) -> date:
    """The last working day on which an appeal is ruled."""
    return working_days_after(filed_on, parameters().value("appeal_decision_working_days", filed_on))


def why_not_appeal(*, adverse: bool, appealed: bool, decided_on: date, on: date, grounds: str) -> list[Reason]:
    """Why a decision cannot be appealed against."""
    reasons = []
    if not adverse:
        reasons.append(
            Reason(_("Only a refusal or an end can be appealed against."), clause=APPEAL_CLAUSE)
        )
    if appealed:
        reasons.append(Reason(_("An appeal against this decision was filed already."), clause=APPEAL_CLAUSE))
    if on > last_appeal_on(decided_on):
        reasons.append(
            Reason(
                _("The time for an appeal ended on %(day)s.") % {"day": spoken_day(last_appeal_on(decided_on))},
                clause=APPEAL_CLAUSE,
                next_step=_("Register anew if the conditions are met."),
            )
        )
    if not grounds.strip():
        reasons.append(Reason(_("Write why the decision is held to be wrong."), field="grounds"))
    return reasons


def why_not_rule(*, ruled: bool, own_decision: bool, reason: str) -> list[Reason]:
    """Why an officer cannot rule an appeal: it was ruled, the decision was the officer's own, or no reason is given."""
    reasons = []
    if ruled:
        reasons.append(Reason(_("This appeal was ruled already."), next_step=_("Load the page again.")))
    if own_decision:
        reasons.append(
            Reason(
                _("Who decided first does not rule the appeal."),
                clause=APPEAL_CLAUSE,
                next_step=_("A colleague with the right to rule does it."),
            )
        )
    if not reason.strip():
        reasons.append(Reason(_("Write the reasons of the ruling; the person reads them."), field="reason"))
    return reasons
