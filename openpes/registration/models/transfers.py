"""Open matters on their way from one county to another."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.registration.choices import TransferAnswer


class TransferQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Hand-overs that the new office has neither accepted nor returned."""
        return self.filter(answered_at=None)

    def offered_from(self, scope: str) -> Self:
        """Hand-overs out of the area, which the old office reads."""
        return self.filter(from_area__gte=scope, from_area__lt=scope + "~") if scope else self.none()


class Transfer(models.Model):
    """A hand-over of a person's open matters to the office of another county, which accepts or returns them.

    `area` is the new office's, `from_area` the old one's; both see the row.
    """

    area = AreaField(db_index=True)
    from_area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    matters = models.JSONField()
    due_on = models.DateField()
    offered_at = models.DateTimeField()
    offered_by = models.BigIntegerField()
    answer = models.CharField(max_length=8, choices=TransferAnswer, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(answered_at__isnull=True), name="one_waiting_transfer"
            ),
            models.CheckConstraint(condition=~Q(area=F("from_area")), name="transfer_goes_elsewhere"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="transfer_answered_whole",
            ),
        ]
