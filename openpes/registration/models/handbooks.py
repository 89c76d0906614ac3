"""The handbook of employment and unemployment: one a person, its copies, its lines, and who holds it."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import AreaField, HandsField, PeriodQuerySet, ScopedQuerySet, by_another
from openpes.people.models import Person
from openpes.registration.choices import CopyEnd, CopyReason, Holder, Line

LAST_SERIAL = 999_999


class Handbook(models.Model):
    """The one handbook of a person, known by its 16-digit number; its booklets come and go, the number stays."""

    area = AreaField(db_index=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    number = models.CharField(max_length=16, unique=True)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{16}$"), name="handbook_number")]


class HandbookSerial(models.Model):
    """The last serial number given out under a beginning of handbook numbers: county, household class, year."""

    prefix = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField()

    class Meta:
        ordering = ["prefix"]
        constraints = [models.CheckConstraint(condition=Q(last__lte=LAST_SERIAL), name="handbook_serial_fits")]


class HandbookCopyQuerySet(ScopedQuerySet):
    def awaited(self) -> Self:
        """Booklets that were asked for and not issued yet."""
        return self.filter(issued_at=None, ended_at=None)

    def living(self) -> Self:
        """Booklets that were not declared dead, issued or not."""
        return self.filter(ended_at=None)


class HandbookCopy(models.Model):
    """A paper booklet of a handbook, from the request to its end; at most one lives."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handbook = models.ForeignKey(Handbook, models.PROTECT, related_name="+")
    copy_no = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=8, choices=CopyReason)
    applied_on = models.DateField()
    due_on = models.DateField()
    applied_at = models.DateTimeField()
    applied_by = models.BigIntegerField()
    applied_hands = HandsField()
    issued_at = models.DateTimeField(null=True)
    issued_by = models.BigIntegerField(null=True)
    issued_hands = HandsField(null=True)
    token = models.CharField(max_length=32, null=True, unique=True)
    code = models.CharField(max_length=8, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    end_reason = models.CharField(max_length=8, choices=CopyEnd, blank=True, default="")

    objects = HandbookCopyQuerySet.as_manager()

    class Meta:
        ordering = ["handbook", "copy_no"]
        constraints = [
            models.UniqueConstraint(fields=["handbook", "copy_no"], name="handbook_copy_once"),
            models.UniqueConstraint(
                fields=["handbook"], condition=Q(ended_at__isnull=True), name="one_living_handbook_copy"
            ),
            models.CheckConstraint(
                condition=Q(
                    issued_at__isnull=True, issued_by__isnull=True, issued_hands__isnull=True, token__isnull=True
                )
                | Q(issued_at__isnull=False, issued_by__isnull=False, issued_hands__isnull=False, token__isnull=False),
                name="handbook_copy_issued_whole",
            ),
            by_another("issued_hands", "applied_hands", name="handbook_copy_four_eyes"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="") | Q(ended_at__isnull=False) & ~Q(end_reason=""),
                name="handbook_copy_ended_whole",
            ),
        ]


class HandbookEntry(models.Model):
    """A line written into a handbook: what happened, on which day, in values that every language can tell."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handbook = models.ForeignKey(Handbook, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Line)
    on = models.DateField()
    told = models.JSONField(default=dict)
    written_at = models.DateTimeField()
    written_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["handbook", "id"]


class HoldingQuerySet(PeriodQuerySet):
    def held_at(self, employer: int) -> Self:
        """Handbooks that an employer holds now."""
        return self.filter(employer_id=employer, until_on=None)


class HandbookHolding(models.Model):
    """Who holds a handbook from when to when: the person, the employer while employed, or the office."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handbook = models.ForeignKey(Handbook, models.PROTECT, related_name="+")
    holder = models.CharField(max_length=8, choices=Holder)
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")
    handed_at = models.DateTimeField()
    handed_by = models.BigIntegerField()

    objects = HoldingQuerySet.as_manager()

    class Meta:
        ordering = ["handbook", "from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="holding_period"
            ),
            models.CheckConstraint(
                condition=Q(holder="employer", employer__isnull=False)
                | ~Q(holder="employer") & Q(employer__isnull=True),
                name="holding_names_its_employer",
            ),
        ]
