"""The duty to report vacancies, and the reports."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import Actor, AreaField, PeriodQuerySet, ScopedQuerySet
from openpes.reporting.choices import DutyGround, Rhythm, Still
from openpes.vacancies.choices import SignWay
from openpes.vacancies.models import Vacancy


class DutyQuerySet(PeriodQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees its own duty; staff see those of their area."""
        return self.filter(employer_id=actor.employer) if actor.employer else self.visible_to(actor.scope)


class Duty(models.Model):
    """That an employer reports its vacancies in a rhythm from a day on; `area` is the employer's."""

    area = AreaField(db_index=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=9, choices=Rhythm)
    ground = models.CharField(max_length=6, choices=DutyGround)
    words = models.CharField(max_length=300, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    set_at = models.DateTimeField()
    set_by = models.BigIntegerField()

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["employer", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="duty_period"
            )
        ]


class ReportQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees its own reports; staff see those of their area."""
        return self.filter(employer_id=actor.employer) if actor.employer else self.visible_to(actor.scope)


class Report(models.Model):
    """What an employer reported for one period of its rhythm, once; several acts in the period are one report."""

    area = AreaField(db_index=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    period_from_on = models.DateField()
    period_until_on = models.DateField()
    due_on = models.DateField()
    way = models.CharField(max_length=8, choices=SignWay)
    none_open = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-period_from_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "period_from_on"], name="reported_once_a_period"),
            models.CheckConstraint(condition=Q(period_until_on__gt=F("period_from_on")), name="report_period"),
        ]


class ReportLine(models.Model):
    """What an employer said of one vacancy; something that changed waits until the office has seen to it."""

    area = AreaField(db_index=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    said = models.CharField(max_length=7, choices=Still)
    words = models.CharField(max_length=300, blank=True, default="")
    said_at = models.DateTimeField()
    said_by = models.BigIntegerField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.BigIntegerField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-id"]
        indexes = [
            models.Index(
                fields=["area", "id"], name="changes_to_settle", condition=Q(said="changed", settled_at__isnull=True)
            )
        ]
