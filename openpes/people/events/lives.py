"""What happens in a life: files, households, homes, ledgers."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event):
    """A person was registered for the first time in the city."""

    person: int
    area: str


@dataclass(frozen=True, kw_only=True)
class PersonChanged(Event):
    """Facts of a person's file were changed; `facts` names them and never carries their values."""

    person: int
    area: str
    facts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PersonFileOpened(Event):
    """Somebody read a person's file, and what for."""

    person: int
    area: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class IdentifierRevealed(Event):
    """Somebody was shown a sealed identifier in full, for a purpose and a case."""

    person: int
    area: str
    identifier: str
    purpose: str
    case: str


@dataclass(frozen=True, kw_only=True)
class HouseholdFormed(Event):
    """A household was formed around its head."""

    household: int
    person: int
    area: str


@dataclass(frozen=True, kw_only=True)
class HouseholdJoined(Event):
    """A person became a member of a household."""

    household: int
    person: int
    area: str
    from_on: date


@dataclass(frozen=True, kw_only=True)
class HouseholdLeft(Event):
    """A person stopped being a member of a household."""

    household: int
    person: int
    area: str
    until_on: date


@dataclass(frozen=True, kw_only=True)
class HouseholdHeadNamed(Event):
    """Another member became the head of a household."""

    household: int
    person: int
    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class HouseholdRelationChanged(Event):
    """A member stands in another relation to the head of the household."""

    household: int
    person: int
    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class HouseholdRelationTakenBack(Event):
    """A changed relation to the head was taken back; the member is to the head what it was before."""

    household: int
    person: int
    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class HouseholdLeavingTakenBack(Event):
    """The end of a membership was taken back; the person belongs to the household as if nothing had been said."""

    household: int
    person: int
    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class MovedHome(Event):
    """A person moved; the file now belongs to the office of `area`, before that to the one of `from_area`."""

    person: int
    area: str
    from_area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class LedgerRecorded(Event):
    """What a rural ledger says about a person was recorded."""

    person: int
    area: str
    surveyed_on: date


@dataclass(frozen=True, kw_only=True)
class LedgerRowWithdrawn(Event):
    """What a row of a ledger had become was taken back; `whole` when the person's file was one of it."""

    person: int
    area: str
    whole: bool
