"""Open matters between counties: when they are handed over, by when answered, and how."""

from datetime import date

from django.utils.translation import gettext as _

from openpes.engine.areas import county_of
from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason


def leaves_county(from_area: str, area: str) -> bool:
    """Whether a move crosses the border between two counties."""
    return county_of(from_area) != county_of(area)


def answer_due_on(offered_on: date) -> date:
    """The last working day on which the new office answers."""
    return working_days_after(offered_on, parameters().value("transfer_acceptance_working_days", offered_on))


def why_not_offer_again(*, is_last: bool, lives_there: bool, is_open: bool) -> list[Reason]:
    """Why a hand-over that was returned cannot be made once more."""
    reasons = []
    if not is_last:
        reasons.append(
            Reason(_("A later hand-over of this person stands in its place."), next_step=_("Load the page again."))
        )
    if not lives_there:
        reasons.append(
            Reason(
                _("The person does not live in that county any more."),
                next_step=_("The move that is recorded last decides to whom the matters are handed over."),
            )
        )
    if not is_open:
        reasons.append(Reason(_("Nothing of this person is open any more.")))
    return reasons


def why_not_answer(*, answered: bool, accepts: bool, note: str) -> list[Reason]:
    """Why a hand-over cannot be answered."""
    reasons = []
    if answered:
        reasons.append(Reason(_("This hand-over was answered already."), next_step=_("Load the page again.")))
    if not accepts and not note.strip():
        reasons.append(Reason(_("Write why it is returned; the old office reads it."), field="note"))
    return reasons
