"""Which place of a vacancy a hire takes, and why it cannot."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason
from openpes.vacancies.choices import State


def first_free_place(openings: int, taken: Collection[int]) -> int | None:
    """The smallest place number from 1 to `openings` that nobody has."""
    return next((number for number in range(1, openings + 1) if number not in taken), None)


def why_not_fill(*, state: State, openings: int, filled: int, introduced_while_open: bool) -> list[Reason]:
    """Why a place cannot be filled: none is left, or the vacancy is not open.

    A person who was introduced while it was open may still be hired after it closed or expired, or while it is held.
    """
    if filled >= openings:
        return [
            Reason(
                _("No place is left: %(filled)s of %(openings)s are filled.")
                % {"filled": filled, "openings": openings},
                next_step=_("Ask the employer whether more people are wanted, or choose another vacancy."),
            )
        ]
    if state == State.OPEN or (introduced_while_open and state in (State.CLOSED, State.EXPIRED, State.HELD)):
        return []
    return [
        Reason(
            _("The vacancy is not open: %(state)s.") % {"state": state.label},
            next_step=_("Publish it first, or choose another vacancy."),
        )
    ]
