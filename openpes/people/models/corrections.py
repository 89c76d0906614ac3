"""What persons want corrected in their files, the answers, and appeals against refusals."""

from typing import Self

from django.db import models
from django.db.models import Q

from openpes.kernel import Actor, AreaField, HandsField, ScopedQuerySet, by_another
from openpes.people.choices import CorrectionAnswer, CorrectionRuling, Fact
from openpes.people.models.persons import Person


class CorrectionRequestQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """A person's account sees its own requests, staff those of their area."""
        return self.filter(person_id=actor.person) if actor.person else self.visible_to(actor.scope)

    def waiting(self) -> Self:
        """Requests without an answer."""
        return self.filter(answer="")


class CorrectionRequest(models.Model):
    """A person's word that a fact of the own file is wrong, what is right, and by which evidence; with its clock."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    fact = models.CharField(max_length=14, choices=Fact)
    wanted_sealed = models.BinaryField()
    evidence_sealed = models.BinaryField()
    asked_on = models.DateField()
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_hands = HandsField()
    answer = models.CharField(max_length=8, choices=CorrectionAnswer, blank=True, default="")
    answer_note = models.CharField(max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    answered_hands = HandsField(null=True)
    answered_office = models.CharField(max_length=120, blank=True, default="")
    changed_by_line = models.BigIntegerField(null=True)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "fact"], condition=Q(answer=""), name="one_request_of_a_fact"),
            by_another("answered_hands", "asked_hands", name="correction_by_another"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True, answered_hands__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, answered_hands__isnull=False)
                & (Q(answer="accepted") | Q(answer="refused") & ~Q(answer_note="")),
                name="correction_answered_whole",
            ),
        ]


class CorrectionAppealQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Appeals without a ruling."""
        return self.filter(ruling="")


class CorrectionAppeal(models.Model):
    """A person's word against a refused correction, ruled by another officer than the one who refused."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    request = models.OneToOneField(CorrectionRequest, models.PROTECT, related_name="+")
    first_by = models.BigIntegerField()
    first_hands = HandsField()
    grounds_sealed = models.BinaryField()
    filed_on = models.DateField()
    due_on = models.DateField()
    filed_at = models.DateTimeField()
    filed_by = models.BigIntegerField()
    filed_hands = HandsField()
    ruling = models.CharField(max_length=9, choices=CorrectionRuling, blank=True, default="")
    ruling_reason = models.CharField(max_length=500, blank=True, default="")
    ruled_at = models.DateTimeField(null=True)
    ruled_by = models.BigIntegerField(null=True)
    ruled_hands = HandsField(null=True)
    ruled_office = models.CharField(max_length=120, blank=True, default="")
    changed_by_line = models.BigIntegerField(null=True)

    objects = CorrectionAppealQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            by_another("ruled_hands", "first_hands", "filed_hands", name="correction_appeal_by_another"),
            models.CheckConstraint(
                condition=Q(ruling="", ruled_at__isnull=True, ruled_by__isnull=True, ruled_hands__isnull=True)
                | Q(ruled_at__isnull=False, ruled_by__isnull=False, ruled_hands__isnull=False)
                & ~Q(ruling="")
                & ~Q(ruling_reason=""),
                name="correction_ruled_whole",
            ),
        ]
