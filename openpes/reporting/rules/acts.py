"""Why an act of vacancy reporting does not happen."""

from datetime import date

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason
from openpes.reporting.choices import LeadOutcome, Rhythm


def why_not_set(*, rhythm: str, words: str, same: bool) -> list[Reason]:
    """Why the office does not set a duty."""
    found = []
    if rhythm and rhythm not in Rhythm.values:
        found.append(Reason(_("Choose how often the employer reports."), field="rhythm"))
    if not words:
        found.append(Reason(_("Say why, in words that the employer reads."), field="words"))
    if same:
        text = _("The employer has this duty already.") if rhythm else _("The employer has no duty.")
        found.append(Reason(text, field="rhythm", next_step=_("Nothing needs to be done.")))
    return found


def why_not_plan(*, planned_on: date, why: str, on: date) -> list[Reason]:
    """Why a visit is not planned."""
    found = []
    if planned_on < on:
        found.append(Reason(_("This day is past."), field="planned_on", next_step=_("Choose today or a later day.")))
    if not why:
        found.append(Reason(_("Say why the employer is visited."), field="why"))
    return found


def why_not_tell(*, over: bool, made_on: date, learnt: str, on: date) -> list[Reason]:
    """Why what was learnt on a visit is not written down."""
    found = []
    if over:
        found.append(Reason(_("This visit was told or given up already.")))
    if made_on > on:
        found.append(Reason(_("A visit of a later day was not made yet."), field="made_on"))
    if not learnt:
        found.append(Reason(_("Write down what was learnt, in a sentence at least."), field="learnt"))
    return found


def why_not_win(*, same_employer: bool, drafted_on: date, since_on: date, taken: bool) -> list[Reason]:
    """Why a vacancy does not count as won: it is of somebody else, was there before, or counts already."""
    found = []
    if not same_employer:
        found.append(Reason(_("This vacancy is of another employer."), field="vacancy"))
    if drafted_on < since_on:
        text = _("This vacancy was written down before, so it was not won by this.")
        found.append(Reason(text, field="vacancy"))
    if taken:
        found.append(Reason(_("This vacancy counts already."), field="vacancy"))
    return found


def why_not_inform(*, firm: str, words: str) -> list[Reason]:
    """Why what an informant tells is not taken."""
    found = []
    if not firm:
        found.append(Reason(_("Say which firm or household it is."), field="firm"))
    if not words:
        found.append(Reason(_("Say what was seen or heard."), field="words"))
    return found


def why_not_answer(*, taken_by_other: bool, answered: bool, outcome: str, answer: str) -> list[Reason]:
    """Why an informant is not answered."""
    found = []
    if answered:
        found.append(Reason(_("The informant was answered already.")))
    if taken_by_other:
        text = _("A colleague looks after this.")
        found.append(Reason(text, next_step=_("Let the colleague answer, or take it over first.")))
    if outcome not in LeadOutcome.values:
        found.append(Reason(_("Choose what came of it."), field="outcome"))
    if not answer:
        found.append(Reason(_("Say in words what came of it; the informant reads them."), field="answer"))
    return found
