"""What employers filed, when it was due, and how late it came."""

from typing import Self

from django.db import models

from openpes.employers.models import Employer
from openpes.kernel import Actor, AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.registration.choices import Filed, FilingWay
from openpes.registration.models.periods import StatusPeriod


class FilingQuerySet(ScopedQuerySet):
    def late(self) -> Self:
        """Filings after their last day."""
        return self.filter(late_days__gt=0)

    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees its own filings, staff those of their area."""
        return self.filter(employer_id=actor.employer) if actor.employer else self.visible_to(actor.scope)


class Filing(models.Model):
    """An employer's report that an employment began or ended, at the counter or online; late ones are marked."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    period = models.ForeignKey(StatusPeriod, models.CASCADE, related_name="+")
    filed = models.CharField(max_length=4, choices=Filed)
    way = models.CharField(max_length=7, choices=FilingWay)
    happened_on = models.DateField()
    due_on = models.DateField()
    filed_on = models.DateField()
    late_days = models.PositiveIntegerField(default=0)
    filed_at = models.DateTimeField()
    filed_by = models.BigIntegerField()

    objects = FilingQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["period", "filed"], name="filed_once")]
