"""Rows of an area that are in force for a period."""

from datetime import date
from typing import Self

from django.db.models import Q

from openpes.kernel import ScopedQuerySet


class PeriodQuerySet(ScopedQuerySet):
    def in_force_on(self, day: date) -> Self:
        """Rows whose period `[from_on, until_on)` holds the day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)
