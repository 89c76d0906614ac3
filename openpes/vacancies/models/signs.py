"""Signs that an employer still wants people for a vacancy."""

from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.vacancies.choices import SignWay
from openpes.vacancies.models.vacancies import Vacancy


class SignOfLife(models.Model):
    """On a day somebody heard that a vacancy is still wanted, and in which way; never changed, never deleted."""

    area = AreaField(db_index=True)
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    employer_id = models.BigIntegerField()
    way = models.CharField(max_length=8, choices=SignWay)
    noted_on = models.DateField()
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_at", "-id"]
