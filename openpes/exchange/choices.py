"""Closed vocabularies of the open interfaces."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a key opens beside what everybody may read."""

    READ = "vacancies.read", _("Read vacancies and their changes at a higher rate")
    BULK = "vacancies.bulk", _("Read pages of up to 1,000 vacancies and the whole list as a file")
