"""What happens to employers."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class EmployerRegistered(Event):
    """An employer was registered for the first time in the city."""

    employer: int
    area: str


@dataclass(frozen=True, kw_only=True)
class EmployerChanged(Event):
    """Facts of an employer changed: its name, place, kind or contact."""

    employer: int
    area: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SiteAdded(Event):
    """A place where an employer's people work was written down; `area` is where it stands."""

    employer: int
    site: int
    area: str


@dataclass(frozen=True, kw_only=True)
class SiteChanged(Event):
    """Facts of an employer's site changed."""

    employer: int
    site: int
    area: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SiteGivenUp(Event):
    """Nobody of an employer works at a site any more."""

    employer: int
    site: int
    area: str
