"""What persons tell employers, version by version, and who may read it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.resumes.choices import Audience


class Resume(models.Model):
    """One version of a person's CV; the newest counts, and none is changed again.

    `jobs` are earlier jobs as told: firm, work, from and until as `2020-03`. `educations` and `qualifications` are
    numbers of the person's own records, read anew whenever the CV is.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    headline = models.CharField(max_length=60)
    own_words = models.TextField(blank=True, default="")
    jobs = models.JSONField(default=list)
    skills = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    educations = ArrayField(models.BigIntegerField(), default=list, blank=True)
    qualifications = ArrayField(models.BigIntegerField(), default=list, blank=True)
    written_at = models.DateTimeField()
    written_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["person", "-version"]
        constraints = [models.UniqueConstraint(fields=["person", "version"], name="one_version_of_a_resume")]


class Sharing(models.Model):
    """Which employers may read a person's CV, and until which day (that day no more); without a row nobody."""

    area = AreaField(db_index=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.NOBODY)
    until_on = models.DateField()
    agreed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["person"]
        indexes = [models.Index(fields=["until_on"], name="sharing_by_end", condition=~Q(audience=Audience.NOBODY))]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.NOBODY) | Q(agreed_at__isnull=False, withdrawn_at__isnull=True),
                name="shown_only_with_consent",
            ),
        ]
