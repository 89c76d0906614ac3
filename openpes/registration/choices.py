"""Closed vocabularies of registration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What a person is registered as."""

    UNEMPLOYED = "unemployed", _("Registered unemployed")
    EMPLOYED = "employed", _("Registered employed")
