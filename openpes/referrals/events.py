"""What happens between a person and an employer: introductions, answers, hires."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import Event


@dataclass(frozen=True, kw_only=True)
class PersonReferred(Event):
    """A person was introduced to an employer for a vacancy, with a letter."""

    referral: int
    person: int
    area: str
    vacancy: int
    employer: int
    letter_no: str


@dataclass(frozen=True, kw_only=True)
class ReferralAnswered(Event):
    """It became known what came of an introduction."""

    referral: int
    person: int
    area: str
    vacancy: int
    employer: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class HireReported(Event):
    """An employer said that it hired an introduced person; the office has not confirmed it yet."""

    referral: int
    area: str
    employer: int
    begins_on: date


@dataclass(frozen=True, kw_only=True)
class HireReportReturned(Event):
    """The office gave an employer's report of a hire back, with words."""

    referral: int
    area: str
    employer: int
    note: str


@dataclass(frozen=True, kw_only=True)
class Hired(Event):
    """A person took a place: the place is filled, unemployment ended and employment began in one act."""

    hire: int
    person: int
    area: str
    vacancy: int
    employer: int
    occupation: str
    begins_on: date
    referral: int | None = None
