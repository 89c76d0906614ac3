"""Registrations: employment and unemployment as periods that never overlap, and those taken back."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import AreaField, PeriodQuerySet, ScopedQuerySet
from openpes.people.models import Person
from openpes.registration.choices import Status


class StatusPeriodQuerySet(PeriodQuerySet):
    def unemployed(self) -> Self:
        """Unemployment registrations."""
        return self.filter(status=Status.UNEMPLOYED)

    def employed(self) -> Self:
        """Employment registrations."""
        return self.filter(status=Status.EMPLOYED)

    def silent_since(self, day: date) -> Self:
        """Open unemployment registrations whose person was last in contact on or before the day."""
        open_ones = self.unemployed().filter(until_on=None)
        return open_ones.filter(
            Q(contacted_on__lte=day) | Q(contacted_on__isnull=True, registered_at__date__lte=day)
        )


class StatusPeriod(models.Model):
    """A time in which a person is registered as unemployed or as employed."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status)
    number = models.CharField(max_length=20, unique=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    reason = models.CharField(max_length=3, blank=True, default="")
    end_reason = models.CharField(max_length=3, blank=True, default="")
    category = models.CharField(max_length=3, blank=True, default="")
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    former_employer = models.CharField(max_length=120, blank=True, default="")
    occupation = models.CharField(max_length=10, blank=True, default="")
    pay_fen = models.PositiveBigIntegerField(null=True)
    contract_until_on = models.DateField(null=True)
    workplace = models.CharField(max_length=120, blank=True, default="")
    proofs = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    note = models.CharField(max_length=300, blank=True, default="")
    counted_from_on = models.DateField(null=True)
    contacted_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    end_note = models.CharField(max_length=300, blank=True, default="", db_default="")
    registered_at = models.DateTimeField()
    registered_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)

    objects = StatusPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["person", "from_on"]
        indexes = [
            models.Index(
                fields=["area", "from_on"],
                include=["contacted_on", "registered_at"],
                condition=Q(status="unemployed", until_on__isnull=True),
                name="open_unemployment",
            ),
            models.Index(fields=["until_on", "area"], condition=Q(until_on__isnull=False), name="ended_periods"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="status_period"
            ),
            models.CheckConstraint(
                condition=Q(status="unemployed", employer__isnull=True) & ~Q(reason="")
                | Q(status="employed") & ~Q(category=""),
                name="status_is_whole",
            ),
        ]


class WithdrawnRegistration(models.Model):
    """A registration that was taken back within minutes: it never took effect, but its number was given out."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=10, choices=Status)
    content = models.JSONField()
    registered_at = models.DateTimeField()
    registered_by = models.BigIntegerField()
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
