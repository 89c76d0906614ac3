"""What readers report about a public advertisement."""

from typing import Self

from django.db import models
from django.db.models import Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.kernel.hands import HandsField
from openpes.vacancies.choices import Finding, ReportReason
from openpes.vacancies.models.holds import Hold
from openpes.vacancies.models.vacancies import Vacancy


class AdvertReportQuerySet(ScopedQuerySet):
    def unlooked(self) -> Self:
        """Reports that nobody judged yet."""
        return self.filter(finding="")


class AdvertReport(models.Model):
    """A reader of the public page says what is wrong with an advertisement; who it was stays sealed or unknown."""

    area = AreaField(db_index=True)
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=14, choices=ReportReason)
    words = models.CharField(max_length=500, blank=True, default="")
    phone_sealed = models.BinaryField(null=True)
    phone_mask = models.CharField(max_length=20, blank=True, default="")
    asker = models.BinaryField()  # a keyed digest of the address, so that one household counts once
    counts = models.BooleanField(default=True)  # not, when earlier reports from there were abuse
    reported_at = models.DateTimeField()
    reported_on = models.DateField()
    due_on = models.DateField(null=True)  # by when somebody looks
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="+")
    finding = models.CharField(max_length=10, choices=Finding, blank=True, default="")
    answer = models.CharField(max_length=600, blank=True, default="")
    judged_at = models.DateTimeField(null=True)
    judged_by = models.BigIntegerField(null=True)
    judged_hands = HandsField(null=True)

    objects = AdvertReportQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "asker"], condition=Q(finding=""), name="report_waits_once_for_each_asker"
            ),
            models.CheckConstraint(
                condition=Q(finding="", judged_at__isnull=True) | ~Q(finding="") & Q(judged_at__isnull=False),
                name="report_judged_with_finding",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "reported_at"], name="reports_unlooked", condition=Q(finding="")),
            models.Index(fields=["asker", "judged_at"], name="reports_by_asker"),
        ]
