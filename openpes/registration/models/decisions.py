"""Decisions with the facts that they stood on, corrections of those facts, and appeals."""

from typing import Self

from django.db import models
from django.db.models import Q

from openpes.kernel import AreaField, HandsField, ScopedQuerySet, by_another
from openpes.people.models import Person
from openpes.registration.choices import ADVERSE, Outcome, Ruling, Subject


class DecisionQuerySet(ScopedQuerySet):
    def adverse(self) -> Self:
        """Decisions against the person, which can be appealed against."""
        return self.filter(outcome__in=ADVERSE)


class Decision(models.Model):
    """What was decided about a person on a day, with the facts told and how each rule stood by that day's law."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=12, choices=Subject)
    number = models.CharField(max_length=20, blank=True, default="")
    on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    facts = models.JSONField()
    results = models.JSONField()
    decided_at = models.DateTimeField()
    decided_by = models.BigIntegerField()
    decided_hands = HandsField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["person", "on", "id"]
        indexes = [models.Index(fields=["person", "on"], name="decision_by_person")]


class FactCorrection(models.Model):
    """A fact of a decision that turned out to be otherwise; the decision keeps both."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    fact = models.CharField(max_length=20)
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)
    why = models.CharField(max_length=300)
    corrected_at = models.DateTimeField()
    corrected_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["decision", "id"]


class AppealQuerySet(ScopedQuerySet):
    def undecided(self) -> Self:
        """Appeals that wait for their ruling."""
        return self.filter(decided_at=None)


class Appeal(models.Model):
    """A person's word against a refusal or an end, ruled by another officer than the one who decided first."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    first_by = models.BigIntegerField()
    first_hands = HandsField()
    grounds = models.CharField(max_length=1000)
    filed_on = models.DateField()
    due_on = models.DateField()
    filed_at = models.DateTimeField()
    filed_by = models.BigIntegerField()
    ruling = models.CharField(max_length=10, choices=Ruling, blank=True, default="")
    ruling_reason = models.CharField(max_length=1000, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_hands = HandsField(null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            by_another("decided_hands", "first_hands", name="appeal_by_another"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decided_hands__isnull=True, ruling="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, decided_hands__isnull=False)
                & ~Q(ruling="")
                & ~Q(ruling_reason=""),
                name="ruling_is_whole",
            ),
        ]
