"""Where persons live."""

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, PeriodQuerySet
from openpes.people.models.persons import Person


class Residence(models.Model):
    """Where a person lives, from when to when; one place at a time."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["person", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="residence_period"
            )
        ]
