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


@dataclass(frozen=True, kw_only=True)
class PersonApplied(Event):
    """A person applied for a vacancy without an introduction."""

    referral: int
    person: int
    area: str
    vacancy: int
    employer: int
    letter_no: str


@dataclass(frozen=True, kw_only=True)
class ReferralStepped(Event):
    """Something happened on the way of an introduction or application; `news` and `state` are codes."""

    referral: int
    person: int
    area: str
    vacancy: int
    employer: int
    news: str
    state: str


@dataclass(frozen=True, kw_only=True)
class InterviewArranged(Event):
    """An interview was proposed, agreed, held, missed or cancelled; `state` is a code of `InterviewState`."""

    interview: int
    referral: int
    person: int
    area: str
    employer: int
    state: str


@dataclass(frozen=True, kw_only=True)
class RetentionChecked(Event):
    """It became known whether a hired person is still there; `months` after the hire, `outcome` and `way` are codes."""

    hire: int
    person: int
    area: str
    employer: int
    months: int
    outcome: str
    way: str


@dataclass(frozen=True, kw_only=True)
class ReachChosen(Event):
    """Somebody chose how to be told of news beside the own page."""

    person: int | None
    employer: int | None
    area: str
    sms: bool
    mail: bool
