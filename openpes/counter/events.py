"""What happens at the counter."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class TicketTaken(Event):
    """Somebody took a number in a hall."""

    ticket: int
    point: int
    area: str


@dataclass(frozen=True, kw_only=True)
class TicketCalled(Event):
    """A number was called to a window, for the first time or again."""

    ticket: int
    point: int
    window: int
    calls: int
    area: str


@dataclass(frozen=True, kw_only=True)
class TicketMoved(Event):
    """A number went to another state: at the window, put aside, handed on, missed, come back, or served."""

    ticket: int
    point: int
    before: str
    state: str
    purpose: str
    area: str
