"""Groups to which persons belong."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, HandsField, PeriodQuerySet, by_another
from openpes.people.choices import GroupEnd, GroupOutcome
from openpes.people.models.persons import Person

DERIVED = (50, 201)  # the groups of `engine.groups` that the law derives; nobody types them


class GroupMembershipQuerySet(PeriodQuerySet):
    def recognised(self) -> Self:
        """Memberships that count."""
        return self.filter(outcome=GroupOutcome.RECOGNISED)

    def waiting(self) -> Self:
        """Memberships that wait for the second officer."""
        return self.filter(outcome="")

    def ending_by(self, day: date) -> Self:
        """Recognised memberships whose first day without them lies on or before a day."""
        return self.recognised().filter(until_on__isnull=False, until_on__lte=day)


class GroupMembership(models.Model):
    """That a person belongs to a group for a period, by which evidence, and which officers recognised it.

    One membership of a group at a time. A group of hard-to-employ persons is entered by one officer and recognised by
    another; until then it counts for nothing.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    group = models.PositiveSmallIntegerField()
    evidence = models.CharField(max_length=20)
    evidence_no_sealed = models.BinaryField(null=True)
    evidence_mask = models.CharField(max_length=30, blank=True, default="")
    evidence_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")
    wants_two = models.BooleanField()
    entered_at = models.DateTimeField()
    entered_by = models.BigIntegerField()
    entered_hands = HandsField()
    entered_office = models.CharField(max_length=120, blank=True, default="")
    outcome = models.CharField(max_length=10, choices=GroupOutcome, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_hands = HandsField(null=True)
    decided_office = models.CharField(max_length=120, blank=True, default="")
    refusal = models.CharField(max_length=300, blank=True, default="")
    end_kind = models.CharField(max_length=8, choices=GroupEnd, blank=True, default="")
    end_reason = models.CharField(max_length=300, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        ordering = ["person", "-from_on", "-id"]
        indexes = [models.Index(fields=["until_on"], name="group_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="group_period"
            ),
            models.CheckConstraint(condition=~Q(group__in=DERIVED), name="derived_groups_are_not_typed"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True, decided_hands__isnull=True)
                | ~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False, decided_hands__isnull=False),
                name="group_decided_whole",
            ),
            by_another("decided_hands", "entered_hands", name="group_four_eyes", where=Q(wants_two=True)),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(refusal=""), name="group_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(end_kind="", ended_by__isnull=True)
                | Q(outcome="recognised", ended_by__isnull=False, until_on__isnull=False)
                & ~Q(end_kind="")
                & ~Q(end_reason=""),
                name="group_ended_whole",
            ),
        ]
