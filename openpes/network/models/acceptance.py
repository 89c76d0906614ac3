"""Acceptances of service points against a version of a check-list, signed by two assessors."""

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, HandsField, ScopedQuerySet, by_another
from openpes.network.choices import AcceptanceState
from openpes.network.models.points import ServicePoint

OPEN_STATES = (AcceptanceState.PREPARED, AcceptanceState.SUBMITTED, AcceptanceState.ASSESSED)
CONCLUDED = (AcceptanceState.PASSED, AcceptanceState.FAILED)


class Acceptance(models.Model):
    """A service point is looked at with a check-list; it is concluded when two assessors signed the same contents.

    The hands are those of who applied (`applied_by`), assessed and signed, with on whose behalf each of them did.
    """

    area = AreaField(db_index=True)
    point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+")
    checklist = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=AcceptanceState, default=AcceptanceState.PREPARED)
    begun_on = models.DateField()
    applied_by = models.BigIntegerField()
    applied_hands = HandsField()
    first_assessor = models.BigIntegerField(null=True)
    first_hands = HandsField(null=True)
    first_hash = models.CharField(max_length=64, blank=True, default="")
    first_at = models.DateTimeField(null=True)
    second_assessor = models.BigIntegerField(null=True)
    second_hands = HandsField(null=True)
    second_hash = models.CharField(max_length=64, blank=True, default="")
    second_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    most = models.PositiveSmallIntegerField()
    returned_for = models.CharField(max_length=200, blank=True, default="")
    recheck_on = models.DateField(null=True)
    published_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["point", "checklist"], condition=Q(state__in=OPEN_STATES), name="acceptance_open_once"
            ),
            by_another("first_hands", "applied_hands", name="acceptance_not_by_applicant"),
            by_another("second_hands", "first_hands", "applied_hands", name="acceptance_two_assessors"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES)
                | Q(
                    first_hands__isnull=False, second_hands__isnull=False, second_hash=F("first_hash"),
                    first_assessor__isnull=False, second_assessor__isnull=False,
                    score__isnull=False, recheck_on__isnull=False,
                ),
                name="acceptance_signed_twice",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(state__in=CONCLUDED), name="acceptance_published_when_done"
            ),
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__lte=F("most")), name="acceptance_score"),
        ]  # fmt: skip


class AcceptanceItem(models.Model):
    """The evidence for one item of the list, and the points that it got."""

    area = AreaField(db_index=True)
    acceptance = models.ForeignKey(Acceptance, models.CASCADE, related_name="+")
    code = models.CharField(max_length=30)
    evidence = models.CharField(max_length=500, blank=True, default="")
    points = models.PositiveSmallIntegerField(null=True)
    remark = models.CharField(max_length=300, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["acceptance", "id"]
        constraints = [models.UniqueConstraint(fields=["acceptance", "code"], name="acceptance_item_once")]
