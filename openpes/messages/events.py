"""What happens to messages and to the wishes of recipients."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class MessageWritten(Event):
    """A message was written and waits to be sent."""

    person: int | None
    employer: int | None
    area: str
    message: int
    channel: str
    state: str


@dataclass(frozen=True, kw_only=True)
class MessageSent(Event):
    """A message was taken by the gateway."""

    person: int | None
    area: str
    message: int


@dataclass(frozen=True, kw_only=True)
class MessageFailed(Event):
    """A message could not be sent, or nobody knows whether it was."""

    person: int | None
    area: str
    message: int
    state: str


@dataclass(frozen=True, kw_only=True)
class MessageDecided(Event):
    """Somebody decided what becomes of a message that could not be sent."""

    person: int | None
    area: str
    message: int
    state: str


@dataclass(frozen=True, kw_only=True)
class MessagesStopped(Event):
    """A recipient wants no more messages of a channel."""

    channel: str
    way: str


@dataclass(frozen=True, kw_only=True)
class MessagesResumed(Event):
    """A recipient wants messages of a channel again."""

    channel: str


@dataclass(frozen=True, kw_only=True)
class ConsentAsked(Event):
    """Somebody asked for messages to an address, and got a code there."""

    area: str
    consent: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Event):
    """The holder of an address agreed to messages with the code."""

    area: str
    consent: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class ConsentEnded(Event):
    """An agreement to messages ended."""

    area: str
    consent: int
