"""Filters of lists that somebody keeps under a name."""

from typing import Self

from django.db import models

from openpes.access.models import Account
from openpes.kernel import Actor, AreaField, ScopedQuerySet


class SavedViewQuerySet(ScopedQuerySet):
    def for_reader(self, actor: Actor) -> Self:
        """One's own, and those that a colleague of the same office shares, by name."""
        own = models.Q(account__in=actor.hands)
        return self.filter(own | models.Q(is_shared=True, area=actor.scope)).order_by("name", "id")


class SavedView(models.Model):
    """A list narrowed to something, kept under a name by an officer, alone or for everybody of the same area."""

    area = AreaField(db_index=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    page = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["page", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["account", "page", "name"], name="view_named_once")]
