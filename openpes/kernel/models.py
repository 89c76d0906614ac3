"""The platform's own tables: the outbox, answered requests, long work."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models


class OutboxQuerySet(models.QuerySet):
    def waiting(self, at: datetime) -> Self:
        """Rows to deliver: not delivered, not given up, and not tried in this very round."""
        untried = models.Q(tried_at__isnull=True) | models.Q(tried_at__lt=at)
        return self.filter(untried, delivered_at__isnull=True, attempts__lt=8).order_by("id")


class OutboxRow(models.Model):
    """One event on its way to one listener outside the transaction."""

    event_id = models.UUIDField()
    event = models.CharField(max_length=100)
    payload = models.JSONField()
    listener = models.CharField(max_length=200)
    posted_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, default="", blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "listener"], name="outbox_once")]
        indexes = [models.Index(fields=["id"], condition=models.Q(delivered_at__isnull=True), name="outbox_waiting")]


class AnsweredRequest(models.Model):
    """An unsafe request that took effect, with its answer, so that a repeat changes nothing."""

    account_id = models.BigIntegerField()
    key = models.CharField(max_length=64)
    content_hash = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "key"], name="request_answered_once")]
        indexes = [models.Index(fields=["answered_at"], name="request_answered_at")]


class LongWork(models.Model):
    """A piece of long work that somebody started: its progress, its end, and where its result is."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid4)
    account_id = models.BigIntegerField(db_index=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, default="", blank=True)
    result_url = models.CharField(max_length=300, default="", blank=True)
    cancel_asked = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def share(self) -> int:
        """How much is done, in per cent."""
        return 100 * self.done // self.total if self.total else 0


class Asking(models.Model):
    """How often a public question was asked from one address since a moment; the address is a keyed digest."""

    page = models.CharField(max_length=40)
    asker = models.CharField(max_length=64)
    begun_at = models.DateTimeField(db_index=True)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "asker", "begun_at"], name="asking_counted_once")]


class RowChange(models.Model):
    """A row of a subject was written by a transaction; without a key, any of its rows may have been."""

    subject = models.CharField(max_length=40)
    row_id = models.BigIntegerField(null=True)
    changed = models.BigIntegerField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "changed"], name="row_changes_by_writer")]
