"""Advertisements that say the same."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.vacancies.choices import CopyState
from openpes.vacancies.models.holds import Hold
from openpes.vacancies.models.vacancies import Vacancy


class NearCopyQuerySet(ScopedQuerySet):
    def found(self) -> Self:
        """Pairs about which nobody decided."""
        return self.filter(state=CopyState.FOUND)

    def merged(self) -> Self:
        """Pairs that the public sees as one."""
        return self.filter(state=CopyState.MERGED)


class NearCopy(models.Model):
    """Two vacancies of which the later says the same as the earlier: found, shown as one, or told apart for good."""

    area = AreaField(db_index=True)  # of the copy
    kept = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    copy = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    same_employer = models.BooleanField()
    likeness = models.PositiveSmallIntegerField()  # hundredths of equal shingles
    found_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=CopyState, default=CopyState.FOUND)
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    words = models.CharField(max_length=600, blank=True, default="")

    objects = NearCopyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["kept", "copy"], name="pair_of_copies_once"),
            models.UniqueConstraint(fields=["copy"], condition=Q(state="merged"), name="copy_of_one"),
            # Whoever locks both goes from the smaller id to the larger.
            models.CheckConstraint(condition=Q(kept__lt=F("copy")), name="the_earlier_is_kept"),
            models.CheckConstraint(
                condition=~Q(state="merged") | Q(hold__isnull=False), name="merged_copy_is_held"
            ),
        ]
        indexes = [models.Index(fields=["state", "area"], name="copies_by_state")]
