"""What happens to targets and reports."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class TargetProposed(Event):
    """A target was proposed for an area and a year."""

    target: int
    area: str
    indicator: str
    year: int
    from_on: date


@dataclass(frozen=True, kw_only=True)
class TargetDecided(Event):
    """A second officer agreed to a target or refused it."""

    target: int
    area: str
    indicator: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class TargetHandedDown(Event):
    """A target was divided among the units right below."""

    target: int
    area: str
    indicator: str
    number: int


@dataclass(frozen=True, kw_only=True)
class ReportDrawnUp(Event):
    """A report was drawn up for publication; the seal is that of the rows behind it."""

    report: int
    area: str
    from_on: date
    seal: str


@dataclass(frozen=True, kw_only=True)
class SentenceEdited(Event):
    """Somebody put own words in place of a computed sentence of a draft, or took them away."""

    report: int
    area: str
    sentence: str
    language: str


@dataclass(frozen=True, kw_only=True)
class ReportLaidAside(Event):
    """A draft of a report was given up."""

    report: int
    area: str


@dataclass(frozen=True, kw_only=True)
class ReportPublished(Event):
    """A report was published; seal and digest are those of its rows and of what it prints."""

    report: int
    area: str
    number: str
    seal: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class ReportChecked(Event):
    """A published report was counted again, and came out the same or not."""

    report: int
    area: str
    number: str
    same: bool


@dataclass(frozen=True, kw_only=True)
class BoardPublished(Event):
    """The public figures of a day were made."""

    area: str
    made_on: date
    shown: int
    hidden: int
