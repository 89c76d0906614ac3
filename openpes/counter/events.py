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


@dataclass(frozen=True, kw_only=True)
class SelectionActedOn(Event):
    """One act was done to a selection of persons; each has its own line."""

    area: str
    kind: str
    rows: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class ViewSaved(Event):
    """An officer kept the filters of a list under a name."""

    area: str
    view: int
    page: str
    is_shared: bool


@dataclass(frozen=True, kw_only=True)
class ViewDropped(Event):
    """An officer took a saved view away."""

    area: str
    view: int
    page: str
    is_shared: bool


@dataclass(frozen=True, kw_only=True)
class ReceiptIssued(Event):
    """A person was given a receipt of what was done on a day."""

    person: int
    area: str
    receipt: int
    number: str
    rows: int
