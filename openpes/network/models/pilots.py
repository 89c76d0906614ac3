"""Pilot applications of cities and townships, and every step that they took."""

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.network.choices import PilotState

OPEN_PILOTS = (PilotState.APPLIED, PilotState.RETURNED, PilotState.REVIEWED, PilotState.APPROVED)


def _others(one: str, other: str) -> Q:
    return Q(**{f"{one}__isnull": True}) | ~Q(**{one: F(other)})


class PilotApplication(models.Model):
    """A city, county or township asks to be a pilot of the labour market's build-up (procedure of 1999)."""

    area = AreaField(db_index=True)
    title = models.CharField(max_length=100)
    state = models.CharField(max_length=20, choices=PilotState)
    applied_by = models.BigIntegerField()
    reviewed_by = models.BigIntegerField(null=True)
    approved_by = models.BigIntegerField(null=True)
    accepted_by = models.BigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["area"], condition=Q(state__in=OPEN_PILOTS), name="pilot_open_once"),
            models.CheckConstraint(
                condition=_others("reviewed_by", "applied_by")
                & _others("approved_by", "applied_by")
                & _others("approved_by", "reviewed_by")
                & _others("accepted_by", "applied_by"),
                name="pilot_by_different_people",
            ),
        ]


class PilotStep(models.Model):
    """One step of an application: from which state to which, by whom, with which document and words."""

    area = AreaField(db_index=True)
    application = models.ForeignKey(PilotApplication, models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20, blank=True, default="")
    to_state = models.CharField(max_length=20, choices=PilotState)
    document_no = models.CharField(max_length=60, blank=True, default="")
    evidence = models.CharField(max_length=1000)
    taken_by = models.BigIntegerField()
    taken_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["application", "id"]
