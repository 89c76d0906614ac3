"""Households in a campaign, and what they answered, as it was given."""

import json
from typing import Any, Self

from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.kernel.sensitive import seal, unseal
from openpes.people.models import Household, Person
from openpes.surveys.choices import DONE, SHOWN_STATES, HouseholdState, Outcome, Way
from openpes.surveys.models.campaigns import SurveyVillage

CONTEXT = "survey.answer"


def sealed(told: dict[str, Any]) -> bytes:
    """What was told, sealed."""
    return seal(json.dumps(told, ensure_ascii=False, sort_keys=True), context=CONTEXT)


def unsealed(content: bytes) -> dict[str, Any]:
    """What was told, opened for somebody who may see the household."""
    return dict(json.loads(unseal(bytes(content), context=CONTEXT)))


class SurveyHouseholdQuerySet(ScopedQuerySet):
    def done(self) -> Self:
        """Households that need no further visit."""
        return self.filter(state__in=DONE)

    def shown(self, which: str) -> Self:
        """The households behind a figure of the board."""
        return self.filter(state__in=SHOWN_STATES[which])


class SurveyHousehold(models.Model):
    """A household that a campaign visits: its number on the village's list, and what is known so far.

    `answer` is the last visit; `visits` counts those of this round.
    """

    area = AreaField(db_index=True)
    village = models.ForeignKey(SurveyVillage, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=HouseholdState, default=HouseholdState.OPEN)
    visits = models.PositiveSmallIntegerField(default=0)
    answer = models.ForeignKey("surveys.SurveyAnswer", models.PROTECT, null=True, related_name="+")

    objects = SurveyHouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["village", "number"]
        indexes = [models.Index(fields=["village", "state"], name="survey_progress")]
        constraints = [
            models.UniqueConstraint(fields=["village", "household"], name="household_once_a_village"),
            models.UniqueConstraint(fields=["village", "number"], name="household_number_once"),
        ]


class SurveyAnswer(models.Model):
    """One visit to a household as the officer told it; nobody changes it, the next visit follows it."""

    area = AreaField(db_index=True)
    household = models.ForeignKey(SurveyHousehold, models.PROTECT, related_name="+")
    follows = models.BigIntegerField(default=0)
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    way = models.CharField(max_length=10, choices=Way)
    told_sealed = models.BinaryField()
    changed = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True, default="")
    surveyed_on = models.DateField()
    surveyed_by = models.BigIntegerField()
    behalf = models.BigIntegerField(default=0)
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["household", "id"]
        constraints = [models.UniqueConstraint(fields=["household", "follows"], name="one_answer_follows_another")]

    def told(self) -> dict[str, Any]:
        """What was told about the household, by question."""
        return unsealed(self.told_sealed)

    @property
    def hands(self) -> frozenset[int]:
        """Everybody who had a hand in it."""
        return frozenset({self.surveyed_by, self.recorded_by, self.behalf} - {0})


class MemberAnswer(models.Model):
    """What was told about one member at a visit, sealed with what was known before; nobody changes it."""

    area = AreaField(db_index=True)
    answer = models.ForeignKey(SurveyAnswer, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    left = models.BooleanField(default=False)
    told_sealed = models.BinaryField()
    changed = models.JSONField(default=list)
    became = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["answer", "id"]
        constraints = [models.UniqueConstraint(fields=["answer", "person"], name="member_once_an_answer")]

    def told(self) -> dict[str, Any]:
        """`told` by question, and `before` as the file said it."""
        return unsealed(self.told_sealed)
