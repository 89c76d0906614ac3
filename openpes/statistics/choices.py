"""What a figure of the report counts, and which part of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Demand counts places of vacancies, seekers count registered job wishes."""

    DEMAND = "demand", _("Demand (places)")
    SEEKERS = "seekers", _("Job seekers")


class Origin(models.TextChoices):
    """Whether something was registered in the period, or before it and still valid."""

    CARRIED = "carried", _("Carried over")
    NEW = "new", _("New in the period")
    ALL = "all", _("Valid in the period")
