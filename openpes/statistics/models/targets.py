"""What is aimed at: the target of an indicator in an area and a year, in versions; and what the public reads."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from openpes.kernel import AreaField, HandsField, ScopedQuerySet, by_another
from openpes.statistics.choices import TargetOutcome, WeightBasis


class TargetQuerySet(ScopedQuerySet):
    def agreed(self) -> Self:
        """Targets that were agreed to, whenever they begin to hold."""
        return self.filter(outcome=TargetOutcome.AGREED)

    def waiting(self) -> Self:
        """Targets that wait for the second officer."""
        return self.filter(outcome="")

    def in_force_on(self, day: date) -> Self:
        """Of each indicator, area and year the newest version that holds on a day."""
        newest = self.agreed().filter(from_on__lte=day).order_by("area", "indicator", "year", "-version")
        return self.filter(pk__in=newest.distinct("area", "indicator", "year").values("pk"))


class Target(models.Model):
    """What an indicator shall come to in an area by the end of a year; a change is a new version with its reason.

    A target of one's own is proposed by one officer and agreed to by another. One that is handed down names the target
    of the unit above (`parent`), what it was divided by and the weight: it needs no second look, the sum was agreed to.
    """

    area = AreaField(db_index=True)
    indicator = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    goal = models.DecimalField(max_digits=14, decimal_places=2)
    from_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True, default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=12, choices=WeightBasis, blank=True, default="")
    weight = models.PositiveBigIntegerField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField()
    proposed_hands = HandsField()
    outcome = models.CharField(max_length=8, choices=TargetOutcome, blank=True, default="")
    words = models.CharField(max_length=300, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_hands = HandsField(null=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["area", "indicator", "year", "version"]
        constraints = [
            models.UniqueConstraint(fields=["area", "indicator", "year", "version"], name="target_version_once"),
            models.UniqueConstraint(
                fields=["area", "indicator", "year"], condition=Q(outcome=""), name="one_target_waits"
            ),
            models.CheckConstraint(condition=Q(goal__gte=0, version__gte=1), name="target_amount"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="target_changed_for_a_reason"),
            by_another("decided_hands", "proposed_hands", name="target_two_pairs", where=Q(parent__isnull=True)),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, decided_by__isnull=True, decided_hands__isnull=True)
                | ~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False, decided_hands__isnull=False),
                name="target_decided_whole",
            ),
            models.CheckConstraint(condition=~Q(outcome="refused") | ~Q(words=""), name="target_refused_with_words"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, basis="", weight__isnull=True)
                | Q(parent__isnull=False, weight__isnull=False) & ~Q(basis=""),
                name="target_handed_down_whole",
            ),
        ]


class PublicBoard(models.Model):
    """The figures of the city as everybody may read them, made on a day, with the small numbers already hidden.

    It names no person and no office; `content` is what the page shows and nothing else.
    """

    made_on = models.DateField(unique=True)
    content = models.JSONField()
    made_at = models.DateTimeField()
    hidden = models.PositiveIntegerField()
    shown = models.PositiveIntegerField()

    class Meta:
        ordering = ["-made_on"]
