"""What happens to keys of the open interfaces."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class ApiKeyIssued(Event):
    """Somebody outside got a key to the open interfaces."""

    key: int
    rights: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ApiKeyRotated(Event):
    """A key got a new secret; the old one works for some days more."""

    key: int


@dataclass(frozen=True, kw_only=True)
class ApiKeyEnded(Event):
    """A key to the open interfaces ended."""

    key: int
