"""Persons, their households, and where they live."""

from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.kernel import Actor, AreaField, PeriodQuerySet, ScopedQuerySet, Sensitive
from openpes.people.choices import Sex


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


class PersonQuerySet(ScopedQuerySet):
    def held_by(self, by: Actor) -> Self:
        """Persons for whom an actor may act: those of its area, or itself."""
        return self.filter(pk=by.person) if by.person else self.visible_to(by.scope)

    def named(self, name: str) -> Self:
        """Persons with exactly this name."""
        return self.filter(name=name)

    def with_initials(self, initials: str) -> Self:
        """Persons whose pinyin initials begin like this."""
        return self.filter(initials__gte=initials, initials__lt=initials + "~")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=False)
class Person(models.Model):
    """One resident, registered once: the identity number is sealed and found by its blind index."""

    area = AreaField(db_index=True)
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=40, db_collation="C", blank=True, default="")
    id_number_sealed = models.BinaryField()
    id_number_index = models.BinaryField(max_length=16, unique=True)
    id_tail_index = models.BinaryField(max_length=16, db_index=True)
    id_mask = models.CharField(max_length=18)
    sex = models.CharField(max_length=1, choices=Sex)
    born_on = models.DateField()
    ethnic_group = models.CharField(max_length=2, blank=True, default="")
    education = models.CharField(max_length=2, blank=True, default="")
    hukou = models.CharField(max_length=2, blank=True, default="")
    marital = models.CharField(max_length=2, blank=True, default="")
    skill_level = models.CharField(max_length=2, blank=True, default="")
    skills = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    phone_sealed = models.BinaryField(null=True)
    phone_index = models.BinaryField(max_length=16, null=True, db_index=True)
    phone_mask = models.CharField(max_length=20, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["initials", "id"], name="person_by_initials"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the person; settings name a richer one of a higher room (ABSOLUTE_URL_OVERRIDES)."""
        from django.urls import reverse

        return reverse("people:edit", args=[self.pk])

    def id_number(self) -> Sensitive:
        """The identity number, masked until it is revealed."""
        from openpes.kernel.sensitive import unseal

        return Sensitive(unseal(self.id_number_sealed, context="person.id_number"), self.id_mask)

    def phone(self) -> Sensitive | None:
        """The telephone number, masked until it is revealed."""
        from openpes.kernel.sensitive import unseal

        if self.phone_sealed is None:
            return None
        return Sensitive(unseal(self.phone_sealed, context="person.phone"), self.phone_mask)


class Residence(models.Model):
    """Where a person lives, from when to when; one place at a time."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["person", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="residence_period"
            )
        ]


class HouseholdMember(models.Model):
    """A person's place in a household, from when to when; one household at a time."""

    area = AreaField(db_index=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, blank=True, default="")
    is_head = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["household", "-is_head", "person"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="membership_period"
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(is_head=True, until_on__isnull=True), name="household_one_head"
            ),
        ]


class LedgerEntry(models.Model):
    """What a rural ledger said about a person on a day: what people's other tables do not hold.

    Codes are those of the sets `rural_status`, `rural_work_area`, `rural_work_way`, `rural_intent` and
    `rural_household_type`; income is a year's. What concerns the household stands in the entry of its head.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    surveyed_on = models.DateField()
    status = models.CharField(max_length=2, blank=True, default="")
    industry = models.CharField(max_length=5, blank=True, default="")
    work_area = models.CharField(max_length=2, blank=True, default="")
    work_way = models.CharField(max_length=2, blank=True, default="")
    income_fen = models.PositiveBigIntegerField(null=True)
    training_wish = models.CharField(max_length=60, blank=True, default="")
    intention = models.CharField(max_length=2, blank=True, default="")
    farmland_mu = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    land_taken = models.BooleanField(null=True)
    hardship = models.CharField(max_length=2, blank=True, default="")
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["person", "-surveyed_on", "-id"]
        indexes = [models.Index(fields=["person", "-surveyed_on", "-id"], name="ledger_by_person")]
