"""The re-employment preference certificate: application, notice, issue, uses, yearly checks, revocation."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import AreaField, HandsField, PeriodQuerySet, ScopedQuerySet, by_another
from openpes.people.models import Person
from openpes.registration.choices import CertificateOutcome, Group


class CertificateQuerySet(ScopedQuerySet):
    def undecided(self) -> Self:
        """Applications that wait for review, notice or decision."""
        return self.filter(outcome="")

    def valid_on(self, day: date) -> Self:
        """Certificates issued by the day and not revoked."""
        issued = self.filter(outcome=CertificateOutcome.ISSUED, issued_on__lte=day)
        return issued.filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=day))

    def to_check_on(self, day: date) -> Self:
        """Valid certificates whose yearly check is due by the day."""
        return self.valid_on(day).filter(check_due_on__lte=day)


class PreferenceCertificate(models.Model):
    """A certificate by which a laid-off or poor person draws the policies of re-employment, from application on."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    group = models.CharField(max_length=1, choices=Group)
    documents = ArrayField(models.CharField(max_length=2), default=list)
    former_unit = models.CharField(max_length=120, blank=True, default="")
    number = models.CharField(max_length=20, null=True, unique=True)
    applied_on = models.DateField()
    applied_at = models.DateTimeField()
    applied_by = models.BigIntegerField()
    applied_hands = HandsField()
    review_due_on = models.DateField()
    decide_due_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.BigIntegerField(null=True)
    reviewed_hands = HandsField(null=True)
    review_note = models.CharField(max_length=300, blank=True, default="")
    notice_from_on = models.DateField(null=True)
    notice_until_on = models.DateField(null=True)
    outcome = models.CharField(max_length=8, choices=CertificateOutcome, blank=True, default="")
    outcome_note = models.CharField(max_length=300, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_hands = HandsField(null=True)
    issued_on = models.DateField(null=True)
    check_due_on = models.DateField(null=True, db_index=True)
    revoked_on = models.DateField(null=True)
    revoked_by = models.BigIntegerField(null=True)
    revocation = models.CharField(max_length=300, blank=True, default="")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["decide_due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(outcome="") | Q(outcome="issued", revoked_on__isnull=True),
                name="one_preference_certificate",
            ),
            by_another("decided_hands", "applied_hands", "reviewed_hands", name="certificate_four_eyes"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_hands__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_hands__isnull=False),
                name="certificate_reviewed_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_hands__isnull=True)
                | Q(decided_by__isnull=False, decided_hands__isnull=False),
                name="certificate_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="issued")
                | Q(
                    number__isnull=False,
                    issued_on__isnull=False,
                    check_due_on__isnull=False,
                    notice_until_on__isnull=False,
                ),
                name="certificate_issued_whole",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | Q(outcome="issued") & ~Q(revocation=""),
                name="certificate_revoked_whole",
            ),
        ]


class CertificateNotice(models.Model):
    """What the public reads of an application before the decision: a masked name, the group, the place, the days."""

    certificate = models.BigIntegerField(unique=True)
    masked_name = models.CharField(max_length=80)
    group = models.CharField(max_length=1, choices=Group)
    place = models.CharField(max_length=120)
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        ordering = ["-from_on", "id"]


class ObjectionQuerySet(ScopedQuerySet):
    def unanswered(self) -> Self:
        """Objections that nobody has looked into yet."""
        return self.filter(answered_at=None)


class CertificateObjection(models.Model):
    """What somebody said against an application on notice, and what was found when it was looked into."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    certificate = models.ForeignKey(PreferenceCertificate, models.PROTECT, related_name="+")
    said = models.CharField(max_length=500)
    noted_at = models.DateTimeField()
    noted_by = models.BigIntegerField()
    answer = models.CharField(max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["certificate", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="objection_answered_whole",
            )
        ]


class CertificateCheck(models.Model):
    """The yearly look at whether a certificate still stands."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    certificate = models.ForeignKey(PreferenceCertificate, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    note = models.CharField(max_length=300, blank=True, default="")
    checked_on = models.DateField()
    checked_at = models.DateTimeField()
    checked_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["certificate", "year"]
        constraints = [models.UniqueConstraint(fields=["certificate", "year"], name="certificate_checked_once")]


class CertificateUse(models.Model):
    """A policy drawn on a certificate, written in by the unit that granted it; one at a time of each kind."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    certificate = models.ForeignKey(PreferenceCertificate, models.PROTECT, related_name="+")
    policy = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=120)
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    amount_fen = models.PositiveBigIntegerField(null=True)
    written_at = models.DateTimeField()
    written_by = models.BigIntegerField()

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["certificate", "from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")), name="certificate_use_period"
            )
        ]
