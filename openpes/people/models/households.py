"""Households and who belongs to them."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, PeriodQuerySet, ScopedQuerySet
from openpes.people.choices import MemberEnd
from openpes.people.models.persons import Person


class HouseholdQuerySet(ScopedQuerySet):
    def with_booklet(self, booklet_no: str) -> Self:
        """The households with this booklet number."""
        return self.filter(booklet_no=booklet_no)


class Household(models.Model):
    """People who share one household booklet."""

    area = AreaField(db_index=True)
    booklet_no = models.CharField(max_length=30, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=4, blank=True, default="")
    farmland_mu = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    land_taken = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "booklet_no"], condition=~Q(booklet_no=""), name="household_booklet_once"
            )
        ]


class HouseholdMember(models.Model):
    """A person's place in a household, from when to when; one household at a time, and a household one head a day."""

    area = AreaField(db_index=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, blank=True, default="")
    is_head = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=8, choices=MemberEnd, blank=True, default="", db_default="")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["household", "-is_head", "person"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="membership_period"
            ),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(until_on__isnull=False), name="membership_ended_for_a_reason"
            ),
        ]
