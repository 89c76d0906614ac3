"""When it is asked whether a hired person is still there, and what may be answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from openpes.engine.calendars import add_months
from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason
from openpes.referrals.choices import CheckOutcome


@dataclass(frozen=True, kw_only=True)
class CheckFacts:
    """What was found: still there, left on a day for a reason, or nobody could be reached."""

    outcome: str
    left_on: date | None = None
    reason: str = ""
    note: str = ""


def months_asked(begins_on: date) -> tuple[int, ...]:
    """After how many months it is asked about a hire that began on a day."""
    return tuple(parameters().value("retention_check_months", begins_on))


def due_on(begins_on: date, months: int) -> date:
    """The day from which it can be answered."""
    return add_months(begins_on, months)


def last_day(due: date) -> date:
    """The last day on which the answer is in time."""
    return due + timedelta(days=parameters().value("retention_check_days", due))


def why_not_check(
    facts: CheckFacts, *, begins_on: date, months: int, on: date, reasons_known: Collection[str]
) -> list[Reason]:
    """Everything that is wrong with an answer on a day."""
    wrong = []
    if months not in months_asked(begins_on):
        wrong.append(Reason(_("Nothing is asked after %(n)s months.") % {"n": months}, field="months"))
    elif facts.outcome != CheckOutcome.LEFT and on < due_on(begins_on, months):
        told = _("It is not yet time: this is asked %(n)s months after the first day of work.") % {"n": months}
        wrong.append(Reason(told, field="outcome", next_step=_("Answer then, or say that the person has left.")))
    if facts.outcome not in CheckOutcome.values:
        wrong.append(Reason(_("Choose one of the list."), field="outcome"))
    if facts.outcome == CheckOutcome.LEFT:
        wrong += _wrong_leaving(facts, begins_on, on, reasons_known)
    elif facts.left_on is not None:
        text = _("A last day is only written for somebody who has left.")
        wrong.append(Reason(text, field="left_on", next_step=_("Leave it empty, or choose “No longer there”.")))
    return wrong


def _wrong_leaving(facts: CheckFacts, begins_on: date, on: date, reasons_known: Collection[str]) -> list[Reason]:
    wrong = []
    if facts.left_on is None:
        wrong.append(Reason(_("The last day of work is missing."), field="left_on"))
    elif not begins_on <= facts.left_on <= on:
        text = _("The last day of work lies before the first one, or in the future.")
        wrong.append(Reason(text, field="left_on", next_step=_("Compare the dates.")))
    if facts.reason not in reasons_known:
        wrong.append(Reason(_("Choose why the person left."), field="reason"))
    return wrong
