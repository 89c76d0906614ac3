"""Closed vocabularies of resumes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Which employers may read a CV."""

    ALL = "all", _("Every employer with a vacancy that suits me")
    APPLIED = "applied", _("Only employers where I applied or was introduced")
    NOBODY = "nobody", _("Nobody")


# What the person reads under “who read my file”; the journal keeps the English words.
READ_PURPOSE = "An employer read the CV"
