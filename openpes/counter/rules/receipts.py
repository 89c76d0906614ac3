"""Receipts: their number, and what speaks against making one."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason


def number_of(day: date, serial: int) -> str:
    """The number as it is printed: the day and a running number."""
    return f"HZ{day:%Y%m%d}-{serial:06d}"


def why_not_receipt(*, acts: int) -> Iterator[Reason]:
    """Why no receipt can be made."""
    if not acts:
        yield Reason(
            _("Nothing was done for this person by you today, so there is nothing to put on a receipt."),
            next_step=_("A receipt lists the acts of the day; make it after them."),
        )
