"""What happens to targets, reports, and what staff follow."""

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
class RegisterTaken(Event):
    """Somebody printed a monthly register or took it away as a file, persons masked."""

    area: str
    register: str
    month_on: date
    rows: int
    way: str


@dataclass(frozen=True, kw_only=True)
class BoardPublished(Event):
    """The public figures of a day were made."""

    area: str
    made_on: date
    shown: int
    hidden: int


@dataclass(frozen=True, kw_only=True)
class SubscriptionBegun(Event):
    """A member of staff gets the board or the report of an area every month."""

    subscription: int
    area: str
    content: str
    day: int


@dataclass(frozen=True, kw_only=True)
class SubscriptionChanged(Event):
    """A subscription was paused or goes on."""

    subscription: int
    area: str
    changed: str


@dataclass(frozen=True, kw_only=True)
class SubscriptionEnded(Event):
    """A subscription ended: by its holder, or because the holder's roles no longer reach the area."""

    subscription: int
    area: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SubscriptionIssued(Event):
    """A subscription brought the PDF of a month; the seal is that of the file."""

    subscription: int
    area: str
    from_on: date
    seal: str


@dataclass(frozen=True, kw_only=True)
class ThresholdSet(Event):
    """An indicator of an area is watched."""

    threshold: int
    area: str
    indicator: str


@dataclass(frozen=True, kw_only=True)
class ThresholdEnded(Event):
    """An indicator is no longer watched by a threshold."""

    threshold: int
    area: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FigureAlertRaised(Event):
    """A figure crossed its threshold."""

    alert: int
    threshold: int
    area: str
    indicator: str


@dataclass(frozen=True, kw_only=True)
class FigureAlertAcknowledged(Event):
    """Somebody said what is known about an alert or what will be done."""

    alert: int
    area: str


@dataclass(frozen=True, kw_only=True)
class FigureAlertClosed(Event):
    """The figure of an alert is back inside its threshold, or the threshold ended."""

    alert: int
    area: str
    outcome: str
