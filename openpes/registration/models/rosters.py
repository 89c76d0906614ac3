"""What employers' rosters said about contracts."""

from django.db import models

from openpes.employers.models import Employer
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.registration.models.periods import StatusPeriod


class RosterEntry(models.Model):
    """What one row of an employer's hiring roster did to a registered employment, and what the employment said before.

    `before` are the terms that a renewed or changed contract replaced; it is empty for the others. The person's own
    columns of the roster are not kept.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    period = models.ForeignKey(StatusPeriod, models.CASCADE, related_name="+")
    contract_state = models.CharField(max_length=1)
    contract_type = models.CharField(max_length=1, blank=True, default="")
    from_on = models.DateField(null=True)
    contract_until_on = models.DateField(null=True)
    pay_fen = models.PositiveBigIntegerField(null=True)
    occupation = models.CharField(max_length=10, blank=True, default="")
    skill_level = models.CharField(max_length=60, blank=True, default="")
    former_group = models.CharField(max_length=3, blank=True, default="")
    end_reason = models.CharField(max_length=3, blank=True, default="")
    before = models.JSONField(default=dict)
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
