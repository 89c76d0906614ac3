"""Closed vocabularies of referrals."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What became of a referral."""

    HIRED = "hired", _("Hired")
    NOT_SUITABLE = "not_suitable", _("Employer found the person not suitable")
    DECLINED = "declined", _("Person declined")
    NO_SHOW = "no_show", _("Person did not come")
    PLACE_TAKEN = "place_taken", _("Place already taken")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class LetterState(models.TextChoices):
    """What a checked letter is on a day."""

    VALID = "valid", _("Valid")
    EXPIRED = "expired", _("No longer valid: its time is over")
    ANSWERED = "answered", _("No longer valid: the employer has answered")


EMPLOYERS_ANSWERS = (Answer.NOT_SUITABLE, Answer.NO_SHOW, Answer.PLACE_TAKEN)
STAFF_ANSWERS = (Answer.NOT_SUITABLE, Answer.DECLINED, Answer.NO_SHOW, Answer.PLACE_TAKEN, Answer.WITHDRAWN)
EMPLOYED_BY_UNIT = "010"
