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
