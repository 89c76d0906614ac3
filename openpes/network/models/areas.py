"""The units of the city on four levels, with their dated codes and names and their counted people."""

from django.db import models

from openpes.kernel import AreaField
from openpes.network.choices import Level


class Area(models.Model):
    """A unit of the city with a path that never changes, whatever it is called or coded later."""

    path = AreaField(primary_key=True)
    level = models.PositiveSmallIntegerField(choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30, blank=True, default="")
    urban_rural = models.CharField(max_length=3, blank=True, default="")

    class Meta:
        ordering = ["path"]


class AreaTerm(models.Model):
    """The national code and the name of an area during a period."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="+")
    code = AreaField()
    name = models.CharField(max_length=60)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["area", "from_on"]
        constraints = [models.UniqueConstraint(fields=["area", "from_on"], name="area_term_once")]


class AreaPopulation(models.Model):
    """How many people a unit had on a day, and who counted them: the ground of a key township market."""

    unit = models.ForeignKey(Area, models.PROTECT, related_name="+")
    counted_on = models.DateField()
    persons = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    recorded_by = models.BigIntegerField()

    class Meta:
        ordering = ["unit", "-counted_on"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "counted_on"], name="population_once_a_day"),
            models.CheckConstraint(condition=~models.Q(source=""), name="population_has_a_source"),
        ]
