"""What life brings to a file: household registration, death, leaving for good, the way to another county."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, PeriodQuerySet, ScopedQuerySet
from openpes.people.choices import DepartureKind, Evidence, HandoverAnswer, Reporter
from openpes.people.models.persons import Person


class HukouPeriod(models.Model):
    """How and where a person's household is registered, from when to when; one registration at a time.

    `kind` is a code of the set `hukou`; `place` the six digits of a county of GB/T 2260, empty when unknown. The
    first period begins on the day on which the file first said so.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=2)
    place = models.CharField(max_length=6, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    evidence = models.CharField(max_length=9, choices=Evidence, blank=True, default="")
    evidence_mask = models.CharField(max_length=30, blank=True, default="")
    evidence_sealed = models.BinaryField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["person", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="hukou_period"
            )
        ]


class DepartureQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Deaths and departures that were neither taken back nor ended by a return."""
        return self.filter(taken_back_at=None, returned_on=None)


class Departure(models.Model):
    """A person died, settled abroad or left the city for good; at most one stands.

    `closed` names the home and the place in a household that ended with it, so that taking it back restores them.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=DepartureKind)
    on = models.DateField()
    evidence = models.CharField(max_length=9, choices=Evidence)
    evidence_mask = models.CharField(max_length=30, blank=True, default="")
    evidence_sealed = models.BinaryField(null=True)
    reporter = models.CharField(max_length=9, choices=Reporter)
    reporter_name = models.CharField(max_length=80, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    closed = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    returned_on = models.DateField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.BigIntegerField(null=True)
    taken_back_why = models.CharField(max_length=300, blank=True, default="")

    objects = DepartureQuerySet.as_manager()

    class Meta:
        ordering = ["person", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(taken_back_at__isnull=True, returned_on__isnull=True),
                name="one_departure_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_why="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_why=""),
                name="departure_taken_back_whole",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True)
                | Q(taken_back_at__isnull=True, returned_on__gt=F("on")) & ~Q(kind="died"),
                name="nobody_returns_from_death",
            ),
        ]


class FileHandoverQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Files that the new office has neither accepted nor returned, the first due before the others."""
        return self.filter(answer="").order_by("due_on", "id")

    def sent_from(self, scope: str) -> Self:
        """Files that left the area, which the old office reads."""
        return self.filter(from_area__gte=scope, from_area__lt=scope + "~") if scope else self.none()


class FileHandover(models.Model):
    """A file that went with its person to another county, whose office accepts or returns it.

    `home` is the new home; `former_home` says what stood there before when the same home was corrected.
    """

    area = AreaField(db_index=True)
    from_area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    home = models.BigIntegerField()
    former_home = models.JSONField(default=dict)
    moved_on = models.DateField()
    due_on = models.DateField()
    offered_at = models.DateTimeField()
    offered_by = models.BigIntegerField()
    answer = models.CharField(max_length=9, choices=HandoverAnswer, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)

    objects = FileHandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(answer=""), name="one_waiting_file"),
            models.CheckConstraint(condition=~Q(area=F("from_area")), name="file_goes_elsewhere"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="file_answered_whole",
            ),
        ]
