"""Who works where."""

from django.db import models
from django.db.models import F, Q

from openpes.access.models import Account
from openpes.kernel import AreaField
from openpes.network.models.periods import PeriodQuerySet
from openpes.network.models.points import ServicePoint


class Posting(models.Model):
    """A member of staff who works at a service point during a period."""

    area = AreaField(db_index=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="+")
    window = models.CharField(max_length=20, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["point", "from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="posting_period"
            )
        ]
