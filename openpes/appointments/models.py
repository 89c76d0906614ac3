"""Appointments at windows of service points, and the list of those who are told when a time is free again."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.appointments.choices import AHEAD, AppointmentState, RecallEnd
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.network.choices import WindowPurpose
from openpes.network.models import ServicePoint
from openpes.people.models import Person


class AppointmentQuerySet(ScopedQuerySet):
    def ahead(self) -> Self:
        """Those that are booked, or offered for a time."""
        return self.filter(state__in=AHEAD)

    def between(self, begins: datetime, ends: datetime) -> Self:
        """Those that begin in `[begins, ends)`, in their order."""
        return self.filter(starts_at__gte=begins, starts_at__lt=ends).order_by("starts_at", "window", "id")


class Appointment(models.Model):
    """A person's time at a window of a service point; `held_until` says how long an offer from the recall list waits.

    Whatever the code does, two appointments that hold a window never overlap (exclusion constraint).
    """

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=WindowPurpose)
    window = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AppointmentState)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    held_until = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["point", "starts_at"], name="appointments_of_a_day")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_takes_time"),
            models.CheckConstraint(condition=Q(window__gte=1, window__lte=99), name="appointment_at_a_window"),
            models.CheckConstraint(
                condition=~Q(state=AppointmentState.OFFERED) | Q(held_until__isnull=False), name="offer_has_an_end"
            ),
            models.UniqueConstraint(
                fields=["person", "point", "purpose"], condition=Q(state__in=AHEAD), name="one_appointment_ahead"
            ),
        ]

    @property
    def number(self) -> str:
        """The number by which the appointment is named at the counter."""
        return f"Y{self.pk:06d}"


class RecallQuerySet(ScopedQuerySet):
    def waiting_on(self, day: date) -> Self:
        """Those who would come on a day, the longest waiting first."""
        return self.filter(closed_at=None, from_on__lte=day, until_on__gt=day).order_by("asked_at", "id")


class Recall(models.Model):
    """That somebody wants to be told when a time is free again, for days in `[from_on, until_on)`."""

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=WindowPurpose)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    closed_at = models.DateTimeField(null=True)
    closed_for = models.CharField(max_length=10, choices=RecallEnd, blank=True, default="")

    objects = RecallQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "point", "purpose"], condition=Q(closed_at__isnull=True), name="one_recall_each"
            ),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="recall_period"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_for="") | Q(closed_at__isnull=False) & ~Q(closed_for=""),
                name="recall_closed_for_a_reason",
            ),
        ]
