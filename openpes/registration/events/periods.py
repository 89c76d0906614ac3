"""Registrations begun, ended, taken back, restored, and confirmed."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class UnemploymentRegistered(Event):
    """A person was registered as unemployed."""

    person: int
    area: str
    period: int
    number: str
    from_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class UnemploymentEnded(Event):
    """An unemployment registration ended; `reason` is a code of `unemployment_cancel_reason`."""

    person: int
    area: str
    period: int
    number: str
    until_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class EmploymentRegistered(Event):
    """A person was registered as employed."""

    person: int
    area: str
    period: int
    number: str
    from_on: date
    category: str
    employer: int | None


@dataclass(frozen=True, kw_only=True)
class EmploymentEnded(Event):
    """An employment registration ended; `reason` is a code of `EmploymentEnd`."""

    person: int
    area: str
    period: int
    number: str
    until_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class RegistrationWithdrawn(Event):
    """A registration was taken back within minutes.

    A listener for whom something already depends on it refuses, and the withdrawal does not happen.
    """

    person: int
    area: str
    period: int
    number: str
    status: str
    from_on: date
    employer: int | None


@dataclass(frozen=True, kw_only=True)
class RegistrationRestored(Event):
    """An unemployment registration is open again because its end fell."""

    person: int
    area: str
    period: int
    number: str
    from_on: date


@dataclass(frozen=True, kw_only=True)
class EmploymentRestored(Event):
    """An employment registration is open again because it had ended by mistake."""

    person: int
    area: str
    period: int
    number: str
    from_on: date


@dataclass(frozen=True, kw_only=True)
class ProofsSupplied(Event):
    """Proofs were handed in after an unemployment registration; `proofs` are all that are there now."""

    person: int
    area: str
    period: int
    proofs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class UnemployedExported(Event):
    """Somebody took a list of registered unemployed persons away as a file, masked."""

    area: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class UnemploymentConfirmed(Event):
    """A registered person confirmed to be unemployed still; `way` is a code of `Way`."""

    person: int
    area: str
    period: int
    on: date
    way: str


@dataclass(frozen=True, kw_only=True)
class ConfirmationReminded(Event):
    """A registered person was reminded that a confirmation is due; the days of grace begin."""

    person: int
    area: str
    period: int
    last_on: date


@dataclass(frozen=True, kw_only=True)
class FilingReceived(Event):
    """An employer filed a hire or an end on its own page; `late_days` is 0 when it came in time."""

    person: int
    area: str
    employer: int
    filed: str
    late_days: int
