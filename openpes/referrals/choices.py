"""Closed vocabularies of referrals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.vacancies.choices import HoldGround


class Origin(models.TextChoices):
    """From whom a referral came."""

    INTRODUCTION = "introduction", _("Introduction by the service")
    APPLICATION = "application", _("Own application")


class Stage(models.TextChoices):
    """How far a referral came before its end."""

    MADE = "made", _("Sent")
    SEEN = "seen", _("Seen by the employer")
    INVITED = "invited", _("Invited to an interview")
    HELD = "held", _("Interview held")
    OFFERED = "offered", _("Job offered")


class Answer(models.TextChoices):
    """What became of a referral."""

    HIRED = "hired", _("Hired")
    NOT_SUITABLE = "not_suitable", _("Employer found the person not suitable")
    DECLINED = "declined", _("Person declined")
    NO_SHOW = "no_show", _("Person did not come")
    PLACE_TAKEN = "place_taken", _("Place already taken")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ELSEWHERE = "elsewhere", _("Hired elsewhere")
    NO_ANSWER = "no_answer", _("No answer of the employer")


class State(models.TextChoices):
    """The one state of a referral: it follows from its origin, its stage and its answer."""

    INTRODUCED = "introduced", _("Introduced")
    APPLIED = "applied", _("Applied")
    SEEN = "seen", _("Seen by the employer")
    INVITED = "invited", _("Invited to an interview")
    HELD = "held", _("Interview held")
    OFFERED = "offered", _("Job offered")
    HIRED = "hired", _("Hired")
    REJECTED = "rejected", _("Not taken")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ELSEWHERE = "elsewhere", _("Hired elsewhere")
    NO_ANSWER = "no_answer", _("No answer of the employer")


class Side(models.TextChoices):
    """Who does a step."""

    PERSON = "person", pgettext_lazy("side", "The person")
    EMPLOYER = "employer", pgettext_lazy("side", "The employer")
    OFFICE = "office", pgettext_lazy("side", "The office")
    PLATFORM = "platform", pgettext_lazy("side", "The platform")


class News(models.TextChoices):
    """What happened on the way of a referral, as both sides are told."""

    STATE = "state", _("New state")
    TIMES = "times", _("Interview times proposed")
    AGREED = "agreed", _("Interview time agreed")
    CANCELLED = "cancelled", _("Interview cancelled")
    PAUSED = "paused", _("Interview set back while the vacancy is looked into")
    ASKED_ANEW = "asked_anew", _("Interview asked for anew")
    CLOSED = "closed", _("The employer takes no more applications for this vacancy")
    REMINDED = "reminded", _("The employer was reminded to answer")


class InterviewState(models.TextChoices):
    """Where an interview stands."""

    PROPOSED = "proposed", _("Times proposed")
    AGREED = "agreed", _("Time agreed")
    HELD = "held", _("Held")
    NO_SHOW = "no_show", _("Person did not come")
    CANCELLED = "cancelled", _("Cancelled")


class InterviewWay(models.TextChoices):
    """How employer and person meet."""

    ON_SITE = "on_site", _("At the employer")
    OFFICE = "office", _("At the employment service")
    PHONE = "phone", _("By telephone")


class LetterState(models.TextChoices):
    """What a checked letter is on a day."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("No longer valid: its time is over")
    ANSWERED = "answered", _("No longer valid: the employer has answered")


class CheckOutcome(models.TextChoices):
    """What a retention check found."""

    THERE = "there", _("Still there")
    LEFT = "left", _("No longer there")
    UNKNOWN = "unknown", _("Could not be reached")


class CheckWay(models.TextChoices):
    """From whom a retention check was answered."""

    PHONE = "phone", _("By telephone")
    PERSON = "person", _("By the person online")
    EMPLOYER = "employer", _("By the employer online")
    REGISTER = "register", _("By the register of employment")


# A vacancy held on one of these grounds is in doubt itself: nobody is sent to an interview for it meanwhile.
GROUNDS_IN_DOUBT = (
    HoldGround.WORDING, HoldGround.SCAM, HoldGround.PAY, HoldGround.REPORTED, HoldGround.NEW_EMPLOYER,
)  # fmt: skip
OPEN_INTERVIEWS = (InterviewState.PROPOSED, InterviewState.AGREED)
FAR_STAGES = (Stage.INVITED, Stage.HELD, Stage.OFFERED)  # they hold a place in the cap beyond the letter's last day
EMPLOYERS_ANSWERS = (Answer.NOT_SUITABLE, Answer.NO_SHOW, Answer.PLACE_TAKEN)
PERSONS_ANSWERS = (Answer.DECLINED, Answer.WITHDRAWN)
STAFF_ANSWERS = (
    Answer.NOT_SUITABLE, Answer.DECLINED, Answer.NO_SHOW, Answer.PLACE_TAKEN, Answer.WITHDRAWN, Answer.ELSEWHERE,
    Answer.NO_ANSWER,
)  # fmt: skip
EMPLOYED_BY_UNIT = "010"
