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
