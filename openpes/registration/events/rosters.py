"""What hiring rosters tell of contracts besides their beginning and end."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class EmploymentChanged(Event):
    """A renewed or changed contract changed the terms of a registered employment."""

    person: int
    area: str
    period: int
    number: str
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContractSuspended(Event):
    """A contract is suspended; the employment stays registered."""

    person: int
    area: str
    period: int
    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RosterEntryWithdrawn(Event):
    """What a row of a hiring roster said about a contract was taken back."""

    person: int
    area: str
    period: int
    contract_state: str
