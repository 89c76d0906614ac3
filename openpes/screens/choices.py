"""Closed vocabularies of what is released: groups of readers, papers, files for the media."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Group(models.TextChoices):
    """Readers for whom a selection is made, by a rule that stands beside it."""

    OLDER = "4050", _("Women from 40, men from 50")
    LAID_OFF = "laid_off", _("Laid-off workers")
    GRADUATES = "graduates", _("Graduates")
    LODGED = "lodged", _("People from the villages")


RULES = {
    Group.OLDER: _(
        "No education above junior secondary, no experience or skill required, and no age limit below 50 in the text."
    ),
    Group.LAID_OFF: _("A contract of a year or more with social insurance, and no education above senior secondary."),
    Group.GRADUATES: _("Junior college or more required, and no experience."),
    Group.LODGED: _("With meals or lodging, and no education above senior secondary."),
}


class Paper(models.TextChoices):
    """The paper of a bulletin."""

    A4 = "a4", pgettext_lazy("bulletin", "A4")
    A3 = "a3", pgettext_lazy("bulletin", "A3, for the wall")


class Charset(models.TextChoices):
    """How text for a controller is written."""

    UTF8 = "utf-8", "UTF-8"
    GB18030 = "gb18030", "GB18030"
