"""Files that come in: a batch, its rows, what is wrong with them, what they became; and how tables are read."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openpes.kernel import AreaField, ScopedQuerySet


class TableMapping(models.Model):
    """How an office reads tables that are headed otherwise than its kind asks, under a name, in versions.

    `headings` are those of the file it was made for, `columns` and `words` as in `engine.sheets.ColumnMapping`.
    A version is never changed: a batch keeps the one that it was read with.
    """

    area = AreaField(db_index=True)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    headings = models.JSONField()
    columns = models.JSONField()
    words = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["area", "kind", "name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "name", "version"], name="one_version_of_a_mapping")
        ]


class Batch(models.Model):
    """One uploaded table on its way: checked, accepted or dropped, and perhaps undone.

    `subject` is what the whole file is about, as its kind names it. A table whose columns are called otherwise waits
    as `MATCHING`, with its sealed `outline`, until somebody says what they mean; `mapping` is how it was read then. The
    outline stays until acceptance, so that the columns can be matched anew.

    `work_id` is the long work that checks, accepts or undoes it in the background, while there is one, and `work_call`
    its job with the arguments. A large batch is accepted in parts: up to the row `reached_row` of the rows that stand
    alone or lead, or with `followers_reached` of those that follow one; `done_count` good rows became records so far.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("Being checked")
        MATCHING = "matching", _("Columns to be matched")
        CHECKED = "checked", _("Waits for acceptance")
        REFUSED = "refused", _("Not readable")
        ACCEPTING = "accepting", pgettext_lazy("batch", "Accepted in part")
        ACCEPTED = "accepted", pgettext_lazy("batch", "Accepted")
        UNDONE = "undone", _("Taken back")
        DROPPED = "dropped", pgettext_lazy("batch", "Dropped")

    id = models.UUIDField(primary_key=True, default=uuid4)
    area = AreaField(db_index=True)
    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    file_hash = models.BinaryField(max_length=32)
    content = models.BinaryField()
    subject = models.CharField(max_length=40, blank=True, default="")
    outline = models.BinaryField(default=b"")
    mapping = models.ForeignKey(TableMapping, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    reasons = models.JSONField(default=list)
    row_count = models.PositiveIntegerField(default=0)
    good_count = models.PositiveIntegerField(default=0)
    work_id = models.UUIDField(null=True)
    work_call = models.JSONField(default=dict)
    reached_row = models.PositiveIntegerField(default=0)
    followers_reached = models.BooleanField(default=False)
    done_count = models.PositiveIntegerField(default=0)
    account_id = models.BigIntegerField()
    received_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "kind", "file_hash"],
                condition=Q(state__in=["received", "matching", "checked", "accepting", "accepted"]),
                name="same_file_once",
            )
        ]

    @property
    def bad_count(self) -> int:
        """Rows with at least one error."""
        return self.row_count - self.good_count

    @property
    def taken_count(self) -> int:
        """Rows that became records; of a file that is accepted these are all its good rows."""
        return self.good_count if self.state == self.State.ACCEPTED else self.done_count


class BatchRowQuerySet(ScopedQuerySet):
    def good(self) -> Self:
        """Rows without an error."""
        return self.filter(errors=[])

    def bad(self) -> Self:
        """Rows with an error."""
        return self.exclude(errors=[])

    def noted(self) -> Self:
        """Rows about which the clerk should know something."""
        return self.exclude(notes=[])

    def following(self, others: bool) -> Self:
        """Rows that follow another one, or those that stand alone or lead."""
        return self.filter(leader_no__isnull=not others)


class BatchRow(models.Model):
    """One row of the file as it was read, its errors by column, and the records that it became.

    `leader_no` is the row that carries this one, as the head's row carries a household.
    """

    area = AreaField(db_index=True)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    row_no = models.PositiveIntegerField()
    leader_no = models.PositiveIntegerField(null=True)
    sealed_values = models.BinaryField()
    errors = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    became = models.JSONField(default=list)

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "row_no"]
        constraints = [models.UniqueConstraint(fields=["batch", "row_no"], name="batch_row_once")]
