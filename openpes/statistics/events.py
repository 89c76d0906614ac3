"""What happens to targets."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class TargetProposed(Event):
    """A target was proposed for an area and a year."""

    target: int
    area: str
    indicator: str
    year: int
    from_on: date


@dataclass(frozen=True, kw_only=True)
class TargetDecided(Event):
    """A second officer agreed to a target or refused it."""

    target: int
    area: str
    indicator: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class TargetHandedDown(Event):
    """A target was divided among the units right below."""

    target: int
    area: str
    indicator: str
    number: int
