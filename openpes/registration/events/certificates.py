"""Preference certificates."""

from dataclasses import dataclass

from openpes.kernel import Event


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
class ObjectionNoted(Event):
    """Somebody said something against an application for a preference certificate during its notice."""

    person: int
    area: str
    certificate: int
    objection: int


@dataclass(frozen=True, kw_only=True)
class ObjectionAnswered(Event):
    """An objection was looked into and answered."""

    person: int
    area: str
    certificate: int
    objection: int


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


@dataclass(frozen=True, kw_only=True)
class CertificateDecisionFell(Event):
    """The refusal or revocation of a preference certificate fell after an appeal."""

    person: int
    area: str
    certificate: int
