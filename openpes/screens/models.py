"""What was released: bulletins as they were printed, and which digest went to which subscriber."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.messages.models import Consent
from openpes.screens.choices import Group, Paper


class Bulletin(models.Model):
    """One edition of a printed list of open vacancies; list and pages are kept as they were printed.

    `digest` is the SHA-256 of the list and stands in the journal, whose seals make a later change show.
    """

    area = AreaField(db_index=True)
    year = models.PositiveSmallIntegerField()
    edition = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    paper = models.CharField(max_length=2, choices=Paper)
    occupations = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    group = models.CharField(max_length=10, choices=Group, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField()
    title = models.CharField(max_length=80)
    listed = models.JSONField()
    digest = models.CharField(max_length=64)
    pages = models.BinaryField()
    printed_at = models.DateTimeField()
    printed_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-printed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "edition"], name="bulletin_edition_once"),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="bulletin_period"),
        ]

    @property
    def number(self) -> str:
        """The number of the edition: area, year, and which one of it."""
        return f"{self.area}-{self.year}-{self.edition:03d}"


class DigestEntry(models.Model):
    """That a subscriber was written what is new on a day, or that nothing was; so that no day is written twice."""

    consent = models.ForeignKey(Consent, models.CASCADE, related_name="+")
    on = models.DateField()
    count = models.PositiveIntegerField()
    message_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-on", "id"]
        constraints = [models.UniqueConstraint(fields=["consent", "on"], name="digest_once_a_day")]
