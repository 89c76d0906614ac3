"""What happens to registrations and job wishes."""

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
class JobWishRegistered(Event):
    """A person was registered as looking for a job."""

    person: int
    area: str
    wish: int
    occupations: tuple[str, ...]
    from_on: date
    until_on: date


@dataclass(frozen=True, kw_only=True)
class JobWishChanged(Event):
    """A job wish was changed or confirmed anew; `former` are the occupations before."""

    person: int
    area: str
    wish: int
    occupations: tuple[str, ...]
    former: tuple[str, ...]
    until_on: date


@dataclass(frozen=True, kw_only=True)
class JobWishEnded(Event):
    """A job wish ended before its time."""

    person: int
    area: str
    wish: int
    until_on: date


@dataclass(frozen=True, kw_only=True)
class UnemployedExported(Event):
    """Somebody took a list of registered unemployed persons away as a file, masked."""

    area: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class ProofsSupplied(Event):
    """Proofs were handed in after an unemployment registration; `proofs` are all that are there now."""

    person: int
    area: str
    period: int
    proofs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HandbookRequested(Event):
    """A booklet of a handbook was asked for; the clock of its issue began."""

    person: int
    area: str
    number: str
    copy_no: int


@dataclass(frozen=True, kw_only=True)
class HandbookIssued(Event):
    """A booklet of a handbook was issued by another officer than asked for it."""

    person: int
    area: str
    number: str
    copy_no: int


@dataclass(frozen=True, kw_only=True)
class HandbookEnded(Event):
    """A booklet is no longer valid; `reason` is a code of `CopyEnd`."""

    person: int
    area: str
    number: str
    copy_no: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandbookHandedOver(Event):
    """A handbook changed hands; `holder` is a code of `Holder`."""

    person: int
    area: str
    number: str
    holder: str
    employer: int | None
