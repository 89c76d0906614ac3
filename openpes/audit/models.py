"""The journal: one line for every event, and the seals that make a later change visible."""

from django.db import models

from openpes.kernel import AreaField, ScopedQuerySet


class JournalEntry(models.Model):
    """One line of the journal. Nobody who serves the city can change or delete it."""

    tx = models.BigIntegerField(db_default=models.expressions.RawSQL("pg_current_xact_id()::text::bigint", []))
    at = models.DateTimeField()
    by = models.BigIntegerField()
    event = models.CharField(max_length=100)
    area = AreaField(blank=True, default="")
    person = models.BigIntegerField(null=True)
    payload = models.JSONField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "id"], condition=models.Q(person__isnull=False), name="journal_by_person"),
            models.Index(fields=["tx", "id"], name="journal_by_tx"),
        ]


class Seal(models.Model):
    """The digests of a batch of journal lines, chained to the seal before it.

    A batch holds every line of the transactions before `upto_tx` that no earlier batch holds; `lines` is the number
    and the digest of each, as `engine.seals` writes them.
    """

    upto_tx = models.BigIntegerField()
    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    head = models.CharField(max_length=64, unique=True)
    lines = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["previous"], name="seal_chain_does_not_fork")]
