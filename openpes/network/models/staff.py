"""Who works where, which certificates they hold, how their years were judged, and what village officers are due."""

from django.db import models
from django.db.models import F, Q

from openpes.access.models import Account
from openpes.kernel import AreaField, PeriodQuerySet, ScopedQuerySet
from openpes.network.choices import YearGrade
from openpes.network.models.points import ServicePoint


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


class StaffCertificate(models.Model):
    """A certificate of a member of staff after an examination, valid in `[from_on, until_on)` unless struck before."""

    area = AreaField(db_index=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=40)
    examined_on = models.DateField()
    score = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField()
    struck_on = models.DateField(null=True)
    struck_for = models.CharField(max_length=200, blank=True, default="")
    recorded_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["account", "kind", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="certificate_number_once"),
            models.CheckConstraint(
                condition=Q(score__lte=100, until_on__gt=F("from_on"), examined_on__lte=F("from_on")),
                name="certificate_after_examination",
            ),
            models.CheckConstraint(condition=~Q(recorded_by=F("account")), name="certificate_by_somebody_else"),
        ]


class YearAssessment(models.Model):
    """How the work of a member of staff in a year was judged, by somebody else."""

    area = AreaField(db_index=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=20, choices=YearGrade)
    remark = models.CharField(max_length=300, blank=True, default="")
    assessed_by = models.BigIntegerField()
    assessed_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["account", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["account", "year"], name="assessment_once_a_year"),
            models.CheckConstraint(condition=~Q(assessed_by=F("account")), name="assessment_by_somebody_else"),
        ]


class SubsidyEntitlement(models.Model):
    """That a village officer is due the subsidy of a month; the money itself is paid elsewhere."""

    area = AreaField(db_index=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+")
    month_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    amount_fen = models.BigIntegerField()
    entitled_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-month_on", "area", "id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "month_on"], name="subsidy_once_a_month"),
            models.CheckConstraint(
                condition=Q(month_on__day=1, days__gte=1, amount_fen__gte=0), name="subsidy_of_a_month"
            ),
        ]
