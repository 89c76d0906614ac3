"""What happened to a file that came in."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class FileReceived(Event):
    """A table came in and waits to be checked or accepted."""

    batch: str
    kind: str
    area: str
    size: int


@dataclass(frozen=True, kw_only=True)
class MappingSaved(Event):
    """An office saved what the headings of a table mean, as a version under a name."""

    mapping: int
    kind: str
    area: str
    version: int


@dataclass(frozen=True, kw_only=True)
class BatchAccepted(Event):
    """The good rows of a batch became records."""

    batch: str
    kind: str
    area: str
    accepted: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class BatchUndone(Event):
    """Everything that a batch became was taken back."""

    batch: str
    kind: str
    area: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class BatchDropped(Event):
    """A batch was given up before it became anything; its content is gone."""

    batch: str
    kind: str
    area: str


@dataclass(frozen=True, kw_only=True)
class MarkedFileTaken(Event):
    """Somebody took the file back with its errors written in, personal values included."""

    batch: str
    kind: str
    area: str
    rows: int
