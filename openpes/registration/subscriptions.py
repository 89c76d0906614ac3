"""What registration hears: a person who moves takes what is open along; every step is written into the handbook."""

from datetime import date
from typing import Any

from openpes.kernel import Actor, clock, listen
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.people.events import MovedHome
from openpes.registration.actions import carry_registrations, close_handbook, write_line
from openpes.registration.choices import CANCELLED_BY_DEATH, EmploymentEnd, Line, TransferAnswer
from openpes.registration.events import (
    EmploymentEnded,
    EmploymentRegistered,
    RegistrationRestored,
    RegistrationWithdrawn,
    TransferAnswered,
    UnemploymentConfirmed,
    UnemploymentEnded,
    UnemploymentRegistered,
)
from openpes.registration.queries import keeps_handbook

Registered = (
    UnemploymentRegistered
    | UnemploymentEnded
    | EmploymentRegistered
    | EmploymentEnded
    | RegistrationWithdrawn
    | RegistrationRestored
)


@listen(MovedHome)
def carry_along(event: MovedHome) -> None:
    """The office of the new home goes on with what is open."""
    carry_registrations(person=event.person, area=event.area, from_area=event.from_area, by=PLATFORM, at=event.at)


@listen(UnemploymentRegistered)
def write_unemployment(event: UnemploymentRegistered) -> None:
    """A registration of unemployment is a line of the handbook."""
    _write(event, Line.UNEMPLOYED, event.from_on, {"reason": event.reason})


@listen(UnemploymentEnded)
def write_end_of_unemployment(event: UnemploymentEnded) -> None:
    """The end of unemployment is a line; death ends the booklet too."""
    _write(event, Line.UNEMP_END, event.until_on, {"reason": event.reason})
    if event.reason == CANCELLED_BY_DEATH:
        _close(event)


@listen(EmploymentRegistered)
def write_employment(event: EmploymentRegistered) -> None:
    """A registration of employment is a line of the handbook."""
    _write(event, Line.EMPLOYED, event.from_on, {"category": event.category, "period": event.period})


@listen(EmploymentEnded)
def write_end_of_employment(event: EmploymentEnded) -> None:
    """The end of employment is a line; death ends the booklet too."""
    _write(event, Line.EMP_END, event.until_on, {"reason": event.reason})
    if event.reason == EmploymentEnd.DIED:
        _close(event)


@listen(RegistrationWithdrawn)
def write_withdrawal(event: RegistrationWithdrawn) -> None:
    """What was taken back stays a line, and so does the taking back."""
    _write(event, Line.TAKEN_BACK, clock.day_of(event.at), {})


@listen(RegistrationRestored)
def write_restoration(event: RegistrationRestored) -> None:
    """A registration that an appeal opened again is a line."""
    _write(event, Line.REOPENED, clock.day_of(event.at), {})


@listen(UnemploymentConfirmed)
def write_confirmation(event: UnemploymentConfirmed) -> None:
    """A confirmation is a line."""
    _line(event, Line.CONFIRMED, event.on, {"way": event.way})


@listen(TransferAnswered)
def write_transfer(event: TransferAnswered) -> None:
    """That another office took over is a line."""
    if event.answer == TransferAnswer.ACCEPTED:
        _line(event, Line.MOVED, clock.day_of(event.at), {"area": event.area})


def _write(event: Registered, kind: Line, on: date, told: dict[str, Any]) -> None:
    _line(event, kind, on, {"number": event.number} | told)


def _line(event: Registered | UnemploymentConfirmed | TransferAnswered, kind: Line, on: date, told: dict) -> None:
    """Most persons have no handbook, and are asked about by one statement."""
    if keeps_handbook(person=event.person):
        by = Actor(id=event.by, scope=CITY)
        write_line(person=event.person, kind=kind, on=on, told=told, by=by, at=event.at)


def _close(event: Registered) -> None:
    close_handbook(person=event.person, by=Actor(id=event.by, scope=CITY), at=event.at)
