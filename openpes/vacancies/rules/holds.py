"""May an open vacancy be held, and may a hold be lifted by whoever asks?"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openpes.kernel.refusal import Reason
from openpes.vacancies.choices import HoldGround, State
from openpes.vacancies.rules.checks import Check

MARKET_24 = lazy("Interim Regulations on the Human Resources Market, art. 24")
VALIDITY = lazy("Interim Regulations on the Human Resources Market, art. 29: information must be valid")
# The clause of a ground, for holds that name none of their own.
CLAUSES = {
    HoldGround.WORDING: MARKET_24,
    HoldGround.SCAM: lazy("Labour Contract Law, art. 9; Interim Regulations on the Human Resources Market, art. 24"),
    HoldGround.PAY: MARKET_24,
    HoldGround.DUPLICATE: VALIDITY,
    HoldGround.REPORTED: MARKET_24,
    HoldGround.NEW_EMPLOYER: lazy("Interim Regulations on the Human Resources Market, art. 29: the source is checked"),
    HoldGround.STALE: VALIDITY,
    HoldGround.SILENCE: VALIDITY,
}  # fmt: skip
STEPS = {
    HoldGround.WORDING: lazy("Change the words and save; the office looks at it again."),
    HoldGround.SCAM: lazy("Strike every fee and deposit, or say in an appeal why the words mean something else."),
    HoldGround.PAY: lazy("State the pay that the contract will name, or prove it in an appeal."),
    HoldGround.DUPLICATE: lazy("Nothing is lost: the same places are public once. Object in an appeal if they differ."),
    HoldGround.REPORTED: lazy("Write in an appeal what is true; the office asks both sides."),
    HoldGround.NEW_EMPLOYER: lazy("Nothing needs to be done; a second member of staff looks at it."),
    HoldGround.STALE: lazy("Say that the vacancy is still open, filled or changed."),
    HoldGround.SILENCE: lazy("Answer the people who applied or were introduced."),
}
# Within how many working days somebody looks at a hold on this ground: the parameter that says it.
LOOKED_AT = {
    HoldGround.NEW_EMPLOYER: "new_employer_review_days",
    HoldGround.SCAM: "new_employer_review_days",
    HoldGround.PAY: "new_employer_review_days",
    HoldGround.REPORTED: "report_look_days",
}
# Grounds whose cause the employer takes away by its own act, so its own account may lift them.
LIFTED_BY_EMPLOYER = frozenset({HoldGround.STALE, HoldGround.SILENCE})


def why_not_hold(*, state: State, words: str, held_already: bool) -> list[Reason]:
    """Why a vacancy cannot be held on a ground."""
    reasons = []
    if state not in (State.OPEN, State.HELD):
        reasons.append(
            Reason(
                _("Only an open vacancy can be held; this one is: %(state)s.") % {"state": state.label},
                next_step=_("Nothing needs to be done."),
            )
        )
    elif held_already:
        reasons.append(
            Reason(
                _("This vacancy is held on this ground already."),
                field="ground",
                next_step=_("Lift that hold first, or choose another ground."),
            )
        )
    if not words.strip():
        reasons.append(
            Reason(
                _("A hold is never silent: its words are missing."),
                field="words",
                next_step=_("Write for the employer what is wrong and how it is mended."),
            )
        )
    return reasons


def why_not_lift(
    *, ground: HoldGround, over: bool, own_hold: bool, by_employer: bool, appealed: bool, words: str
) -> list[Reason]:
    """Why a hold is not lifted: it is over, needs another person, is not the employer's to lift, or lacks words."""
    if over:
        return [Reason(_("This hold is over already."), next_step=_("Load the page again."))]
    reasons = []
    if by_employer and ground not in LIFTED_BY_EMPLOYER:
        reasons.append(
            Reason(_("The office lifts this hold."), next_step=_("Mend what it names, or appeal against it."))
        )
    if ground == HoldGround.NEW_EMPLOYER and own_hold:
        reasons.append(
            Reason(
                _("Whoever published the first vacancy of an employer does not review it."),
                clause=CLAUSES[HoldGround.NEW_EMPLOYER],
                next_step=_("Let a second member of staff look at it."),
            )
        )
    if appealed and own_hold:
        reasons.append(
            Reason(
                _("The employer has appealed, and whoever held the vacancy does not decide that."),
                next_step=_("Let another member of staff decide the appeal."),
            )
        )
    if not words.strip():
        reasons.append(Reason(_("Write why the hold is lifted."), field="words"))
    return reasons


def second_look(employer: str) -> Check:
    """That a first publication of a new employer waits for a second pair of eyes."""
    return Check(
        "new_employer",
        "plain",
        _("%(employer)s is new: a second member of staff looks at its first vacancy before the public does.")
        % {"employer": employer},
        CLAUSES[HoldGround.NEW_EMPLOYER],
        "",
        STEPS[HoldGround.NEW_EMPLOYER],
        hold=HoldGround.NEW_EMPLOYER.value,
    )


def why_not_appeal(*, over: bool, waits: bool, words: str) -> list[Reason]:
    """Why an appeal against a hold is not taken."""
    if over:
        return [Reason(_("This hold is over already."), next_step=_("Load the page again."))]
    reasons = []
    if waits:
        reasons.append(Reason(_("Your appeal waits for its answer already."), next_step=_("Wait for the office.")))
    if not words.strip():
        reasons.append(Reason(_("Say why the hold is wrong, or what you have changed."), field="words"))
    return reasons


def why_not_decide(*, decided: bool, own_hold: bool, answer: str) -> list[Reason]:
    """Why somebody does not decide an appeal: it is decided, they held the vacancy, or the reasons are missing."""
    if decided:
        return [Reason(_("This appeal is decided already."), next_step=_("Load the page again."))]
    reasons = []
    if own_hold:
        reasons.append(
            Reason(
                _("Whoever held the vacancy does not decide the appeal."),
                next_step=_("Let another member of staff decide."),
            )
        )
    if not answer.strip():
        reasons.append(Reason(_("Write the reasons of the decision for the employer."), field="answer"))
    return reasons
