"""First-asked responsibility: how long a matter may take, who may hand it on, accept it, and end it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason

FIRST_ASKED = gettext_lazy("First-asked responsibility: who is asked first answers until somebody else has accepted")


def due_on(asked_on: date) -> date:
    """The last working day on which a person is told the outcome of what was asked."""
    return working_days_after(asked_on, parameters().value("matter_answer_working_days", asked_on))


def answer_due_on(proposed_on: date) -> date:
    """The last working day on which a proposed hand-over is answered."""
    return working_days_after(proposed_on, parameters().value("matter_hand_over_working_days", proposed_on))


def why_not_propose(*, is_open: bool, own: bool, waits: bool, to_self: bool, may_take: bool) -> Iterator[Reason]:
    """Why a hand-over cannot be proposed."""
    if not is_open:
        yield _closed()
    elif not own:
        yield _not_yours()
    elif waits:
        yield Reason(
            _("A hand-over of this matter waits for its answer already."),
            clause=FIRST_ASKED,
            next_step=_("Take it back first, then propose another."),
        )
    if to_self:
        yield Reason(_("Hand the matter to somebody else."), field="to_officer")
    elif not may_take:
        yield Reason(
            _("This colleague does not work for the area of the matter."),
            field="to_officer",
            next_step=_("Choose somebody whose area holds the person's home."),
        )


def why_not_answer(*, answered: bool, addressed: bool, gives: bool, accepts: bool, note: str) -> Iterator[Reason]:
    """Why a proposed hand-over cannot be answered by somebody."""
    if answered:
        yield Reason(_("This hand-over was answered already."), next_step=_("Load the page again."))
    elif gives and accepts:
        yield Reason(
            _("Who hands a matter on cannot accept it for the other."),
            clause=FIRST_ASKED,
            next_step=_("The colleague accepts it under their own name."),
        )
    elif not addressed:
        yield Reason(
            _("This hand-over is offered to somebody else."),
            next_step=_("Only the colleague or the office that it names answers it."),
        )
    if not accepts and not note.strip():
        yield Reason(_("Write why it is declined; who proposed it reads it."), field="note")


def why_not_take_back(*, answered: bool, own: bool) -> Iterator[Reason]:
    """Why a proposal cannot be taken back."""
    if answered:
        yield Reason(_("This hand-over was answered already."), next_step=_("Load the page again."))
    elif not own:
        yield _not_yours()


def why_not_close(*, is_open: bool, own: bool, waits: bool, answer: str) -> Iterator[Reason]:
    """Why a matter cannot be ended."""
    if not is_open:
        yield _closed()
    elif not own:
        yield _not_yours()
    elif waits:
        yield Reason(
            _("A hand-over of this matter waits for its answer."),
            clause=FIRST_ASKED,
            next_step=_("Take it back, then end the matter; or let the colleague do so."),
        )
    if not answer.strip():
        yield Reason(_("Write what the person was told."), field="answer")


def why_not_spread(
    *, officer: int, receivers: Collection[int], strangers: Collection[int], listed: int
) -> Iterator[Reason]:
    """Why a list of so many matters that are not offered yet cannot be spread over colleagues."""
    if not listed:
        yield Reason(
            _("This list has no open matter that is not offered already."),
            next_step=_("Wait for the answers, or take what was offered back first."),
        )
    if not receivers:
        yield Reason(_("Choose at least one colleague."), field="receivers")
    if officer in receivers:
        yield Reason(_("Hand the matters to somebody else."), field="receivers")
    if strangers:
        yield Reason(
            _("Some of these colleagues do not work for the area of a matter."),
            field="receivers",
            next_step=_("Choose colleagues whose area holds the homes of these persons."),
        )


def spread(matters: Sequence[int], loads: Mapping[int, int]) -> dict[int, int]:
    """Who gets which matter: each, in its order, goes to the one with the fewest so far, ties to the lower number.

    `loads` says how many open matters each receiver has already.
    """
    have = dict(loads)
    found: dict[int, int] = {}
    for matter in matters:
        taker = min(have, key=lambda officer: (have[officer], officer))
        found[matter], have[taker] = taker, have[taker] + 1
    return found


def _closed() -> Reason:
    return Reason(_("This matter is ended."), next_step=_("Note a new one when the person asks again."))


def _not_yours() -> Reason:
    return Reason(
        _("Somebody else answers for this matter."),
        clause=FIRST_ASKED,
        next_step=_("Ask the officer named on its page."),
    )
