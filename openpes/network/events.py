"""What happens to the network."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class AreasLoaded(Event):
    """The units of the city were brought up to date from the statistical list."""

    areas: int
    terms: int
    area: str


@dataclass(frozen=True, kw_only=True)
class ServicePointOpened(Event):
    """A service point opened."""

    point: int
    area: str


@dataclass(frozen=True, kw_only=True)
class NetworkLaidOut(Event):
    """The service points of the founding plan were laid on the units of the city."""

    points: int
    area: str


@dataclass(frozen=True, kw_only=True)
class StaffPosted(Event):
    """A member of staff works at a service point from a day on."""

    account: int
    point: int
    window: str
    from_on: date
    area: str


@dataclass(frozen=True, kw_only=True)
class PostingEnded(Event):
    """The posting of a member of staff ended or was called off."""

    posting: int
    account: int
    point: int
    until_on: date
    area: str


@dataclass(frozen=True, kw_only=True)
class ServicePointClosed(Event):
    """A service point closed."""

    point: int
    reason: str
    area: str


@dataclass(frozen=True, kw_only=True)
class ServicePointDescribed(Event):
    """Address, hours, windows or equipment of a service point were written anew."""

    point: int
    version: int
    area: str


@dataclass(frozen=True, kw_only=True)
class KeyMarketRecognised(Event):
    """A township office became a key township market."""

    point: int
    persons: int
    area: str


@dataclass(frozen=True, kw_only=True)
class PopulationRecorded(Event):
    """The counted population of an area was recorded."""

    counted_on: date
    persons: int
    area: str


@dataclass(frozen=True, kw_only=True)
class PointPictureAdded(Event):
    """A picture of a service point is shown to everybody."""

    picture: int
    point: int
    area: str


@dataclass(frozen=True, kw_only=True)
class PointPictureRemoved(Event):
    """A picture of a service point was taken away."""

    picture: int
    point: int
    area: str


@dataclass(frozen=True, kw_only=True)
class CertificateRecorded(Event):
    """A certificate of a member of staff was recorded after its examination."""

    certificate: int
    account: int
    kind: str
    from_on: date
    until_on: date
    area: str


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event):
    """A certificate of a member of staff was revoked before its end."""

    certificate: int
    account: int
    kind: str
    reason: str
    area: str


@dataclass(frozen=True, kw_only=True)
class YearAssessed(Event):
    """The year of a member of staff was judged."""

    account: int
    year: int
    grade: str
    area: str


@dataclass(frozen=True, kw_only=True)
class VillageSubsidyEntitled(Event):
    """A village officer is due the subsidy of a month."""

    entitlement: int
    account: int
    point: int
    month_on: date
    days: int
    amount_fen: int
    area: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceBegun(Event):
    """The acceptance of a service point with a check-list began."""

    acceptance: int
    point: int
    checklist: str
    area: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceDropped(Event):
    """An acceptance that was not handed in yet was given up."""

    acceptance: int
    point: int
    checklist: str
    area: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceSubmitted(Event):
    """The evidence for the acceptance of a service point was handed in."""

    acceptance: int
    point: int
    area: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceAssessed(Event):
    """The first assessor gave points to a service point and signed them."""

    acceptance: int
    point: int
    score: int
    area: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceReturned(Event):
    """The second assessor did not agree with the points of a service point."""

    acceptance: int
    point: int
    reason: str
    area: str


@dataclass(frozen=True, kw_only=True)
class AcceptanceConcluded(Event):
    """The second assessor signed, and a service point passed or did not."""

    acceptance: int
    point: int
    passed: bool
    score: int
    most: int
    recheck_on: date
    area: str


@dataclass(frozen=True, kw_only=True)
class AcceptancePublished(Event):
    """The result of an acceptance was published."""

    acceptance: int
    point: int
    area: str


@dataclass(frozen=True, kw_only=True)
class PilotStepTaken(Event):
    """A pilot application took a step of its procedure."""

    application: int
    step: str
    state: str
    area: str
