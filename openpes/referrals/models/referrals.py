"""Referrals of persons to vacancies, each step on their way, and the proof of their letters."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from openpes.employers.models import Employer
from openpes.kernel import Actor, AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.referrals.choices import FAR_STAGES, Answer, News, Origin, Side, Stage, State
from openpes.referrals.rules.states import state_of
from openpes.vacancies.models import Vacancy


class ReferralQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """Staff see their area, an employer the persons introduced to it, a person the own letters."""
        if actor.employer:
            return self.filter(employer_id=actor.employer)
        return self.filter(person_id=actor.person) if actor.person else self.visible_to(actor.scope)

    def counting_on(self, day: date) -> Self:
        """Referrals that count against the cap of a vacancy: hired, or open, and fresh or on the way to a place."""
        alive = Q(valid_until_on__gte=day) | Q(stage__in=FAR_STAGES)
        return self.filter(Q(answer=Answer.HIRED) | Q(answer="") & alive)

    def waiting(self) -> Self:
        """Referrals that nobody has answered yet."""
        return self.filter(answer="")


class Referral(models.Model):
    """A person's way to one vacancy: a letter with which the service introduces it, or its own application.

    `stage` is how far it came and `stage_at` since when; `reason` is a code of `feedback_reasons` behind the answer;
    `free_ground` says as whom the person pays nothing for it.
    """

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
    origin = models.CharField(max_length=12, choices=Origin, default=Origin.INTRODUCTION, db_default="introduction")
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.MADE, db_default="made")
    stage_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True, default="", db_default="")
    own_words = models.TextField(max_length=1000, blank=True, default="", db_default="")
    free_ground = models.CharField(max_length=20, blank=True, default="", db_default="")
    reminders = models.PositiveSmallIntegerField(default=0, db_default=0)

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
        indexes = [
            models.Index(fields=["made_at", "id"], condition=Q(answer=""), name="referrals_open"),
            models.Index(fields=["made_on", "area"], include=["free_ground", "origin"], name="referrals_by_day"),
        ]

    @property
    def state(self) -> State:
        """The one state that both sides see."""
        return state_of(origin=self.origin, stage=self.stage, answer=self.answer)

    @property
    def is_application(self) -> bool:
        """Whether the person applied without an introduction."""
        return self.origin == Origin.APPLICATION


class Step(models.Model):
    """Something that happened on the way of a referral: which, from whose side, by whom, when; never changed again.

    `was` and `now` are states, equal where the step changed none; `reason` is a code of `feedback_reasons`.
    """

    area = AreaField(db_index=True)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    news = models.CharField(max_length=10, choices=News)
    was = models.CharField(max_length=12, choices=State)
    now = models.CharField(max_length=12, choices=State)
    side = models.CharField(max_length=10, choices=Side)
    reason = models.CharField(max_length=20, blank=True, default="")
    words = models.CharField(max_length=600, blank=True, default="")
    at = models.DateTimeField()
    by = models.BigIntegerField()

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["employer", "-at", "-id"], name="steps_of_an_employer")]


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
