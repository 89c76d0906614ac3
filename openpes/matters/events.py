"""What happens to matters; no event repeats the words of the person."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class MatterAsked(Event):
    """A person asked an office for something."""

    person: int
    area: str
    matter: int
    subject: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class MatterOffered(Event):
    """A hand-over of a matter was proposed; `point` when it is offered to a whole office."""

    person: int
    area: str
    matter: int
    officer: int | None
    point: int | None
    due_on: date


@dataclass(frozen=True, kw_only=True)
class MatterHandedOver(Event):
    """Another officer accepted to answer for a matter."""

    person: int
    area: str
    matter: int
    officer: int


@dataclass(frozen=True, kw_only=True)
class HandOverEnded(Event):
    """A proposed hand-over was declined or taken back."""

    person: int
    area: str
    matter: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class MatterClosed(Event):
    """A person was told the outcome of a matter."""

    person: int
    area: str
    matter: int
    outcome: str
    way: str
