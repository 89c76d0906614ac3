"""How a public search can be ordered and narrowed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sort(models.TextChoices):
    """Orders of the result."""

    NEW = "new", _("Newest")
    PAY = "pay", _("Highest pay")
    PLACES = "places", _("Most places")


class PayBand(models.TextChoices):
    """Bands of monthly pay by the top of the range, in yuan."""

    UNDER_3000 = "0-3000", _("Under 3,000 yuan")
    UPTO_5000 = "3000-5000", _("3,000–5,000 yuan")
    UPTO_8000 = "5000-8000", _("5,000–8,000 yuan")
    UPTO_12000 = "8000-12000", _("8,000–12,000 yuan")
    OVER_12000 = "12000-", _("12,000 yuan and more")

    @property
    def bounds(self) -> tuple[int, int]:
        """Lowest (inclusive) and highest (exclusive) top of the pay range, in fen."""
        low, _dash, high = self.value.partition("-")
        return int(low) * 100, int(high) * 100 if high else 10**15
