"""Who may put an employer on the blacklist, for how long, and who answers an appeal."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openpes.employers.choices import BlacklistGround
from openpes.kernel.days import spoken_day
from openpes.kernel.refusal import Reason

BLACKLIST_CLAUSES = {
    BlacklistGround.FALSE: lazy("Interim Regulations on the Human Resources Market, art. 24 and 43"),
    BlacklistGround.FEES: lazy("Labour Contract Law, art. 9 and 84"),
    BlacklistGround.WAGES: lazy("Regulations on Guaranteeing Wages of Migrant Workers, art. 48"),
    BlacklistGround.UNLAWFUL: lazy("Employment Promotion Law, art. 3 and 26"),
    BlacklistGround.MINORS: lazy("Labour Law, art. 15 and 94"),
    BlacklistGround.FRAUD: lazy("Social Insurance Law, art. 88"),
}


def why_not_propose(*, words: str, begins_on: date, ends_on: date, longest_on: date, on: date) -> list[Reason]:
    """Everything that is wrong with a proposed entry; `longest_on` is the last day on which it may end."""
    found = []
    if not words:
        found.append(Reason(_("Say what the employer did, and what proves it."), field="words"))
    if begins_on < on:
        found.append(Reason(_("An entry does not begin before it is proposed."), field="begins_on"))
    if ends_on <= begins_on:
        found.append(Reason(_("An entry ends after it begins."), field="ends_on"))
    elif ends_on > longest_on:
        text = _("An entry may last until %(day)s at most.") % {"day": spoken_day(longest_on)}
        found.append(Reason(text, field="ends_on", next_step=_("Choose an earlier day; a new entry may follow.")))
    return found


def why_not_decide(*, decided: bool, own_proposal: bool, enters: bool, words: str) -> list[Reason]:
    """Why an officer does not decide on a proposed entry."""
    found = []
    if decided:
        found.append(Reason(_("This entry was decided already.")))
    if own_proposal:
        text = _("Whoever proposed an entry does not decide on it.")
        found.append(Reason(text, next_step=_("Ask a colleague to look at it.")))
    if not enters and not words:
        found.append(Reason(_("Say why the entry is declined."), field="words"))
    return found


def why_not_appeal(*, in_force: bool, appealed: bool, words: str) -> list[Reason]:
    """Why an employer cannot appeal against an entry."""
    found = []
    if not in_force:
        found.append(Reason(_("There is no entry in force against which to appeal.")))
    if appealed:
        found.append(Reason(_("You have appealed already."), next_step=_("The office answers; please wait.")))
    if not words:
        found.append(Reason(_("Say why the entry is wrong."), field="words"))
    return found


def why_not_answer(*, appealed: bool, answered: bool, own_hand: bool, words: str) -> list[Reason]:
    """Why an officer does not answer an appeal."""
    found = []
    if not appealed or answered:
        found.append(Reason(_("No appeal waits for an answer here.")))
    if own_hand:
        text = _("An appeal is answered by somebody who neither proposed nor decided the entry.")
        found.append(Reason(text, next_step=_("Ask a colleague to answer it.")))
    if not words:
        found.append(Reason(_("Say why, in words that the employer reads."), field="words"))
    return found
