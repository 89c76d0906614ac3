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
    """A member of staff began to work at a service point."""

    account: int
    point: int
    window: str
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
