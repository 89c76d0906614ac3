"""What happens in vacancy reporting."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class DutySet(Event):
    """An employer has to report its vacancies in a rhythm."""

    employer: int
    area: str
    rhythm: str
    from_on: date


@dataclass(frozen=True, kw_only=True)
class DutyEnded(Event):
    """An employer has to report no longer."""

    employer: int
    area: str
    until_on: date


@dataclass(frozen=True, kw_only=True)
class VacanciesReported(Event):
    """An employer reported its vacancies for a period."""

    employer: int
    area: str
    way: str
    from_on: date


@dataclass(frozen=True, kw_only=True)
class ChangeTold(Event):
    """An employer said that a vacancy changed; the office sees to it."""

    employer: int
    area: str
    vacancy: int


@dataclass(frozen=True, kw_only=True)
class ChangeSettled(Event):
    """The office saw to a change that an employer had told."""

    employer: int
    area: str
    vacancy: int


@dataclass(frozen=True, kw_only=True)
class ReportReminded(Event):
    """An employer was reminded of its report."""

    employer: int
    area: str
    way: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class EmployerCalled(Event):
    """An employer was called, and it is known what came of it."""

    employer: int
    area: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class VisitPlanned(Event):
    """A visit to an employer was planned."""

    employer: int
    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class VisitMade(Event):
    """An employer was visited, and what was learnt is written down."""

    employer: int
    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class VisitCancelled(Event):
    """A planned visit is not made."""

    employer: int
    area: str
    on: date


@dataclass(frozen=True, kw_only=True)
class LeadTold(Event):
    """An informant in a village told of a firm or of somebody who looks for workers."""

    lead: int
    area: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class LeadTaken(Event):
    """A member of staff looks after what an informant told."""

    lead: int
    area: str


@dataclass(frozen=True, kw_only=True)
class LeadAnswered(Event):
    """The informant was told what came of it."""

    lead: int
    area: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class VacancyWon(Event):
    """A vacancy counts as won by a visit or an informant."""

    vacancy: int
    area: str
    employer: int
