"""Matters that people brought to an office, who answers for each, and hand-overs between colleagues."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.access.models import Account
from openpes.kernel import AreaField, HandsField, ScopedQuerySet
from openpes.matters.choices import HandOverAnswer, Outcome, Subject, Told
from openpes.network.models import ServicePoint
from openpes.people.models import Person


class MatterQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Matters whose outcome the person has not been told yet."""
        return self.filter(closed_at=None)


class Matter(models.Model):
    """Something for which a person asked an office; it ends with an outcome that the person was told.

    Who answers for it stands in `Responsibility`: exactly one officer at each moment until it ends.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=20, choices=Subject)
    asked = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True, default="")
    answer = models.CharField(max_length=500, blank=True, default="")
    told = models.CharField(max_length=10, choices=Told, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["area", "due_on"], condition=Q(closed_at__isnull=True), name="open_matters")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="", answer="", told="")
                | Q(closed_at__isnull=False, closed_by__isnull=False) & ~(Q(outcome="") | Q(answer="") | Q(told="")),
                name="matter_ends_with_an_outcome",
            ),
        ]


class ResponsibilityQuerySet(ScopedQuerySet):
    def present(self) -> Self:
        """Who answers now."""
        return self.filter(until_at=None)


class Responsibility(models.Model):
    """That an officer answers for a matter, from the moment of being asked or of accepting it to the next."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Account, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        ordering = ["matter", "id"]
        indexes = [models.Index(fields=["officer"], condition=Q(until_at__isnull=True), name="matters_of_an_officer")]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(until_at__isnull=True), name="one_officer_answers_for_a_matter"
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="responsibility_period"
            ),
        ]


class HandOverQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Proposals that nobody has answered or taken back."""
        return self.filter(answer="")


class HandOver(models.Model):
    """A proposal that a colleague, or somebody of an office, answers for a matter from now on.

    Until it is accepted by somebody with a name, the one who proposed it goes on answering. `list_no` joins those that
    were proposed together, when a whole list was handed over.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    from_officer = models.ForeignKey(Account, models.PROTECT, related_name="+")
    to_officer = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    to_point = models.ForeignKey(ServicePoint, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    list_no = models.UUIDField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField()
    proposed_hands = HandsField()
    due_on = models.DateField()
    answer = models.CharField(max_length=10, choices=HandOverAnswer, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["to_officer"], condition=Q(answer=""), name="hand_overs_offered")]
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(answer=""), name="one_waiting_hand_over"),
            models.CheckConstraint(
                condition=Q(to_officer__isnull=False, to_point__isnull=True)
                | Q(to_officer__isnull=True, to_point__isnull=False),
                name="hand_over_to_one",
            ),
            models.CheckConstraint(condition=~Q(to_officer=F("from_officer")), name="hand_over_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="hand_over_answered_whole",
            ),
            models.CheckConstraint(
                condition=~Q(answer=HandOverAnswer.ACCEPTED) | ~Q(answered_by=F("from_officer")),
                name="hand_over_accepted_by_another",
            ),
        ]
