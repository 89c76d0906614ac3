"""Saved searches and the vacancies that they told of."""

from datetime import date
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q

from openpes.alerts.choices import Ending, Rhythm, Way
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.messages.models import Consent


class SavedSearchQuerySet(ScopedQuerySet):
    def in_force_on(self, day: date) -> Self:
        """Those that are confirmed and neither ended nor run out; paused ones included."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True, until_on__gt=day)

    def due_on(self, day: date) -> Self:
        """Those that tell of new vacancies on a day, the longest waiting first."""
        return self.in_force_on(day).filter(paused_at__isnull=True, next_on__lte=day).order_by("next_on", "id")


class SavedSearch(models.Model):
    """A search of a job seeker who wants to be told of new vacancies, with an account or without one.

    `query` is the search as it stands in an address; `key` manages it, `feed_key` only reads. The address to which it
    tells stands, sealed, in the agreement.
    """

    area = AreaField(db_index=True)
    key = models.UUIDField(default=uuid4, unique=True)
    feed_key = models.UUIDField(default=uuid4, unique=True)
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=1000)
    way = models.CharField(max_length=4, choices=Way)
    rhythm = models.CharField(max_length=6, choices=Rhythm)
    language = models.CharField(max_length=10, default="zh-hans")
    account = models.BigIntegerField(null=True, db_index=True)
    consent = models.ForeignKey(Consent, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    until_on = models.DateField()
    next_on = models.DateField()
    since_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=8, choices=Ending, blank=True, default="")

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["next_on", "id"],
                condition=Q(confirmed_at__isnull=False, paused_at__isnull=True, ended_at__isnull=True),
                name="saved_searches_due",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="ended_search_says_why",
            )
        ]


class ToldVacancy(models.Model):
    """That a saved search told of a vacancy, or that it was known when the search began; it is never told again."""

    area = AreaField(db_index=True)
    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="+")
    vacancy_id = models.BigIntegerField()
    told_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["search", "vacancy_id"], name="vacancy_told_once")]
