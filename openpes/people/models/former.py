"""Names and identity numbers that persons had before, and numbers that wait for a second officer."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, HandsField, PeriodQuerySet, ScopedQuerySet, by_another
from openpes.people.choices import Evidence, NameKind, NumberAnswer, NumberKind
from openpes.people.models.persons import Person


class FormerName(models.Model):
    """A name under which a person was registered until a day; the file is found by it and shows it."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=40, db_collation="C", blank=True, default="")
    kind = models.CharField(max_length=9, choices=NameKind)
    from_on = models.DateField()
    until_on = models.DateField()
    evidence = models.CharField(max_length=9, choices=Evidence)
    evidence_mask = models.CharField(max_length=30, blank=True, default="")
    evidence_sealed = models.BinaryField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["person", "-until_on", "-id"]
        indexes = [
            models.Index(fields=["name", "person"], name="former_name_by_name"),
            models.Index(fields=["initials", "person"], name="former_name_by_initials"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="former_name_period"),
            models.CheckConstraint(condition=~Q(name=""), name="former_name_is_one"),
        ]


class FormerNumber(models.Model):
    """An identity number under which a person was registered until a day; nobody else is ever registered under it."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number_sealed = models.BinaryField()
    number_index = models.BinaryField(max_length=16, unique=True)
    tail_index = models.BinaryField(max_length=16, db_index=True)
    mask = models.CharField(max_length=18)
    kind = models.CharField(max_length=9, choices=NumberKind)
    until_on = models.DateField()
    evidence = models.CharField(max_length=9, choices=Evidence)
    evidence_mask = models.CharField(max_length=30, blank=True, default="")
    evidence_sealed = models.BinaryField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["person", "-until_on", "-id"]


class NumberChangeQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Numbers to which the second officer has not answered, the longest wait first."""
        return self.filter(answer="").order_by("asked_at", "id")


class NumberChange(models.Model):
    """Another identity number for a file: written in by one officer, confirmed by another who saw the same."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number_sealed = models.BinaryField()
    number_index = models.BinaryField(max_length=16)
    mask = models.CharField(max_length=18)
    former_mask = models.CharField(max_length=18)
    on = models.DateField()
    evidence = models.CharField(max_length=9, choices=Evidence)
    evidence_mask = models.CharField(max_length=30, blank=True, default="")
    evidence_sealed = models.BinaryField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")
    content_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_hands = HandsField()
    answer = models.CharField(max_length=9, choices=NumberAnswer, blank=True, default="")
    answer_note = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    answered_hands = HandsField(null=True)

    objects = NumberChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(answer=""), name="one_waiting_number"),
            by_another(
                "answered_hands", "asked_hands", name="number_by_two_officers", where=Q(answer="confirmed")
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True, answered_hands__isnull=True)
                | ~Q(answer="")
                & Q(answered_at__isnull=False, answered_by__isnull=False, answered_hands__isnull=False),
                name="number_answered_whole",
            ),
        ]
