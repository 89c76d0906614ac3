"""What an employer answers to a hold."""

from typing import Self

from django.db import models
from django.db.models import Q

from openpes.kernel import Actor, AreaField, ScopedQuerySet
from openpes.kernel.hands import HandsField, by_another
from openpes.vacancies.models.holds import Hold


class HoldAppealQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees its own appeals; staff see those of their area."""
        return self.filter(employer_id=actor.employer) if actor.employer else self.visible_to(actor.scope)

    def undecided(self) -> Self:
        """Appeals that wait for the office."""
        return self.filter(decided_at__isnull=True)


class HoldAppeal(models.Model):
    """An employer's objection to a hold, decided with reasons by somebody who did not hold the vacancy."""

    area = AreaField(db_index=True)
    hold = models.ForeignKey(Hold, models.PROTECT, related_name="+")
    employer_id = models.BigIntegerField()
    words = models.CharField(max_length=1000)
    appealed_at = models.DateTimeField()
    appealed_by = models.BigIntegerField()
    held_hands = HandsField()
    due_on = models.DateField()
    granted = models.BooleanField(null=True)
    answer = models.CharField(max_length=1000, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_hands = HandsField(null=True)

    objects = HoldAppealQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["hold"], condition=Q(decided_at__isnull=True), name="appeal_open_once"),
            models.CheckConstraint(condition=~Q(words=""), name="appeal_has_words"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, granted__isnull=True, decided_hands__isnull=True)
                | Q(decided_at__isnull=False, granted__isnull=False, decided_hands__isnull=False) & ~Q(answer=""),
                name="appeal_decided_with_reasons",
            ),
            by_another("decided_hands", "held_hands", name="appeal_decided_by_another"),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], name="appeals_undecided", condition=Q(decided_at__isnull=True)),
        ]
