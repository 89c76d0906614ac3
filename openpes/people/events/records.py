"""What happens to groups, education, qualifications, and requests for correction."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class GroupEntered(Event):
    """The evidence of a membership of a group was entered."""

    person: int
    area: str
    group: int
    membership: int


@dataclass(frozen=True, kw_only=True)
class GroupRecognised(Event):
    """A membership of a group was recognised."""

    person: int
    area: str
    group: int
    membership: int
    from_on: date
    until_on: date | None


@dataclass(frozen=True, kw_only=True)
class GroupRefused(Event):
    """A membership of a group was not recognised."""

    person: int
    area: str
    group: int
    membership: int


@dataclass(frozen=True, kw_only=True)
class GroupEnded(Event):
    """A recognised membership of a group was ended or revoked."""

    person: int
    area: str
    group: int
    membership: int
    kind: str
    until_on: date


@dataclass(frozen=True, kw_only=True)
class EducationRecorded(Event):
    """An education was recorded from its papers."""

    person: int
    area: str
    record: int


@dataclass(frozen=True, kw_only=True)
class EducationWithdrawn(Event):
    """The record of an education was withdrawn."""

    person: int
    area: str
    record: int


@dataclass(frozen=True, kw_only=True)
class QualificationRecorded(Event):
    """A skill grade or a licence was recorded from its certificate."""

    person: int
    area: str
    record: int


@dataclass(frozen=True, kw_only=True)
class QualificationWithdrawn(Event):
    """The record of a skill grade or a licence was withdrawn."""

    person: int
    area: str
    record: int


@dataclass(frozen=True, kw_only=True)
class QualificationExpired(Event):
    """The certificate of a skill grade or a licence ran out."""

    person: int
    area: str
    record: int
    until_on: date


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(Event):
    """A person asked for the correction of a fact of the own file; what is right stands sealed in the request."""

    person: int
    area: str
    request: int
    fact: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class CorrectionAnswered(Event):
    """A request for correction was answered."""

    person: int
    area: str
    request: int
    fact: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class CorrectionAppealed(Event):
    """A person appealed against a refused correction."""

    person: int
    area: str
    request: int
    due_on: date


@dataclass(frozen=True, kw_only=True)
class CorrectionAppealRuled(Event):
    """An appeal against a refused correction was ruled."""

    person: int
    area: str
    request: int
    ruling: str


@dataclass(frozen=True, kw_only=True)
class OwnCopyTaken(Event):
    """A person took a copy of everything that the platform holds about them; `form` is the kind of file."""

    person: int
    area: str
    form: str
