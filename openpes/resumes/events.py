"""What happens to resumes."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class ResumeWritten(Event):
    """A person wrote or confirmed a CV; `version` counts from one."""

    person: int
    area: str
    version: int
    until_on: date


@dataclass(frozen=True, kw_only=True)
class AudienceChosen(Event):
    """A person said which employers may read the CV."""

    person: int
    area: str
    audience: str


@dataclass(frozen=True, kw_only=True)
class ResumeWithdrawn(Event):
    """A person took the CV back; no employer reads it any more."""

    person: int
    area: str


@dataclass(frozen=True, kw_only=True)
class ResumeRead(Event):
    """An employer read the CV of a person; `purpose` says why."""

    person: int
    area: str
    employer: int
    purpose: str


@dataclass(frozen=True, kw_only=True)
class ResumeReminded(Event):
    """A person was reminded that the CV runs out."""

    person: int
    area: str
    until_on: date
