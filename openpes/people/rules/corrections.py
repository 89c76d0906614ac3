"""Requests for correction: what may be asked, by when it is answered, by whom, and appeals against a refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason
from openpes.people.choices import ONE_VALUE, CorrectionAnswer, CorrectionRuling, Fact

CORRECTION_CLAUSE = gettext_lazy("Personal Information Protection Law, art. 46")
REFUSAL_CLAUSE = gettext_lazy("Personal Information Protection Law, art. 50")
COPY_CLAUSE = gettext_lazy("Personal Information Protection Law, art. 45")


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """An officer about to answer: whether it is decided already, and what of it is the officer's own.

    `own_request` says that the officer asked, wrote the request down or is the person; `own_refusal` that the officer
    had a hand in the refusal that an appeal is against.
    """

    decided: bool
    own_request: bool
    own_refusal: bool = False


def answer_due_on(asked_on: date) -> date:
    """The last working day on which a request is answered."""
    return working_days_after(asked_on, parameters().value("correction_working_days", asked_on))


def ruling_due_on(filed_on: date) -> date:
    """The last working day on which an appeal is ruled."""
    return working_days_after(filed_on, parameters().value("correction_appeal_working_days", filed_on))


def why_not_ask(
    *, fact: str, wanted: str, evidence: str, waiting: bool, known: Callable[[str, str], bool]
) -> list[Reason]:
    """Why a request for correction is not taken; `known` says whether a set has a code."""
    if fact not in Fact.values:
        return [Reason(_("Choose which fact is wrong."), field="fact")]
    reasons = []
    if not wanted.strip():
        reasons.append(Reason(_("Write what is right."), clause=CORRECTION_CLAUSE, field="wanted"))
    elif (codes := ONE_VALUE.get(Fact(fact))) and not known(codes, wanted.strip()):
        reasons.append(Reason(_("Choose what is right from the list."), field="wanted"))
    if not evidence.strip():
        reasons.append(
            Reason(
                _("Name the paper or the reason by which it can be checked."),
                clause=CORRECTION_CLAUSE,
                field="evidence",
            )
        )
    return [*reasons, asked_already()] if waiting else reasons


def asked_already() -> Reason:
    """The refusal of a second request about a fact while the first one waits."""
    return Reason(
        _("A request about this fact waits for its answer already."),
        field="fact",
        next_step=_("Its day stands on this page."),
    )


def why_not_reasoned(note: str) -> list[Reason]:
    """Why a ruling does not stand: without a reason."""
    return [] if note.strip() else [Reason(_("Write the reason; the person reads it."), field="note")]


def why_not_decide(case: Deciding) -> list[Reason]:
    """Why an officer does not answer a request or rule an appeal: decided, the own request, or the own first answer."""
    reasons = []
    if case.decided:
        reasons.append(Reason(_("This request was answered already."), next_step=_("Load the page again.")))
    if case.own_request:
        reasons.append(
            Reason(
                _("Nobody answers a request of their own."),
                clause=CORRECTION_CLAUSE,
                next_step=_("A colleague with the right to answer does it."),
            )
        )
    if case.own_refusal:
        reasons.append(
            Reason(
                _("Who refused first does not rule the appeal."),
                clause=REFUSAL_CLAUSE,
                next_step=_("A colleague with the right to answer does it."),
            )
        )
    return reasons


def why_not_answer_so(*, answer: str, note: str, one_value: bool, changed: bool) -> list[Reason]:
    """Why an answer does not stand: a refusal gives its reason, an accepted request was put right."""
    refuses = answer in (CorrectionAnswer.REFUSED, CorrectionRuling.DISMISSED)
    if answer not in (*CorrectionAnswer.values, *CorrectionRuling.values):
        return [Reason(_("Choose an answer."), field="answer")]
    if refuses and not note.strip():
        return [Reason(_("Write the reason; the person reads it."), clause=REFUSAL_CLAUSE, field="note")]
    if not refuses and not one_value and not changed:
        return [
            Reason(
                _("Nothing that could have put this right was done in the file since the request."),
                clause=CORRECTION_CLAUSE,
                field="line",
                next_step=_("Change the file on the page of the fact first, then answer and choose that act."),
            )
        ]
    return []


def why_not_appeal(*, answer: str, appealed: bool, grounds: str) -> list[Reason]:
    """Why an appeal against an answer is not taken."""
    reasons = []
    if answer != CorrectionAnswer.REFUSED:
        reasons.append(Reason(_("Only a refusal can be appealed against."), clause=REFUSAL_CLAUSE))
    if appealed:
        reasons.append(Reason(_("An appeal against this refusal was filed already."), clause=REFUSAL_CLAUSE))
    if not grounds.strip():
        reasons.append(Reason(_("Write why the refusal is held to be wrong."), field="grounds"))
    return reasons
