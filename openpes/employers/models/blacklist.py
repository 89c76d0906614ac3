"""Employers that the service does not serve for a time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.employers.choices import AppealOutcome, BlacklistGround, BlacklistOutcome
from openpes.employers.models.records import Belonging, BelongingQuerySet
from openpes.kernel import HandsField, by_another


class BlacklistQuerySet(BelongingQuerySet):
    def in_force_on(self, day: date) -> Self:
        """Entries that were decided and hold on a day; an entry ends by itself, or earlier when an appeal succeeds."""
        decided = self.filter(outcome=BlacklistOutcome.ENTERED, begins_on__lte=day, ends_on__gt=day)
        return decided.filter(Q(lifted_on__isnull=True) | Q(lifted_on__gt=day))

    def waiting(self) -> Self:
        """Proposals that a second officer has not decided, and appeals without an answer."""
        return self.filter(Q(outcome="") | Q(appealed_at__isnull=False, appeal_outcome=""))


class BlacklistEntry(Belonging):
    """An employer that is neither published nor referred to for a time, proposed by one and decided by another.

    It holds in `[begins_on, ends_on)`. The employer may appeal; a third pair of hands answers.
    """

    ground = models.CharField(max_length=12, choices=BlacklistGround)
    clause = models.CharField(max_length=200)
    words = models.CharField(max_length=600)
    begins_on = models.DateField()
    ends_on = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.BigIntegerField()
    proposed_hands = HandsField()
    outcome = models.CharField(max_length=8, choices=BlacklistOutcome, blank=True, default="")
    outcome_words = models.CharField(max_length=600, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_hands = HandsField(null=True)
    appeal = models.CharField(max_length=600, blank=True, default="")
    appealed_at = models.DateTimeField(null=True)
    appeal_outcome = models.CharField(max_length=8, choices=AppealOutcome, blank=True, default="")
    appeal_words = models.CharField(max_length=600, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    answered_hands = HandsField(null=True)
    lifted_on = models.DateField(null=True)
    end_told_on = models.DateField(null=True)

    objects = BlacklistQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="blacklist_period"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(clause=""), name="blacklist_says_why"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, decided_hands__isnull=True)
                | ~Q(outcome="") & Q(decided_at__isnull=False, decided_hands__isnull=False),
                name="blacklist_decision_whole",
            ),
            models.CheckConstraint(
                condition=Q(appeal_outcome="", answered_hands__isnull=True)
                | ~Q(appeal_outcome="") & Q(appealed_at__isnull=False, answered_hands__isnull=False),
                name="blacklist_answer_whole",
            ),
            by_another("decided_hands", "proposed_hands", name="blacklist_by_two"),
            by_another("answered_hands", "proposed_hands", "decided_hands", name="blacklist_appeal_by_a_third"),
            models.UniqueConstraint(fields=["employer"], condition=Q(outcome=""), name="blacklist_proposed_once"),
        ]
