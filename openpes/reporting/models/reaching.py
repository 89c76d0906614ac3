"""How employers are reminded, and who of the office calls them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.reporting.choices import CallOutcome, Through


class ReminderQuerySet(ScopedQuerySet):
    def answerable_at(self, at: datetime) -> Self:
        """Reminders whose link was not used and has not run out."""
        return self.filter(used_at__isnull=True, expires_at__gt=at)


class Reminder(models.Model):
    """An employer was reminded of a report; the link in the message is answered once, without signing in."""

    area = AreaField(db_index=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    period_from_on = models.DateField()
    number = models.PositiveSmallIntegerField()
    through = models.CharField(max_length=4, choices=Through)
    digest = models.CharField(max_length=64, unique=True)
    message = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "period_from_on", "number"], name="reminded_once_each_time"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="reminder_runs_out_later"),
        ]


class CallQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Calls that somebody has taken up and not told the outcome of."""
        return self.filter(outcome="")


class Call(models.Model):
    """A telephone call to an employer: taken up by one member of staff, and what came of it."""

    area = AreaField(db_index=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    taken_by = models.BigIntegerField()
    outcome = models.CharField(max_length=9, choices=CallOutcome, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    told_at = models.DateTimeField(null=True)
    again_on = models.DateField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["employer"], condition=Q(outcome=""), name="called_by_one_at_a_time"),
            models.UniqueConstraint(fields=["taken_by"], condition=Q(outcome=""), name="one_call_at_a_time"),
            models.CheckConstraint(
                condition=Q(outcome="", told_at__isnull=True) | ~Q(outcome="") & Q(told_at__isnull=False),
                name="call_outcome_told",
            ),
        ]
