"""The procedure of pilot applications as one table: which step leads where, who takes it, and with what."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from openpes.kernel.refusal import Reason
from openpes.network.choices import PilotState

APPLICANT, ABOVE, CITY = "applicant", "above", "city"
CITY_LENGTH = 4


@dataclass(frozen=True)
class Transition:
    """A step: from which states to which, who takes it, whether it needs a document, and what the words are about.

    `part` is the part of the procedure whose author it names.
    """

    label: object
    sources: tuple[str, ...]
    target: PilotState
    who: str
    document: bool
    evidence: object
    needs_acceptance: bool = False
    part: str = ""


# 劳动力市场建设试点, procedure of 1999: the unit applies, the office above reviews, the city decides and accepts.
TRANSITIONS: dict[str, Transition] = {
    "apply": Transition(
        pgettext_lazy("pilot", "Apply"), ("",), PilotState.APPLIED, APPLICANT, False,
        gettext_lazy("Plan of the pilot: aims, funds, staff, dates"), part="applied",
    ),
    "apply_again": Transition(
        pgettext_lazy("pilot", "Apply again"), (PilotState.RETURNED,), PilotState.APPLIED, APPLICANT, False,
        gettext_lazy("What was changed in the plan"), part="applied",
    ),
    "withdraw": Transition(
        pgettext_lazy("pilot", "Withdraw"), (PilotState.APPLIED, PilotState.RETURNED, PilotState.REVIEWED),
        PilotState.WITHDRAWN, APPLICANT, False, gettext_lazy("Reason of the withdrawal"),
    ),
    "review": Transition(
        pgettext_lazy("pilot", "Review with approval"), (PilotState.APPLIED,), PilotState.REVIEWED, ABOVE, False,
        gettext_lazy("Opinion of the review on the spot"), part="reviewed",
    ),
    "send_back": Transition(
        pgettext_lazy("pilot", "Return"), (PilotState.APPLIED,), PilotState.RETURNED, ABOVE, False,
        gettext_lazy("What is missing"),
    ),
    "approve": Transition(
        pgettext_lazy("pilot", "Approve"), (PilotState.REVIEWED,), PilotState.APPROVED, CITY, True,
        gettext_lazy("Words of the decision"), part="approved",
    ),
    "reject": Transition(
        pgettext_lazy("pilot", "Reject"), (PilotState.REVIEWED,), PilotState.REJECTED, CITY, True,
        gettext_lazy("Reason of the rejection"),
    ),
    "accept": Transition(
        pgettext_lazy("pilot", "Accept"), (PilotState.APPROVED,), PilotState.ACCEPTED, CITY, True,
        gettext_lazy("Report of the acceptance"), True, part="accepted",
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A step that somebody wants to take, with what speaks for and against it."""

    step: str
    state: str
    area: str
    scope: str
    document_no: str
    evidence: str
    took_before: bool = False
    has_acceptance: bool = True


def why_not_step(wanted: Wanted) -> Iterator[Reason]:
    """Why a step of a pilot application is not taken."""
    transition = TRANSITIONS.get(wanted.step)
    if transition is None or wanted.state not in transition.sources:
        yield Reason(
            _("The application is not at this step."), next_step=_("Load the page again; it shows where it is.")
        )
        return
    if not may_take(transition, wanted.area, wanted.scope):
        yield Reason(_WHO[transition.who], next_step=_("Ask the office that the procedure names."))
    if wanted.took_before:
        yield Reason(
            _("Application, review and decision are the work of different people."), next_step=_("Ask a colleague.")
        )
    if not wanted.evidence.strip():
        yield Reason(_("The step needs its evidence in words."), field="evidence")
    if transition.document and not wanted.document_no.strip():
        yield Reason(_("The decision has the number of its document."), field="document_no")
    if transition.needs_acceptance and not wanted.has_acceptance:
        yield Reason(
            _("No service point of the area has a published acceptance that it passed."),
            next_step=_("Let the points be assessed and publish the results first."),
        )


def may_take(transition: Transition, area: str, scope: str) -> bool:
    """Whether somebody of an area may take a step; what the city applies for is recorded by the city's own staff."""
    if not scope or not area.startswith(scope):
        return False
    if transition.who == CITY:
        return len(scope) == CITY_LENGTH
    if transition.who == ABOVE:
        return len(scope) < len(area) or len(area) == CITY_LENGTH
    return scope == area


def steps_open(state: str, area: str, scope: str) -> list[str]:
    """The steps that somebody of an area may take now, in the order of the table."""
    return [
        step for step, transition in TRANSITIONS.items()
        if state in transition.sources and may_take(transition, area, scope)
    ]  # fmt: skip


_WHO = {
    APPLICANT: gettext_lazy("The unit itself applies and withdraws."),
    ABOVE: gettext_lazy("The office of the level above reviews."),
    CITY: gettext_lazy("The city decides and accepts."),
}
