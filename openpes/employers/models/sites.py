"""Where an employer's people work."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.employers.models.employer import Employer
from openpes.kernel import Actor, AreaField, ScopedQuerySet

WEST, EAST, SOUTH, NORTH = 73, 136, 3, 54  # the country's outermost degrees, rounded outwards


class SiteQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees its own sites; staff see those in their area."""
        return self.filter(employer_id=actor.employer) if actor.employer else self.visible_to(actor.scope)

    def kept_on(self, day: date) -> Self:
        """Sites that are not given up on a day."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day))

    def located(self) -> Self:
        """Sites whose place on the map is known."""
        return self.filter(latitude__isnull=False)


class Site(models.Model):
    """A place where people of an employer work: a plant, a shop, an office. `area` is where it stands.

    Latitude and longitude are degrees of WGS 84 with five decimals, about a metre.
    """

    area = AreaField(db_index=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200)
    latitude = models.DecimalField(max_digits=7, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "name"], condition=Q(until_on__isnull=True), name="site_named_once"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="site_period"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(SOUTH, NORTH), longitude__range=(WEST, EAST)),
                name="site_in_the_country",
            ),
        ]

    def __str__(self) -> str:
        return self.name
