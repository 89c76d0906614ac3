"""Receipts that people take home from the counter, and what anybody may check of one."""

from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person


class Receipt(models.Model):
    """A paper that lists what an office did for a person on a day; `acts` are lines of the journal: kind and number."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=12, unique=True)
    office = models.CharField(max_length=100)
    officer = models.CharField(max_length=100)
    acts = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]


class ReceiptProof(models.Model):
    """What anybody who holds a receipt may check of it, found by a digest of its code; it names no person."""

    digest = models.CharField(primary_key=True, max_length=64)
    number = models.CharField(max_length=20, unique=True)
    office = models.CharField(max_length=100)
    made_on = models.DateField()
    kinds = models.JSONField()

    class Meta:
        ordering = ["number"]
