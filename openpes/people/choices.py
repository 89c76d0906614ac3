"""Closed vocabularies of persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """GB/T 2261.1, the codes that an identity number can carry."""

    MALE = "1", _("Male")
    FEMALE = "2", _("Female")
