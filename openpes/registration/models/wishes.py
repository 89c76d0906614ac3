"""What registered job seekers look for."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.kernel import Actor, AreaField, PeriodQuerySet
from openpes.people.models import Person


class JobWishQuerySet(PeriodQuerySet):
    def held_by(self, by: Actor) -> Self:
        """Wishes for which an actor may act: those of its area, or its own."""
        return self.filter(person=by.person) if by.person else self.visible_to(by.scope)

    def cut_short(self) -> Self:
        """Wishes that ended with a registration before their time."""
        return self.exclude(planned_until_on=None)


class JobWish(models.Model):
    """What a registered job seeker looks for; without occupations the seeker takes any (无要求)."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    occupations = ArrayField(models.CharField(max_length=10), default=list, blank=True, size=3)
    places = ArrayField(AreaField(), default=list, blank=True, size=3)
    only_these_places = models.BooleanField(default=False)
    min_pay_fen = models.PositiveBigIntegerField(default=0)
    experience_years = models.PositiveSmallIntegerField(default=0)
    category = models.CharField(max_length=2)
    wants_training = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    planned_until_on = models.DateField(null=True)
    registered_at = models.DateTimeField()
    registered_by = models.BigIntegerField()
    version = models.PositiveIntegerField(default=1)

    objects = JobWishQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["until_on", "area"], include=["from_on"], name="wishes_by_last_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="wish_period"
            ),
        ]
