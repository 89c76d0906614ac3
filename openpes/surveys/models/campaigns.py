"""Campaigns, the villages in them, and which officer has which village."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.access.models import Account
from openpes.engine.questionnaires import Questionnaire, questionnaire_version
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.surveys.choices import CampaignState, VillageState


class CampaignQuerySet(ScopedQuerySet):
    def concerning(self, scope: str) -> Self:
        """Campaigns inside an area and those of the areas above it; none without a scope."""
        if not scope:
            return self.none()
        above = [scope[:length] for length in (4, 6, 9, 12) if length < len(scope)]
        return self.filter(Q(area__gte=scope, area__lt=scope + "~") | Q(area__in=above))

    def running(self) -> Self:
        """Campaigns in which answers may come in."""
        return self.filter(state=CampaignState.RUNNING)


class Campaign(models.Model):
    """A labour survey of an area in a period `[from_on, until_on)`, asking what was so on the reference day."""

    area = AreaField(db_index=True)
    title = models.CharField(max_length=100)
    questionnaire = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField()
    reference_on = models.DateField()
    state = models.CharField(max_length=10, choices=CampaignState, default=CampaignState.PLANNED)
    ordered_by = models.BigIntegerField()
    ordered_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="campaign_period"),
            models.CheckConstraint(
                condition=Q(state="planned", started_at__isnull=True, closed_at__isnull=True)
                | Q(state="running", started_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", started_at__isnull=False, closed_at__isnull=False, closed_by__isnull=False),
                name="campaign_states_are_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def asked(self) -> Questionnaire:
        """The version of the questions with which it was ordered."""
        return questionnaire_version(self.questionnaire, self.version)


class SurveyVillage(models.Model):
    """A village in a campaign; in the round after a failed spot-check its households are surveyed again."""

    area = AreaField(db_index=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    questionnaire = models.CharField(max_length=30)
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=VillageState, default=VillageState.OPEN)
    closed_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["area", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "area"], name="village_once_a_campaign"),
            models.UniqueConstraint(
                fields=["area", "questionnaire"],
                condition=Q(closed_at__isnull=True),
                name="village_surveyed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(state="checking"), name="village_closed_without_open_check"
            ),
        ]


class AssignmentQuerySet(ScopedQuerySet):
    def in_hand(self) -> Self:
        """Villages that their officer has now."""
        return self.filter(until_at=None)


class Assignment(models.Model):
    """An officer has a village in a campaign, from when to when; what ended stays as history."""

    area = AreaField(db_index=True)
    village = models.ForeignKey(SurveyVillage, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    assigned_by = models.BigIntegerField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["village", "-from_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["village"], condition=Q(until_at=None), name="village_has_one_officer"),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="assignment_period"
            ),
        ]
