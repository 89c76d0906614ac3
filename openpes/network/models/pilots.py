"""Pilot applications of cities and townships, and every step that they took."""

from django.db import models
from django.db.models import Q

from openpes.kernel import AreaField, HandsField, ScopedQuerySet, by_another
from openpes.network.choices import PilotState

OPEN_PILOTS = (PilotState.APPLIED, PilotState.RETURNED, PilotState.REVIEWED, PilotState.APPROVED)


class PilotApplication(models.Model):
    """A city, county or township asks to be a pilot of the labour market's build-up (procedure of 1999).

    The hands of each part are whoever did it, and on whose behalf; of the application, of all who applied or applied
    again.
    """

    area = AreaField(db_index=True)
    title = models.CharField(max_length=100)
    state = models.CharField(max_length=20, choices=PilotState)
    applied_by = models.BigIntegerField()
    reviewed_by = models.BigIntegerField(null=True)
    approved_by = models.BigIntegerField(null=True)
    accepted_by = models.BigIntegerField(null=True)
    applied_hands = HandsField()
    reviewed_hands = HandsField(null=True)
    approved_hands = HandsField(null=True)
    accepted_hands = HandsField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["area"], condition=Q(state__in=OPEN_PILOTS), name="pilot_open_once"),
            by_another("reviewed_hands", "applied_hands", name="pilot_reviewed_by_another"),
            by_another("approved_hands", "applied_hands", "reviewed_hands", name="pilot_approved_by_another"),
            by_another("accepted_hands", "applied_hands", name="pilot_accepted_by_another"),
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
