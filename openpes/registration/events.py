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
class RegistrationRefused(Event):
    """An unemployment registration was refused in due form."""

    person: int
    area: str
    decision: int


@dataclass(frozen=True, kw_only=True)
class FactCorrected(Event):
    """A fact of a decision turned out to be otherwise; the decision keeps both."""

    person: int
    area: str
    decision: int
    fact: str


@dataclass(frozen=True, kw_only=True)
class AppealFiled(Event):
    """A person appealed against a refusal or an end."""

    person: int
    area: str
    appeal: int
    decision: int


@dataclass(frozen=True, kw_only=True)
class AppealRuled(Event):
    """An appeal was ruled by another officer; `ruling` is a code of `Ruling`."""

    person: int
    area: str
    appeal: int
    ruling: str


@dataclass(frozen=True, kw_only=True)
class RegistrationRestored(Event):
    """An unemployment registration is open again because its end fell on appeal."""

    person: int
    area: str
    period: int
    number: str
    from_on: date


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
class FilingReceived(Event):
    """An employer filed a hire or an end on its own page; `late_days` is 0 when it came in time."""

    person: int
    area: str
    employer: int
    filed: str
    late_days: int


@dataclass(frozen=True, kw_only=True)
class CertificateApplied(Event):
    """A person applied for a preference certificate; its clocks began."""

    person: int
    area: str
    certificate: int


@dataclass(frozen=True, kw_only=True)
class CertificateReviewed(Event):
    """An application for a preference certificate was reviewed and put on public notice."""

    person: int
    area: str
    certificate: int


@dataclass(frozen=True, kw_only=True)
class CertificateDecided(Event):
    """A preference certificate was issued or refused by another officer than prepared it."""

    person: int
    area: str
    certificate: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class CertificateUsed(Event):
    """A unit wrote a policy into a preference certificate."""

    person: int
    area: str
    certificate: int
    policy: str


@dataclass(frozen=True, kw_only=True)
class CertificateChecked(Event):
    """A preference certificate was looked at for its year."""

    person: int
    area: str
    certificate: int
    passed: bool


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event):
    """A preference certificate was revoked."""

    person: int
    area: str
    certificate: int
