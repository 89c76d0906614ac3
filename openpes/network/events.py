"""What happens to the network."""

from dataclasses import dataclass

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
