"""Files that come in: a batch, its rows, what is wrong with them, and what they became."""

from uuid import uuid4

from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet


class Batch(models.Model):
    """One uploaded table on its way: checked, accepted or dropped, and perhaps undone."""

    class State(models.TextChoices):
        RECEIVED = "received"
        CHECKED = "checked"
        REFUSED = "refused"
        ACCEPTED = "accepted"
        UNDONE = "undone"

    id = models.UUIDField(primary_key=True, default=uuid4)
    area = AreaField(db_index=True)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    file_hash = models.BinaryField(max_length=32)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    refusal = models.TextField(blank=True, default="")
    row_count = models.PositiveIntegerField(default=0)
    good_count = models.PositiveIntegerField(default=0)
    account_id = models.BigIntegerField()
    received_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()


class BatchRow(models.Model):
    """One row of the file as it was read, its errors by column, and the records that it became."""

    area = AreaField(db_index=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    row_no = models.PositiveIntegerField()
    sealed_values = models.BinaryField()
    errors = models.JSONField(default=list)
    became = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "row_no"], name="batch_row_once")]
