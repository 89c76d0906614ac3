"""Registrations that leave the city with a certificate of transfer, and those that come with another city's."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.registration.models.periods import StatusPeriod


class TransferOutQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        """Certificates of transfer that were not taken back."""
        return self.filter(taken_back_at=None)


class TransferOut(models.Model):
    """An unemployment registration that another city goes on with, and the certificate of transfer about it."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    period = models.ForeignKey(StatusPeriod, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    to_place = models.CharField(max_length=6)
    to_office = models.CharField(max_length=120, blank=True, default="")
    since_on = models.DateField()
    left_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=3)
    token = models.CharField(max_length=32, unique=True)
    code = models.CharField(max_length=8)
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.BigIntegerField(null=True)
    taken_back_why = models.CharField(max_length=300, blank=True, default="")

    objects = TransferOutQuerySet.as_manager()

    class Meta:
        ordering = ["person", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"], condition=Q(taken_back_at__isnull=True), name="one_transfer_out_of_a_registration"
            ),
            models.CheckConstraint(condition=Q(left_on__gte=F("since_on")), name="transfer_out_period"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_why="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_why=""),
                name="transfer_out_taken_back_whole",
            ),
        ]


class TransferIn(models.Model):
    """What the certificate of another city tells about an unemployment that goes on here: since when, how long."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    period = models.OneToOneField(StatusPeriod, models.CASCADE, related_name="+")
    from_place = models.CharField(max_length=6)
    from_office = models.CharField(max_length=120)
    paper_number = models.CharField(max_length=40)
    paper_issued_on = models.DateField()
    since_on = models.DateField()
    left_on = models.DateField()
    months = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField()
    received_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["person", "id"]
        constraints = [
            models.UniqueConstraint(fields=["from_place", "paper_number"], name="paper_of_another_city_once"),
            models.CheckConstraint(condition=Q(left_on__gte=F("since_on")), name="transfer_in_period"),
        ]
