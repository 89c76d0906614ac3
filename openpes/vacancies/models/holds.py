"""Why an open vacancy is kept from the public for a time."""

from typing import Self

from django.db import models
from django.db.models import Q

from openpes.kernel import Actor, AreaField, ScopedQuerySet
from openpes.kernel.hands import HandsField
from openpes.vacancies.choices import HoldEnd, HoldGround
from openpes.vacancies.models.vacancies import Vacancy


class HoldQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees the holds of its own vacancies; staff see those of their area."""
        return self.filter(employer_id=actor.employer) if actor.employer else self.visible_to(actor.scope)

    def open(self) -> Self:
        """Holds that are not over."""
        return self.filter(ended_at__isnull=True)


class Hold(models.Model):
    """An open vacancy kept from the public: on which ground, in which words, until somebody lifts it."""

    area = AreaField(db_index=True)
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    employer_id = models.BigIntegerField()
    ground = models.CharField(max_length=14, choices=HoldGround)
    words = models.CharField(max_length=600)
    clause = models.CharField(max_length=300, blank=True, default="")
    next_step = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField()  # of the vacancy, when it was held
    held_at = models.DateTimeField()
    held_by = models.BigIntegerField()
    held_hands = HandsField()
    due_on = models.DateField(null=True)  # the last day to decide, on grounds that have one
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_hands = HandsField(null=True)
    end = models.CharField(max_length=10, choices=HoldEnd, blank=True, default="")
    end_words = models.CharField(max_length=600, blank=True, default="")

    objects = HoldQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "ground"], condition=Q(ended_at__isnull=True), name="hold_open_once"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="hold_has_words"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="", ended_hands__isnull=True)
                | Q(ended_at__isnull=False, ended_hands__isnull=False) & ~Q(end=""),
                name="hold_ends_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(ground=HoldGround.NEW_EMPLOYER, end=HoldEnd.LIFTED)
                | ~Q(ended_hands__overlap=models.F("held_hands")),
                name="new_employer_seen_by_two",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ground", "area", "due_on"], name="holds_open", condition=Q(ended_at__isnull=True)
            ),
        ]
