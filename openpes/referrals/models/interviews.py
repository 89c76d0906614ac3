"""Interviews between employers and the persons who applied or were introduced."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import Actor, AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.referrals.choices import OPEN_INTERVIEWS, InterviewState, InterviewWay
from openpes.referrals.models.referrals import Referral


class InterviewQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """Staff see those of their area, an employer and a person their own."""
        if actor.employer:
            return self.filter(employer_id=actor.employer)
        return self.filter(person_id=actor.person) if actor.person else self.visible_to(actor.scope)

    def open(self) -> Self:
        """Those that are proposed or agreed, and neither over nor cancelled."""
        return self.filter(state__in=OPEN_INTERVIEWS)

    def agreed_between(self, begins: datetime, ends: datetime) -> Self:
        """Those with an agreed time that touches `[begins, ends)`, in their order."""
        return self.filter(state=InterviewState.AGREED, starts_at__lt=ends, ends_at__gt=begins).order_by("starts_at")


class Interview(models.Model):
    """A talk for one referral: the employer proposes times, the person takes one; a referral has one open at a time.

    `slots` are the beginnings that are proposed; `moves` counts how often new times were proposed.
    """

    area = AreaField(db_index=True)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=InterviewState, default=InterviewState.PROPOSED)
    way = models.CharField(max_length=10, choices=InterviewWay)
    place = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True, default="")
    slots = ArrayField(models.DateTimeField())
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    moves = models.PositiveSmallIntegerField(default=0)
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_words = models.CharField(max_length=300, blank=True, default="")

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        indexes = [models.Index(fields=["person", "starts_at"], name="interviews_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(state__in=OPEN_INTERVIEWS), name="one_open_interview"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="interview_takes_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(InterviewState.AGREED, InterviewState.HELD, InterviewState.NO_SHOW))
                | Q(starts_at__isnull=False),
                name="agreed_interview_has_its_time",
            ),
            models.CheckConstraint(condition=~Q(slots=[]), name="interview_has_times"),
        ]
