"""Periodic confirmation: when it is due, when the person is reminded, when silence ends a registration."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpes.engine.calendars import add_months
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason

CONTACT_CLAUSE = gettext_lazy("Provisions on Employment Services and Employment Management, art. 66, no. 5")


@dataclass(frozen=True)
class Rhythm:
    """The days of one person's confirmation: the last contact, when the next is due, the last day of grace.

    `ends_on` is None until the person was reminded: nobody's registration ends unasked.
    """

    last_on: date
    due_on: date
    silent_on: date
    ends_on: date | None

    def is_due(self, on: date) -> bool:
        """Whether a confirmation is due on a day."""
        return on >= self.due_on

    def is_over(self, on: date) -> bool:
        """Whether the registration ends by silence on a day."""
        return self.ends_on is not None and on >= self.ends_on


def rhythm(*, last_on: date, reminded_on: date | None, on: date) -> Rhythm:
    """The days of a person's confirmation by the law of a day (就业服务与就业管理规定 art. 66)."""
    due_on = add_months(last_on, parameters().value("contact_interval_months", on))
    silent_on = add_months(last_on, parameters().value("no_contact_months", on))
    grace = timedelta(days=parameters().value("contact_grace_days", on))
    return Rhythm(last_on, due_on, silent_on, max(silent_on, reminded_on + grace) if reminded_on else None)


def latest_silent(on: date, parameter: str) -> date:
    """No contact after this day can have been followed by so many months of silence until `on`.

    Months differ in length, so a few days more are looked at, and each is asked again by `rhythm`.
    """
    return add_months(on, -parameters().value(parameter, on)) + timedelta(days=3)


def why_not_confirm(*, is_open: bool, last_on: date | None, on: date) -> list[Reason]:
    """Why a confirmation cannot be written down."""
    if not is_open:
        return [
            Reason(
                _("The person is not registered as unemployed, so nothing is to be confirmed."),
                clause=CONTACT_CLAUSE,
                next_step=_("Register the unemployment first."),
            )
        ]
    if last_on == on:
        return [Reason(_("The unemployment was confirmed today already."), clause=CONTACT_CLAUSE)]
    return []
