"""What persons have learned: education, skill grades, licences."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.choices import EducationProof, QualificationKind
from openpes.people.models.persons import Person


class RecordQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Records that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class EducationRecord(models.Model):
    """An education that a person completed. The highest one standing is the education of the person's file.

    What a person stated before there was a record is kept as one without papers.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    level = models.CharField(max_length=2)
    school = models.CharField(max_length=100, blank=True, default="")
    subject = models.CharField(max_length=100, blank=True, default="")
    graduated_on = models.DateField(null=True)
    proof = models.CharField(max_length=8, choices=EducationProof)
    number_sealed = models.BinaryField(null=True)
    number_index = models.BinaryField(max_length=16, null=True)
    number_mask = models.CharField(max_length=30, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    recorded_office = models.CharField(max_length=120, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    withdrawal = models.CharField(max_length=300, blank=True, default="")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["person", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(proof="stated") | ~Q(school="") & Q(graduated_on__isnull=False, number_index__isnull=False),
                name="education_proved_whole",
            ),
            models.UniqueConstraint(
                fields=["number_index"], condition=Q(withdrawn_at__isnull=True), name="education_paper_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(proof="stated", withdrawn_at__isnull=True), name="education_stated_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal=""),
                name="education_withdrawn_whole",
            ),
        ]


class QualificationQuerySet(RecordQuerySet):
    def valid_on(self, day: date) -> Self:
        """Qualifications that stand and have not run out on a day."""
        return self.standing().filter(Q(until_on__isnull=True) | Q(until_on__gt=day))

    def ending_by(self, day: date) -> Self:
        """Qualifications that stand and whose first day without them lies on or before a day."""
        return self.standing().filter(until_on__isnull=False, until_on__lte=day)


class Qualification(models.Model):
    """A skill grade or a licence of a person, with its paper, valid from its issue to the day before `until_on`.

    The highest grade that is valid is the grade of the person's file; a licence stands among its skills.
    """

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=QualificationKind)
    grade = models.CharField(max_length=2, blank=True, default="")
    occupation = models.CharField(max_length=12, blank=True, default="")
    skill = models.CharField(max_length=20, blank=True, default="")
    number_sealed = models.BinaryField(null=True)
    number_index = models.BinaryField(max_length=16, null=True)
    number_mask = models.CharField(max_length=30, blank=True, default="")
    issuer = models.CharField(max_length=100, blank=True, default="")
    issued_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    expired_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()
    recorded_office = models.CharField(max_length=120, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    withdrawal = models.CharField(max_length=300, blank=True, default="")

    objects = QualificationQuerySet.as_manager()

    class Meta:
        ordering = ["person", "id"]
        indexes = [models.Index(fields=["until_on"], name="qualification_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="stated") | ~Q(issuer="") & Q(issued_on__isnull=False, number_index__isnull=False),
                name="qualification_proved_whole",
            ),
            models.CheckConstraint(
                condition=Q(grade="") & ~Q(skill="") | ~Q(grade="") & Q(skill=""), name="qualification_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("issued_on")), name="qualification_period"
            ),
            models.UniqueConstraint(
                fields=["kind", "number_index"],
                condition=Q(withdrawn_at__isnull=True),
                name="qualification_paper_once",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="stated", withdrawn_at__isnull=True), name="grade_stated_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal=""),
                name="qualification_withdrawn_whole",
            ),
        ]
