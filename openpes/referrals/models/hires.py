"""Hires: what an employer reports, what the office records, and whether people are still there later."""

from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.referrals.choices import CheckOutcome, CheckWay
from openpes.referrals.models.referrals import Referral
from openpes.vacancies.models import Vacancy


class Hire(models.Model):
    """A person who took a place of a vacancy, with the facts of the contract."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    referral = models.OneToOneField(Referral, models.PROTECT, null=True, related_name="+")
    begins_on = models.DateField()
    contract_until_on = models.DateField(null=True)
    pay_fen = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["begins_on", "area"], name="hires_by_first_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_until_on__isnull=True) | Q(contract_until_on__gt=F("begins_on")),
                name="contract_period",
            )
        ]


class HireReport(models.Model):
    """An employer's word that it hired an introduced person; the office confirms it, and only then it is a hire."""

    area = AreaField(db_index=True)
    referral = models.OneToOneField(Referral, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    begins_on = models.DateField()
    contract_until_on = models.DateField(null=True)
    pay_fen = models.PositiveBigIntegerField()
    reported_at = models.DateTimeField()
    reported_by = models.BigIntegerField()
    return_note = models.CharField(max_length=300, blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_until_on__isnull=True) | Q(contract_until_on__gt=F("begins_on")),
                name="reported_contract_period",
            )
        ]


class RetentionCheck(models.Model):
    """What was found some months after a hire: still there, or left when and why; unanswered ones have no row."""

    area = AreaField(db_index=True)
    hire = models.ForeignKey(Hire, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=CheckOutcome)
    left_on = models.DateField(null=True)
    reason = models.CharField(max_length=20, blank=True, default="")
    way = models.CharField(max_length=10, choices=CheckWay)
    note = models.CharField(max_length=300, blank=True, default="")
    is_late = models.BooleanField(default=False)
    answered_at = models.DateTimeField()
    answered_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-answered_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["hire", "months"], name="one_check_a_hire_and_time"),
            models.CheckConstraint(
                condition=Q(outcome=CheckOutcome.LEFT, left_on__isnull=False)
                | ~Q(outcome=CheckOutcome.LEFT) & Q(left_on__isnull=True),
                name="who_left_has_a_day",
            ),
        ]
