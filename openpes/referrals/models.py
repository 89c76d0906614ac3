"""Referrals of persons to vacancies, what the employer answered, and hires."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import Actor, AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.referrals.choices import Answer
from openpes.vacancies.models import Vacancy


class ReferralQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """Staff see their area, an employer the persons introduced to it, a person the own letters."""
        if actor.employer:
            return self.filter(employer_id=actor.employer)
        return self.filter(person_id=actor.person) if actor.person else self.visible_to(actor.scope)

    def counting_on(self, day: date) -> Self:
        """Referrals that count against the cap of a vacancy: hired, or unanswered with a letter still valid."""
        return self.filter(Q(answer=Answer.HIRED) | Q(answer="", valid_until_on__gte=day))

    def waiting(self) -> Self:
        """Referrals that nobody has answered yet."""
        return self.filter(answer="")


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
                condition=Q(answer="", answered_on__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False),
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


class LetterProof(models.Model):
    """What anybody who holds a letter may check of it, found by a digest of its code; it names no person."""

    digest = models.CharField(primary_key=True, max_length=64)
    letter_no = models.CharField(max_length=20, unique=True)
    vacancy_title = models.CharField(max_length=120)
    employer_name = models.CharField(max_length=120)
    made_on = models.DateField()
    valid_until_on = models.DateField()
    answered = models.BooleanField(default=False)

    class Meta:
        ordering = ["letter_no"]
