"""A vacancy, its filled places, and what of it is published."""

from datetime import date
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.kernel import Actor, AreaField, ScopedQuerySet
from openpes.people.models import Person
from openpes.vacancies.choices import EndReason, Term


class VacancyQuerySet(ScopedQuerySet):
    def seen_by(self, actor: Actor) -> Self:
        """An employer's account sees its own vacancies; staff see those of their area."""
        return self.filter(employer_id=actor.employer) if actor.employer else self.visible_to(actor.scope)

    def drafts(self) -> Self:
        """Vacancies that were never public."""
        return self.filter(published_on__isnull=True)

    def asked_for(self) -> Self:
        """Drafts whose employer asked for publication."""
        return self.drafts().filter(asked_on__isnull=False)

    def published(self) -> Self:
        """Vacancies that were ever public."""
        return self.filter(published_on__isnull=False)

    def open_on(self, day: date) -> Self:
        """Public on that day: published, not past its last day, not ended, not held."""
        return self.running_on(day).filter(held_on__isnull=True)

    def held_on_day(self, day: date) -> Self:
        """Would be public on that day, and is held."""
        return self.running_on(day).filter(held_on__isnull=False)

    def running_on(self, day: date) -> Self:
        """Published, not past its last day, not ended: open or held."""
        return self.published().filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=day), published_on__lte=day, closes_on__gte=day
        )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=False)
class Vacancy(models.Model):
    """An employer's open places of one kind. Its state on a day follows from its dates alone."""

    area = AreaField(db_index=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    occupation = models.CharField(max_length=10)
    openings = models.PositiveIntegerField()
    term = models.CharField(max_length=12, choices=Term)
    pay_min_fen = models.PositiveBigIntegerField(null=True)
    pay_max_fen = models.PositiveBigIntegerField(null=True)
    address = models.CharField(max_length=200, blank=True, default="")
    education_min = models.CharField(max_length=2, blank=True, default="")
    experience_min = models.PositiveSmallIntegerField(default=0)
    skills_required = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    skills_wanted = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    benefits = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    conditions = models.TextField(blank=True, default="")
    description = models.TextField(blank=True, default="")
    drafted_on = models.DateField()
    asked_on = models.DateField(null=True)
    return_note = models.CharField(max_length=300, blank=True, default="")
    published_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True, default="")
    held_on = models.DateField(null=True)  # since when a hold is open; nothing while none is
    last_sign_on = models.DateField(null=True)  # the last sign of life; nothing until the first after publication
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = VacancyQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["closes_on", "area"], include=["published_on", "ended_on"], name="vacancies_by_last_day",
                condition=Q(published_on__isnull=False),
            ),
            models.Index(
                fields=["asked_on", "id"], include=["area"], name="vacancies_asked_for",
                condition=Q(published_on__isnull=True, asked_on__isnull=False),
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=Q(openings__gte=1), name="vacancy_has_openings"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | Q(pay_min_fen__gt=0, pay_max_fen__gte=F("pay_min_fen"), closes_on__gte=F("published_on"))
                & ~Q(area=""),
                name="published_vacancy_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | Q(ended_on__isnull=False) & ~Q(end_reason=""),
                name="vacancy_ends_with_reason",
            ),
        ]


class Fill(models.Model):
    """One place of a vacancy that was filled on a day; the place number keeps fills within the openings."""

    area = AreaField(db_index=True)
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="+")
    employer_id = models.BigIntegerField()
    place_no = models.PositiveIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    filled_on = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["vacancy", "place_no"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "place_no"], name="place_filled_once"),
            models.CheckConstraint(condition=Q(place_no__gte=1), name="place_number"),
        ]


class PublishedVacancy(models.Model):
    """What the public may read of a vacancy: one narrow row while it is open, gone when it ends."""

    vacancy = models.OneToOneField(Vacancy, models.CASCADE, primary_key=True, related_name="+")
    place = AreaField(db_index=True)
    title = models.CharField(max_length=120)
    employer_id = models.BigIntegerField()
    employer_name = models.CharField(max_length=120)
    occupation = models.CharField(max_length=10, db_collation="C")
    industry = models.CharField(max_length=5, blank=True, default="")
    openings = models.PositiveIntegerField()
    places_left = models.PositiveIntegerField()
    term = models.CharField(max_length=12, choices=Term)
    pay_min_fen = models.PositiveBigIntegerField()
    pay_max_fen = models.PositiveBigIntegerField()
    address = models.CharField(max_length=200, blank=True, default="")
    education_min = models.CharField(max_length=2, blank=True, default="")
    experience_min = models.PositiveSmallIntegerField(default=0)
    skills_required = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    skills_wanted = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    benefits = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    conditions = models.TextField(blank=True, default="")
    description = models.TextField(blank=True, default="")
    published_on = models.DateField()
    closes_on = models.DateField()
    spot = models.CharField(max_length=16, blank=True, default="", db_default="")  # `engine.search.spot_of`
    sources = models.JSONField(null=True)  # copies shown as one with it: [{"vacancy": id, "employer": name}]
    terms = SearchVectorField()

    class Meta:
        ordering = ["-published_on", "-vacancy_id"]
        indexes = [
            GinIndex(fields=["terms"], name="published_by_terms"),
            models.Index(fields=["-published_on", "-vacancy"], name="published_newest"),
            models.Index(fields=["occupation", "pay_min_fen"], name="published_pay"),
        ]
