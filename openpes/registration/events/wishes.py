"""Job wishes."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


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
class JobWishRestored(Event):
    """A job wish that had ended with a registration lasts as long as it would have."""

    person: int
    area: str
    wish: int
    until_on: date
