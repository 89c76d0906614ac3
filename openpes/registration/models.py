"""Registrations: employment and unemployment as periods that never overlap, and the wish for a job."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.registration.choices import Status


class PeriodQuerySet(ScopedQuerySet):
    def in_force_on(self, day: date) -> Self:
        """Rows whose period `[from_on, until_on)` holds the day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)

    def overlapping(self, from_on: date, until_on: date) -> Self:
        """Rows valid on any day of `[from_on, until_on)`."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=from_on), from_on__lt=until_on)


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
    note = models.CharField(max_length=300, blank=True, default="")
    registered_at = models.DateTimeField()
    registered_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["person", "from_on"]
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


class JobWish(models.Model):
    """What a registered job seeker looks for; without occupations the seeker takes any (无要求)."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    occupations = ArrayField(models.CharField(max_length=10), default=list, blank=True, size=3)
    places = ArrayField(AreaField(), default=list, blank=True, size=3)
    only_these_places = models.BooleanField(default=False)
    min_pay_fen = models.PositiveBigIntegerField(default=0)
    experience_years = models.PositiveSmallIntegerField(default=0)
    category = models.CharField(max_length=2)
    wants_training = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    registered_at = models.DateTimeField()
    registered_by = models.BigIntegerField()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="wish_period"
            ),
        ]
