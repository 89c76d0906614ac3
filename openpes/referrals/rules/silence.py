"""How long an employer may be silent: when it is reminded, when its vacancy is frozen, when waiting ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as lazy

from openpes.engine.parameters import parameters
from openpes.kernel.clock import day_of

ALL_ANSWERED = lazy("Everybody who waited has an answer.")
CLAUSE = lazy("Interim Regulations on the Human Resources Market, art. 24: what an employer publishes is true")


@dataclass(frozen=True)
class Patience:
    """The periods in force on a day, in days without a word of the employer."""

    reminders: tuple[int, ...]
    freeze: int
    end: int


def patience_on(on: date) -> Patience:
    """The periods that hold on a day."""
    known = parameters()
    return Patience(
        tuple(known.value("answer_reminder_days", on)), known.value("answer_freeze_days", on),
        known.value("no_answer_days", on),
    )  # fmt: skip


def days_silent(*, since: datetime, at: datetime) -> int:
    """Whole days since the employer's last word, or since the referral was made."""
    return (day_of(at) - day_of(since)).days


def reminders_due(*, since: datetime, told: int, at: datetime, patience: Patience) -> bool:
    """Whether the next reminder is due, when so many were sent already."""
    return told < len(patience.reminders) and days_silent(since=since, at=at) >= patience.reminders[told]


def silent_before(at: datetime, days: int) -> datetime:
    """The moment before which a word must have been the last, so that so many whole days have passed."""
    start = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return start - timedelta(days=days - 1)
