"""Closed vocabularies of vacancies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.TextChoices):
    """For how long the work is meant."""

    OPEN_ENDED = "open_ended", _("Permanent")
    FIXED = "fixed", _("One year or more")
    SHORT = "short", _("Under one year")
    PART_TIME = "part_time", _("Part-time")


class EndReason(models.TextChoices):
    """Why a vacancy is no longer public."""

    FILLED = "filled", _("All places filled")
    CLOSED = "closed", _("Closed by the employer")
    EXPIRED = "expired", _("Expired")


class State(models.TextChoices):
    """What a vacancy is on a day."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    FILLED = "filled", _("Filled")
    CLOSED = "closed", _("Closed")
    EXPIRED = "expired", _("Expired")


class Benefit(models.TextChoices):
    """What an employer offers besides pay; shown as chips and used as a facet."""

    BOARD = "board", _("Meals")
    LODGING = "lodging", _("Lodging")
    INSURANCE = "insurance", _("Social insurance")
    HOUSING_FUND = "housing_fund", _("Housing fund")
    WEEKENDS = "weekends", _("Weekends off")
    DAY_SHIFT = "day_shift", _("Day shift only")
    TRAINING = "training", _("Free training")
    SHUTTLE = "shuttle", _("Shuttle bus")
