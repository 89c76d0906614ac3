"""What happens to vacancies and their places."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class VacancyDrafted(Event):
    """A vacancy was written down; nobody outside sees it yet."""

    vacancy: int
    area: str
    employer: int


@dataclass(frozen=True, kw_only=True)
class VacancyChanged(Event):
    """Facts of a vacancy changed."""

    vacancy: int
    area: str
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PublicationAsked(Event):
    """An employer asked the office to publish its draft."""

    vacancy: int
    area: str
    employer: int


@dataclass(frozen=True, kw_only=True)
class PublicationReturned(Event):
    """The office gave a draft back to the employer with words about what to mend."""

    vacancy: int
    area: str
    employer: int
    note: str


@dataclass(frozen=True, kw_only=True)
class VacancyPublished(Event):
    """A vacancy became public until a day."""

    vacancy: int
    area: str
    employer: int
    occupation: str
    openings: int
    closes_on: date


@dataclass(frozen=True, kw_only=True)
class PlaceFilled(Event):
    """A place of a vacancy was taken."""

    vacancy: int
    area: str
    place_no: int
    places_left: int
    person: int | None = None


@dataclass(frozen=True, kw_only=True)
class VacancyEnded(Event):
    """A vacancy is no longer public: filled, closed or expired."""

    vacancy: int
    area: str
    employer: int
    reason: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedVacancyWithdrawn(Event):
    """A vacancy that came from a list was taken back with the list; `employer_too` when its employer came with it."""

    vacancy: int
    area: str
    employer: int
    employer_too: bool


@dataclass(frozen=True, kw_only=True)
class VacancyHeld(Event):
    """An open vacancy is kept from the public on a ground, with words for its employer."""

    vacancy: int
    area: str
    employer: int
    hold: int
    ground: str
    words: str


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event):
    """A hold of a vacancy was lifted; with the last one the vacancy is public again."""

    vacancy: int
    area: str
    employer: int
    hold: int
    ground: str
    words: str
    public_again: bool


@dataclass(frozen=True, kw_only=True)
class VacancyConfirmed(Event):
    """An employer still wants people for a vacancy: a sign of life."""

    vacancy: int
    area: str
    employer: int
    way: str


@dataclass(frozen=True, kw_only=True)
class HoldAppealed(Event):
    """An employer objected to a hold of its vacancy."""

    vacancy: int
    area: str
    employer: int
    hold: int
    words: str


@dataclass(frozen=True, kw_only=True)
class HoldAppealDecided(Event):
    """An appeal against a hold was decided by somebody who had not held the vacancy."""

    vacancy: int
    area: str
    employer: int
    hold: int
    granted: bool
    answer: str


@dataclass(frozen=True, kw_only=True)
class AdvertReported(Event):
    """A reader of the public page reported an advertisement."""

    vacancy: int
    area: str
    report: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReportJudged(Event):
    """Somebody looked at the report of a reader and said what is true."""

    vacancy: int
    area: str
    report: int
    outcome: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class ReporterShown(Event):
    """The telephone number that a reader left with a report was shown."""

    vacancy: int
    area: str
    report: int
    purpose: str


@dataclass(frozen=True, kw_only=True)
class CopyFound(Event):
    """An advertisement says the same as an earlier one; somebody has to look."""

    vacancy: int
    area: str
    earlier: int
    likeness: int


@dataclass(frozen=True, kw_only=True)
class CopyMerged(Event):
    """An advertisement is shown as one with the earlier one that says the same."""

    vacancy: int
    area: str
    earlier: int
    likeness: int


@dataclass(frozen=True, kw_only=True)
class CopyParted(Event):
    """Two advertisements that seemed the same are two again, each public by itself."""

    vacancy: int
    area: str
    earlier: int
    words: str
