"""The queue of a hall: numbers that people take, and the windows to which they are called."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from openpes.appointments.models import Appointment
from openpes.counter.choices import IN_HAND, TicketState
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.network.choices import WindowPurpose
from openpes.network.models import ServicePoint


class TicketSeries(models.Model):
    """The last number that was given for one purpose at one point on one day."""

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+")
    taken_on = models.DateField()
    purpose = models.CharField(max_length=20, choices=WindowPurpose)
    last = models.PositiveIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "taken_on", "purpose"], name="ticket_series_once")]


class TicketQuerySet(ScopedQuerySet):
    def of(self, point: int, day: date) -> Self:
        """The numbers of a point on a day."""
        return self.filter(point=point, taken_on=day)

    def waiting(self) -> Self:
        """Those that wait, in the order in which they are called: entitled to go first, then by the time of coming."""
        return self.filter(state=TicketState.WAITING).order_by("-goes_first", "ready_at", "pk")

    def in_hand(self) -> Self:
        """Those that are called or stand at a window."""
        return self.filter(state__in=IN_HAND)


class Ticket(models.Model):
    """A place in the queue of a service point on one day; it says nothing about who holds it.

    `ready_at` decides the order: the time of coming, which a transfer keeps, or of coming back after missing a call, or
    a head start before the time of an appointment.
    """

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+")
    taken_on = models.DateField()
    purpose = models.CharField(max_length=20, choices=WindowPurpose)
    letter = models.CharField(max_length=1)
    serial = models.PositiveIntegerField()
    goes_first = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=TicketState, default=TicketState.WAITING)
    taken_at = models.DateTimeField()
    ready_at = models.DateTimeField()
    first_called_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    window = models.PositiveSmallIntegerField(null=True)
    called_by = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    appointment = models.OneToOneField(Appointment, models.PROTECT, null=True, related_name="+")

    objects = TicketQuerySet.as_manager()

    class Meta:
        ordering = ["point", "taken_on", "pk"]
        indexes = [models.Index(fields=["point", "taken_on", "state"], name="ticket_of_a_day")]
        constraints = [
            models.UniqueConstraint(fields=["point", "taken_on", "letter", "serial"], name="ticket_once"),
            models.UniqueConstraint(
                fields=["point", "taken_on", "window"], condition=Q(state__in=IN_HAND), name="one_ticket_a_window"
            ),
            models.UniqueConstraint(
                fields=["taken_on", "called_by"], condition=Q(state__in=IN_HAND), name="one_ticket_an_officer"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=IN_HAND) | Q(window__isnull=False, called_by__isnull=False),
                name="ticket_in_hand_has_window",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number as it is printed and shown, such as B012; the letter stays when it is handed on."""
        return f"{self.letter}{self.serial:03d}"
