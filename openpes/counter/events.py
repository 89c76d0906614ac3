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
    """A number was called to a window."""

    ticket: int
    point: int
    window: int
    calls: int
    area: str


@dataclass(frozen=True, kw_only=True)
class TicketMoved(Event):
    """A number in the queue went on.

    To the window, aside, to another purpose, away, back, or home: `state` says where.
    """

    ticket: int
    point: int
    before: str
    state: str
    purpose: str
    area: str
