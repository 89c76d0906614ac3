"""May a reader report an advertisement, and may the report be judged?"""

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason
from openpes.vacancies.choices import ReportReason, State


def why_not_report(*, state: State, reason: str, words: str, told_already: bool) -> list[Reason]:
    """Why a report is not taken: nothing public to report, an unknown reason, missing words, or told before."""
    if state != State.OPEN:
        return [
            Reason(
                _("This vacancy is not public at the moment."),
                next_step=_("Nothing needs to be done; call the service line if you were asked for money."),
            )
        ]
    if told_already:
        return [
            Reason(
                _("A report of this vacancy came from here already; the office looks at it."),
                next_step=_("Call the service line if there is more to say."),
            )
        ]
    reasons = []
    if reason not in ReportReason.values:
        reasons.append(Reason(_("Say what is wrong."), field="reason", next_step=_("Choose one of the list.")))
    elif reason == ReportReason.OTHER and not words.strip():
        reasons.append(Reason(_("Say in a few words what is wrong."), field="words"))
    return reasons


def why_not_judge(*, judged: bool, answer: str) -> list[Reason]:
    """Why a report is not judged: it is already, or nothing says what was found out."""
    if judged:
        return [Reason(_("Somebody has judged this report already."), next_step=_("Load the page again."))]
    return [] if answer.strip() else [Reason(_("Write what was found out."), field="answer")]
