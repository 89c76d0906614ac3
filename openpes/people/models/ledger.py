"""What rural ledgers said."""

from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models.households import Household
from openpes.people.models.persons import Person


class LedgerEntry(models.Model):
    """What a rural ledger said about a person on a day: what people's other tables do not hold.

    Codes are those of the sets `rural_status`, `rural_work_area`, `rural_work_way`, `rural_intent` and
    `rural_household_type`; income is a year's. What concerns the household stands in the entry of its head.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    surveyed_on = models.DateField()
    status = models.CharField(max_length=2, blank=True, default="")
    industry = models.CharField(max_length=5, blank=True, default="")
    work_area = models.CharField(max_length=2, blank=True, default="")
    work_way = models.CharField(max_length=2, blank=True, default="")
    income_fen = models.PositiveBigIntegerField(null=True)
    training_wish = models.CharField(max_length=60, blank=True, default="")
    intention = models.CharField(max_length=2, blank=True, default="")
    farmland_mu = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    land_taken = models.BooleanField(null=True)
    hardship = models.CharField(max_length=2, blank=True, default="")
    recorded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["person", "-surveyed_on", "-id"]
        indexes = [models.Index(fields=["person", "-surveyed_on", "-id"], name="ledger_by_person")]
