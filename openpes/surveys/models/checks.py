"""Spot-checks: which households were drawn, what they answered the second time, and who marked the result."""

from collections.abc import Set
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, HandsField, ScopedQuerySet, by_another
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
    first_hands = HandsField(null=True)
    first_at = models.DateTimeField(null=True)
    second_by = models.BigIntegerField(null=True)
    second_hands = HandsField(null=True)
    second_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["village"], condition=Q(state__in=OPEN_CHECKS), name="one_open_check"),
            by_another("second_hands", "first_hands", name="check_marked_by_two"),
            models.CheckConstraint(
                condition=Q(first_by__isnull=True, first_hands__isnull=True)
                | Q(first_by__isnull=False, first_hands__isnull=False),
                name="check_first_hands",
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True, second_hands__isnull=True)
                | Q(second_by__isnull=False, second_hands__isnull=False, first_hands__isnull=False),
                name="check_second_hands",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_CHECKS) | Q(first_hands__isnull=False, second_hands__isnull=False),
                name="check_concluded_by_two",
            ),
            models.CheckConstraint(condition=Q(different__lte=F("compared")), name="check_counts"),
        ]


class CheckedHouseholdQuerySet(ScopedQuerySet):
    def blind_to(self, hands: Set[int]) -> Self:
        """Those whose second answer is still awaited, and may come from these accounts: they do not see the first."""
        awaited = self.filter(check_of__state=CheckState.DRAWN).exclude(is_met=True)
        return awaited.exclude(surveyed_hands__overlap=sorted(hands))


class CheckedHousehold(models.Model):
    """A household that was drawn, the answer in question, and what was told the second time, by another officer.

    `surveyed_hands` had a hand in the first answer; neither asks again, and both may see what they were told.
    """

    area = AreaField(db_index=True)
    check_of = models.ForeignKey(SpotCheck, models.PROTECT, related_name="+")
    household = models.ForeignKey(SurveyHousehold, models.PROTECT, related_name="+")
    answer = models.ForeignKey(SurveyAnswer, models.PROTECT, related_name="+")
    surveyed_by = models.BigIntegerField()
    surveyed_hands = HandsField()
    asked_by = models.BigIntegerField(null=True)
    asked_hands = HandsField(null=True)
    asked_at = models.DateTimeField(null=True)
    is_met = models.BooleanField(null=True)
    told_sealed = models.BinaryField(null=True)
    compared = models.PositiveSmallIntegerField(default=0)
    different = models.JSONField(default=list)

    objects = CheckedHouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["check_of", "household"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "household"], name="household_once_a_check"),
            by_another("asked_hands", "surveyed_hands", name="asked_again_by_another"),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True, asked_hands__isnull=True, asked_at__isnull=True, is_met__isnull=True)
                | Q(asked_by__isnull=False, asked_hands__isnull=False, asked_at__isnull=False, is_met__isnull=False),
                name="asked_again_is_dated",
            ),
        ]
