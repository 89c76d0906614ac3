"""Acts on a selection: how many at once, and what speaks against them."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason


def most_rows(on: date) -> int:
    """How many persons one act may be done to at once on a day."""
    return int(parameters().value("bulk_most_rows", on))


def why_not_so_many(*, rows: int, on: date) -> Iterator[Reason]:
    """Why a selection cannot be acted on as a whole."""
    most = most_rows(on)
    if rows == 0:
        yield Reason(_("Nobody is chosen."), next_step=_("Tick the persons in the list first."))
    elif rows > most:
        yield Reason(
            _("%(rows)s persons are chosen; at most %(most)s are acted on at once.") % {"rows": rows, "most": most},
            next_step=_("Choose fewer, and go on with the others afterwards."),
        )


def nothing_due() -> Reason:
    """Why somebody is not reminded."""
    return Reason(
        _("No confirmation is due, or the person was reminded already."),
        next_step=_("Wait for the day on which it is due."),
    )


def not_unemployed() -> Reason:
    """Why somebody has nothing to be reminded of."""
    return Reason(
        _("The person is not registered as unemployed, so nothing is to be confirmed."),
        next_step=_("Register the unemployment first."),
    )


def not_here() -> Reason:
    """Why somebody cannot be acted on at all."""
    return Reason(_("This person is not of your area."), next_step=_("Load the list again."))
