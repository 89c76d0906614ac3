"""The city's areas on four levels, its service points, who works there, and when a point was last at work."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.access.models import Account
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.network.choices import Level


class PeriodQuerySet(ScopedQuerySet):
    def in_force_on(self, day: date) -> Self:
        """Rows whose period `[from_on, until_on)` holds the day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)


class Area(models.Model):
    """A unit of the city with a path that never changes, whatever it is called or coded later."""

    path = AreaField(primary_key=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30, blank=True, default="")
    urban_rural = models.CharField(max_length=3, blank=True, default="")

    class Meta:
        ordering = ["path"]


class AreaTerm(models.Model):
    """The national code and the name of an area during a period."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    code = AreaField()
    name = models.CharField(max_length=60)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["area", "from_on"]
        constraints = [models.UniqueConstraint(fields=["area", "from_on"], name="area_term_once")]


class ServicePoint(models.Model):
    """A counter, office or station of the service on one of the four levels."""

    area = AreaField(db_index=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["area", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="service_point_once")]


class Posting(models.Model):
    """A member of staff who works at a service point during a period."""

    area = AreaField(db_index=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+")
    window = models.CharField(max_length=20, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["point", "from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="posting_period"
            )
        ]


class WorkingDay(models.Model):
    """A day on which a service point recorded at least one act: the proof that it is online."""

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.CASCADE, related_name="+")
    worked_on = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "worked_on"], name="working_day_once")]
