"""What the night leaves behind: the lists of the whole city, and figures of whom they show."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet


class CandidateList(models.Model):
    """The best persons of the city for a vacancy that was open in the night, the best first, with their scores.

    `area` is the place of work. The persons are ids: who may see whom, the tables of persons say.
    """

    vacancy_id = models.BigIntegerField(primary_key=True)
    area = AreaField(db_index=True)
    employer_id = models.BigIntegerField(db_index=True)
    persons = ArrayField(models.IntegerField())
    scores = ArrayField(models.SmallIntegerField())
    made_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["vacancy_id"]


class JobList(models.Model):
    """The best vacancies of the city for a person with a wish in force in the night, the best first.

    `spread` are those of them that this person was given when vacancies were spread over all seekers.
    """

    person_id = models.BigIntegerField(primary_key=True)
    area = AreaField(db_index=True)
    vacancies = ArrayField(models.IntegerField())
    scores = ArrayField(models.SmallIntegerField())
    spread = ArrayField(models.IntegerField(), default=list)
    made_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["person_id"]


class MatchFigure(models.Model):
    """One number of the last night about an area: what a group got of the lists, or how evenly vacancies were shown."""

    area = AreaField(db_index=True)
    topic = models.CharField(max_length=12)
    value = models.CharField(max_length=12)
    measure = models.CharField(max_length=12)
    number = models.BigIntegerField()
    made_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["area", "topic", "value", "measure"]
        constraints = [
            models.UniqueConstraint(fields=["area", "topic", "value", "measure"], name="match_figure_once"),
        ]
