"""Matters handed over between counties, registrations between cities."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class TransferOffered(Event):
    """Open matters of a person were handed over to the office of another county."""

    person: int
    area: str
    from_area: str
    transfer: int


@dataclass(frozen=True, kw_only=True)
class TransferAnswered(Event):
    """The new office accepted or returned a hand-over; `answer` is a code of `TransferAnswer`."""

    person: int
    area: str
    from_area: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class RegistrationTransferredOut(Event):
    """An unemployment registration was handed to another city with a certificate of transfer."""

    person: int
    area: str
    transfer_out: int
    number: str
    to_place: str
    left_on: date


@dataclass(frozen=True, kw_only=True)
class TransferOutTakenBack(Event):
    """A certificate of transfer was taken back; the registration goes on here."""

    person: int
    area: str
    transfer_out: int
    number: str


@dataclass(frozen=True, kw_only=True)
class RegistrationTransferredIn(Event):
    """An unemployment that began in another city goes on here; its time there counts."""

    person: int
    area: str
    period: int
    number: str
    from_place: str
    since_on: date
    on: date
