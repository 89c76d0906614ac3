"""What others read by machine: the log of changes of published vacancies, and the keys of those who read much."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class FeedEntry(models.Model):
    """That a published vacancy came, changed or went, written by the database in the transaction that did it.

    `tx` is the number of that transaction and `base` the database it was numbered by: a reader goes by (`tx`, `id`) and
    only as far as no older transaction still runs, so that nothing comes behind the reader's back.
    """

    vacancy_id = models.BigIntegerField()
    is_gone = models.BooleanField()
    tx = models.BigIntegerField()
    base = models.BigIntegerField()
    noted_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["tx", "id"]
        indexes = [
            models.Index(fields=["tx", "id"], name="feed_in_order"),
            models.Index(fields=["vacancy_id", "tx", "id"], name="feed_of_vacancy"),
        ]


class ApiKeyQuerySet(models.QuerySet):
    def in_force(self, at: datetime) -> Self:
        """Keys that open something at a moment."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), ended_at=None)


class ApiKey(models.Model):
    """A key of somebody outside: known by its public beginning, kept as a digest only, with rights and a rate.

    After a rotation the old secret works until `old_until`.
    """

    holder = models.CharField(max_length=120)
    contact = models.CharField(max_length=120, blank=True, default="")
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.BinaryField(max_length=32)
    old_digest = models.BinaryField(max_length=32, null=True)
    old_until = models.DateTimeField(null=True)
    scopes = ArrayField(models.CharField(max_length=20))
    per_minute = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    issued_by = models.BigIntegerField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(per_minute__gte=1, per_minute__lte=6000), name="key_has_a_rate"),
            models.CheckConstraint(
                condition=Q(old_digest__isnull=True, old_until__isnull=True)
                | Q(old_digest__isnull=False, old_until__isnull=False),
                name="old_secret_has_an_end",
            ),
        ]
