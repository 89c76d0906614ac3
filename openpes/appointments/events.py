"""What happens to appointments and on the recall list."""

from dataclasses import dataclass
from datetime import date, datetime

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class AppointmentBooked(Event):
    """A time at a service point was booked."""

    person: int
    area: str
    appointment: int
    point: int
    subject: str
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(Event):
    """An appointment was cancelled."""

    person: int
    area: str
    appointment: int
    point: int
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentReminded(Event):
    """A person was reminded of an appointment."""

    person: int
    area: str
    appointment: int
    point: int
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentKept(Event):
    """A person came to an appointment."""

    person: int
    area: str
    appointment: int
    point: int


@dataclass(frozen=True, kw_only=True)
class AppointmentMissed(Event):
    """A person did not come to an appointment."""

    person: int
    area: str
    appointment: int
    point: int
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class TimeOffered(Event):
    """A time that became free was offered to the next on the recall list."""

    person: int
    area: str
    appointment: int
    point: int
    starts_at: datetime
    held_until: datetime


@dataclass(frozen=True, kw_only=True)
class OfferLapsed(Event):
    """A time from the recall list was not taken."""

    person: int
    area: str
    appointment: int
    point: int


@dataclass(frozen=True, kw_only=True)
class RecallAsked(Event):
    """A person wants to be told when a time is free again."""

    person: int
    area: str
    recall: int
    point: int
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class RecallEnded(Event):
    """A person is on the recall list no longer."""

    person: int
    area: str
    recall: int
    reason: str
