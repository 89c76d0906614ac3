"""Facts, since when each kind is kept, and the rows that have to be looked at again."""

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.statistics.choices import FactKind


class FactQuerySet(ScopedQuerySet):
    def of_kinds(self, *kinds: int) -> Self:
        """Facts of these kinds."""
        return self.filter(kind__in=kinds)

    def counted_before(self, day: date) -> Self:
        """Facts that count before a day: what they add up to is the stock at its start."""
        return self.filter(counted_on__lt=day)

    def counted_within(self, from_on: date, until_on: date) -> Self:
        """Facts that count on the days `[from_on, until_on)`."""
        return self.filter(counted_on__gte=from_on, counted_on__lt=until_on)


class Fact(models.Model):
    """On a day a number of something began or ended somewhere; never changed, never deleted, only answered by another.

    The columns mean what `engine.figures.Facts` says. `subject` is the id of the row behind, in the table of the kind.
    The table is partitioned by month of `counted_on`, so the id alone is no key of the database: no row is ever
    addressed by it.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    happened_on = models.DateField()
    counted_on = models.DateField()
    number = models.IntegerField()
    occupation = models.IntegerField(default=0)
    kind = models.SmallIntegerField(choices=FactKind)
    industry = models.SmallIntegerField(default=0)
    unit_type = models.SmallIntegerField(default=0)
    economic_type = models.SmallIntegerField(default=0)
    sex = models.SmallIntegerField(default=0)
    age = models.SmallIntegerField(default=0)
    education = models.SmallIntegerField(default=0)
    skill = models.SmallIntegerField(default=0)
    person_group = models.SmallIntegerField(default=0)
    area = AreaField()

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["counted_on", "id"]
        indexes = [
            models.Index(fields=["subject", "kind"], name="facts_of_a_subject"),
            BrinIndex(fields=["kind"], autosummarize=True, pages_per_range=32, name="facts_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(number=0), name="fact_counts"),
            models.CheckConstraint(condition=models.Q(counted_on__gte=models.F("happened_on")), name="fact_not_early"),
        ]


class FactOpening(models.Model):
    """That a kind of facts is kept since a moment; what had happened before then counts on its own day."""

    kind = models.SmallIntegerField(primary_key=True, choices=FactKind)
    opened_at = models.DateTimeField()
    rebuilt_at = models.DateTimeField()

    class Meta:
        ordering = ["kind"]


class DueSubject(models.Model):
    """A row of the register of which something was told, so that its facts have to be looked at again."""

    source = models.SmallIntegerField()  # a FactSource
    subject = models.BigIntegerField()
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
