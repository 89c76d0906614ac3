"""The four levels of the network below the city."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Levels of areas and of service points; the number is what the statistical code calls them."""

    CITY = 2, _("City")
    COUNTY = 3, _("County or district")
    TOWN = 4, _("Town or street")
    VILLAGE = 5, _("Community or village")
