"""Referrals of persons to vacancies, what the employer answered, and hires."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.referrals.choices import Answer
from openpes.vacancies.models import Vacancy


class ReferralQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Referrals that nobody has answered yet."""
        return self.filter(answer="")

    def waiting_since(self, day: date) -> Self:
        """Referrals made on or before a day and not answered."""
        return self.waiting().filter(made_on__lte=day)


class Referral(models.Model):
    """A letter with which the service introduces a person to an employer for one vacancy."""

    area = AreaField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    letter_no = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=32, unique=True)
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField()
    valid_until_on = models.DateField()
    score = models.PositiveIntegerField(null=True)
    answer = models.CharField(max_length=12, choices=Answer, blank=True, default="")
    answer_note = models.CharField(max_length=300, blank=True, default="")
    answered_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "vacancy"], condition=Q(answer=""), name="one_waiting_referral"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | ~Q(answer="") & Q(answered_on__isnull=False),
                name="answer_has_its_day",
            ),
        ]


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
        constraints = [
            models.CheckConstraint(
                condition=Q(contract_until_on__isnull=True) | Q(contract_until_on__gt=F("begins_on")),
                name="contract_period",
            )
        ]
