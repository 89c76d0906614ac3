"""Which times a point offers, who may book, how long an offer waits, when somebody has not come."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _

from openpes.engine.parameters import parameters
from openpes.kernel.refusal import Reason
from openpes.network.choices import WindowPurpose


@dataclass(frozen=True)
class Terms:
    """The dated rules of appointments on a day."""

    slot: timedelta
    notice: timedelta
    days_ahead: int
    window_percent: int
    recall: timedelta
    reminder: timedelta
    grace: timedelta
    head_start: timedelta


def terms(on: date) -> Terms:
    """The rules of a day."""

    def minutes(name: str) -> timedelta:
        return timedelta(minutes=parameters().value(name, on))

    return Terms(
        slot=minutes("appointment_slot_minutes"),
        notice=minutes("appointment_notice_minutes"),
        days_ahead=parameters().value("appointment_days_ahead", on),
        window_percent=parameters().value("appointment_window_percent", on),
        recall=minutes("appointment_recall_minutes"),
        reminder=timedelta(hours=parameters().value("appointment_reminder_hours", on)),
        grace=minutes("appointment_grace_minutes"),
        head_start=minutes("appointment_head_start_minutes"),
    )


def windows_for(windows: Mapping[int, frozenset[str]], purpose: str, percent: int) -> tuple[int, ...]:
    """The windows at which a purpose can be booked: a share of those that serve it, at least one of them.

    The others stay for people who come without an appointment.
    """
    serving = sorted(
        number for number, served in windows.items() if purpose in served or WindowPurpose.GENERAL in served
    )
    return tuple(serving[: max(len(serving) * percent // 100, 1)])


def times_of(day: date, stretches: Iterable[tuple[int, int]], slot: timedelta, zone: tzinfo) -> Iterator[datetime]:
    """The beginnings of the whole slots within the opening hours of a day, in minutes after midnight."""
    length = int(slot.total_seconds() // 60)
    midnight = datetime.combine(day, time(), zone)
    for begins, until in stretches:
        for minute in range(begins, until - length + 1, length):
            yield midnight + timedelta(minutes=minute)


def days_offered(at: datetime, known: Terms) -> list[date]:
    """The days for which times can be booked at a moment, today first."""
    return [at.date() + timedelta(days=n) for n in range(known.days_ahead + 1)]


def why_not_book(*, starts_at: datetime, times: Iterable[datetime], at: datetime, known: Terms) -> Iterator[Reason]:
    """Why a time cannot be booked, however free it is."""
    if starts_at not in set(times):
        yield Reason(
            _("This service point offers no appointment at that time."),
            field="starts_at",
            next_step=_("Choose one of the times shown."),
        )
    elif starts_at < at + known.notice:
        yield Reason(
            _("This time is too near to be booked."),
            field="starts_at",
            next_step=_("Take a number in the hall, or choose a later time."),
        )


def why_not_free() -> Reason:
    """Why a time cannot be booked that somebody else has."""
    return Reason(
        _("This time has just been taken."),
        field="starts_at",
        next_step=_("Choose another time, or be told when one is free again."),
    )


def why_not_second() -> Reason:
    """Why a person cannot book twice."""
    return Reason(
        _("The person has an appointment for this purpose at this point already."),
        next_step=_("Cancel it first, or keep it."),
    )


def why_not_elsewhere() -> Reason:
    """Why a person cannot be at two windows at once."""
    return Reason(
        _("The person has an appointment elsewhere, or for another purpose, at this hour."),
        next_step=_("Choose another time, or cancel the other one first."),
    )


def why_not_recall(*, offered: bool, waits: bool, from_on: date, until_on: date, on: date) -> Iterator[Reason]:
    """Why somebody cannot be put on the recall list."""
    if not offered:
        yield Reason(_("This service point offers no appointments for this purpose."), field="purpose")
    if waits:
        yield Reason(_("The person is on this list already."), next_step=_("Wait for an offer, or be taken off it."))
    if until_on <= max(from_on, on):
        yield Reason(_("The last day lies before the first, or has passed."), field="until_on")


def why_not_cancel(*, ahead: bool) -> Iterator[Reason]:
    """Why an appointment cannot be cancelled."""
    if not ahead:
        yield Reason(_("This appointment is over or was cancelled already."), next_step=_("Load the page again."))


def why_not_take(*, offered: bool, held_until: datetime | None, at: datetime) -> Iterator[Reason]:
    """Why an offer cannot be taken any more."""
    if not offered or held_until is None or at >= held_until:
        yield Reason(
            _("This offer has lapsed."),
            next_step=_("You stay on the list; the next free time is offered to you again."),
        )


def why_not_arrive(*, booked: bool, today: bool) -> Iterator[Reason]:
    """Why nobody can be received for an appointment."""
    if not booked:
        yield Reason(_("This appointment is over or was cancelled already."), next_step=_("Give an ordinary number."))
    elif not today:
        yield Reason(_("This appointment is not today."), next_step=_("Give an ordinary number."))


def held_until(at: datetime, starts_at: datetime, known: Terms) -> datetime | None:
    """Until when a freed time is kept for somebody; nothing when it is too near to be offered."""
    ends = min(at + known.recall, starts_at - known.notice)
    return ends if ends > at else None


def queues_from(starts_at: datetime, at: datetime, known: Terms) -> datetime:
    """From when somebody who arrives counts as waiting: a head start before the time, if they come in time."""
    return min(starts_at - known.head_start, at) if at <= starts_at + known.grace else at
