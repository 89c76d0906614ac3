"""Booklets of handbooks."""

from dataclasses import dataclass

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class HandbookRequested(Event):
    """A booklet of a handbook was asked for; the clock of its issue began."""

    person: int
    area: str
    number: str
    copy_no: int


@dataclass(frozen=True, kw_only=True)
class HandbookIssued(Event):
    """A booklet of a handbook was issued by another officer than asked for it."""

    person: int
    area: str
    number: str
    copy_no: int


@dataclass(frozen=True, kw_only=True)
class HandbookEnded(Event):
    """A booklet is no longer valid; `reason` is a code of `CopyEnd`."""

    person: int
    area: str
    number: str
    copy_no: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandbookRevived(Event):
    """A booklet that had ended by mistake is valid again."""

    person: int
    area: str
    number: str
    copy_no: int


@dataclass(frozen=True, kw_only=True)
class HandbookHandedOver(Event):
    """A handbook changed hands; `holder` is a code of `Holder`."""

    person: int
    area: str
    number: str
    holder: str
    employer: int | None
