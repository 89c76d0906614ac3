"""Spot-checks: which households were drawn, what they answered the second time, and who marked the result."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.surveys.choices import OPEN_CHECKS, CheckState
from openpes.surveys.models.answers import SurveyAnswer, SurveyHousehold
from openpes.surveys.models.campaigns import SurveyVillage


class SpotCheck(models.Model):
    """Finished households of a village drawn at random and asked again; its result stands by two persons' marks.

    `pool` holds the households from which it was drawn, so that the seed draws the same ones again.
    """

    area = AreaField(db_index=True)
    village = models.ForeignKey(SurveyVillage, models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=32)
    pool = ArrayField(models.BigIntegerField())
    per_cent = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()
    error_per_cent = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.DRAWN)
    drawn_by = models.BigIntegerField()
    drawn_at = models.DateTimeField()
    compared = models.PositiveIntegerField(default=0)
    different = models.PositiveIntegerField(default=0)
    first_by = models.BigIntegerField(null=True)
    first_at = models.DateTimeField(null=True)
    second_by = models.BigIntegerField(null=True)
    second_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["village"], condition=Q(state__in=OPEN_CHECKS), name="one_open_check"),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | (Q(first_by__isnull=False) & ~Q(second_by=F("first_by"))),
                name="check_marked_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_CHECKS) | Q(first_by__isnull=False, second_by__isnull=False),
                name="check_concluded_by_two",
            ),
            models.CheckConstraint(condition=Q(different__lte=F("compared")), name="check_counts"),
        ]


class CheckedHousehold(models.Model):
    """A household that was drawn, the answer in question, and what was told the second time, by another officer."""

    area = AreaField(db_index=True)
    check_of = models.ForeignKey(SpotCheck, models.PROTECT, related_name="+")
    household = models.ForeignKey(SurveyHousehold, models.PROTECT, related_name="+")
    answer = models.ForeignKey(SurveyAnswer, models.PROTECT, related_name="+")
    surveyed_by = models.BigIntegerField()
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(null=True)
    is_met = models.BooleanField(null=True)
    told_sealed = models.BinaryField(null=True)
    compared = models.PositiveSmallIntegerField(default=0)
    different = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["check_of", "household"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "household"], name="household_once_a_check"),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | ~Q(asked_by=F("surveyed_by")), name="asked_again_by_another"
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True, asked_at__isnull=True, is_met__isnull=True)
                | Q(asked_by__isnull=False, asked_at__isnull=False, is_met__isnull=False),
                name="asked_again_is_dated",
            ),
        ]
