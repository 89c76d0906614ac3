"""Files that are likely of one person, their merging by two officers, and what is needed to undo it exactly."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, HandsField, ScopedQuerySet, by_another
from openpes.people.choices import MergeState, PairState, Step


class LikelyPairQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Pairs about which nobody has decided, the most likely first."""
        return self.filter(state=PairState.WAITING).order_by("-score", "id")

    def of_person(self, person: int) -> Self:
        """Pairs to which a person belongs."""
        return self.filter(Q(first=person) | Q(second=person)).order_by("-score", "id")


class LikelyPair(models.Model):
    """Two files that may be of one person; `area` holds both, so that one office sees the two.

    `first` is the smaller number. `facts_hash` stands for what was compared: a pair that an officer told apart comes
    back only when one of those facts is another. `score` is in hundredths of a bit of evidence.
    """

    area = AreaField(db_index=True)
    first = models.BigIntegerField()
    second = models.BigIntegerField(db_index=True)
    score = models.IntegerField()
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    facts_hash = models.CharField(max_length=32)
    state = models.CharField(max_length=8, choices=PairState, default=PairState.WAITING)
    found_at = models.DateTimeField()
    found_by = models.BigIntegerField()
    answer = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)

    objects = LikelyPairQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "id"]
        indexes = [
            models.Index(fields=["area", "-score", "id"], condition=Q(state="waiting"), name="pair_waiting_by_score")
        ]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(
                condition=~Q(state="apart") | ~Q(answer="") & Q(answered_by__isnull=False), name="pair_apart_with_why"
            ),
        ]


class MergeQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Merges, and undoings of merges, that wait for the second officer."""
        return self.filter(state__in=(MergeState.PROPOSED, MergeState.UNDOING)).order_by("id")

    def in_effect(self) -> Self:
        """Merges that were carried out and not undone."""
        return self.filter(state__in=(MergeState.DONE, MergeState.UNDOING))

    def of_person(self, person: int) -> Self:
        """Merges to which a person belongs."""
        return self.filter(Q(stays=person) | Q(goes=person)).order_by("-id")


class Merge(models.Model):
    """The merging of a file that `goes` into one that `stays`: proposed by one officer, confirmed by another.

    `kept` says fact by fact whose value is kept. `hands` are the accounts that act on either side: the officer's own
    and the one on whose behalf it acts. `own_rows` are the keys of the rows that the one who stays had at the merge;
    what stands there besides them and the moved ones was added since. `undo_kept` says which of those go back.
    """

    area = AreaField(db_index=True)
    stays = models.BigIntegerField(db_index=True)
    goes = models.BigIntegerField(db_index=True)
    pair = models.ForeignKey(LikelyPair, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=MergeState, default=MergeState.PROPOSED)
    why = models.CharField(max_length=300)
    kept = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField()
    proposed_hands = HandsField()
    answer = models.CharField(max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    answered_hands = HandsField(null=True)
    own_rows = models.JSONField(default=dict)
    undo_why = models.CharField(max_length=300, blank=True, default="")
    undo_kept = models.JSONField(default=dict)
    undo_hash = models.CharField(max_length=64, blank=True, default="")
    undo_at = models.DateTimeField(null=True)
    undo_by = models.BigIntegerField(null=True)
    undo_hands = HandsField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)
    undone_hands = HandsField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(stays=F("goes")), name="merge_of_two"),
            by_another("answered_hands", "proposed_hands", name="merge_by_two_officers"),
            by_another("undone_hands", "undo_hands", name="unmerge_by_two_officers"),
            models.UniqueConstraint(
                fields=["goes"], condition=Q(state__in=["proposed", "done", "undoing"]), name="merged_away_once"
            ),
            models.UniqueConstraint(fields=["stays"], condition=Q(state="proposed"), name="one_proposal_for_a_file"),
        ]


class MovedRow(models.Model):
    """One row that a merge or its undoing touched: table, key, column and what stood there; rows laid aside whole.

    Rows laid aside, the file that went and the file that stayed are kept as JSON as PostgreSQL writes it, from which
    the same bytes come back. Nobody changes a line; `tx` is the transaction, which the tables themselves ask for
    before they let a row go to another person.
    """

    area = AreaField(db_index=True)
    merge = models.ForeignKey(Merge, models.PROTECT, related_name="+")
    step = models.CharField(max_length=8, choices=Step)
    back = models.BooleanField(default=False)
    table = models.CharField(max_length=63)
    column = models.CharField(max_length=63)
    key = models.CharField(max_length=64)
    old = models.CharField(max_length=64, blank=True, default="")
    new = models.CharField(max_length=64, blank=True, default="")
    row = models.JSONField(null=True)
    tx = models.BigIntegerField(db_default=models.expressions.RawSQL("pg_current_xact_id()::text::bigint", []))

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["table", "key", "tx"], name="moved_row_by_key"),
            models.Index(fields=["merge", "id"], name="moved_row_by_merge"),
        ]


class MergedPerson(models.Model):
    """The number of a file that was merged: it leads to the one who stays.

    `given_up_index` is the blind index of the identity number that the merge gave up, of whichever of the two; it is a
    former number of the one who stays, so that nobody else is registered under it.
    """

    person = models.BigIntegerField(primary_key=True)
    area = AreaField(db_index=True)
    stays = models.BigIntegerField(db_index=True)
    merge = models.OneToOneField(Merge, models.PROTECT, related_name="+")
    given_up_index = models.BinaryField(max_length=16, unique=True)
    merged_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["person"]
