"""Visits to employers, what informants in villages tell, and the vacancies that were won by either."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from openpes.employers.models import Employer
from openpes.employers.models import Site as EmployerSite
from openpes.kernel import AreaField, ScopedQuerySet
from openpes.reporting.choices import LeadKind, LeadOutcome
from openpes.vacancies.models import Vacancy


class VisitQuerySet(ScopedQuerySet):
    def planned(self) -> Self:
        """Visits that are still to be made."""
        return self.filter(made_on__isnull=True, cancelled_on__isnull=True)

    def on_day(self, day: date) -> Self:
        """Visits planned for a day and not given up."""
        return self.filter(planned_on=day, cancelled_on__isnull=True)


class Visit(models.Model):
    """A member of staff goes to an employer on a day; afterwards, whom one met and what was learnt."""

    area = AreaField(db_index=True)
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    site = models.ForeignKey(EmployerSite, models.PROTECT, null=True, related_name="+")
    officer = models.BigIntegerField()
    why = models.CharField(max_length=300)
    planned_on = models.DateField()
    planned_by = models.BigIntegerField()
    made_on = models.DateField(null=True)
    met = models.CharField(max_length=80, blank=True, default="")
    learnt = models.CharField(max_length=1000, blank=True, default="")
    expects = models.PositiveIntegerField(null=True)
    told_at = models.DateTimeField(null=True)
    cancelled_on = models.DateField(null=True)
    cancel_words = models.CharField(max_length=300, blank=True, default="")

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=Q(made_on__isnull=True, cancelled_on__isnull=True),
                name="one_visit_ahead",
            ),
            models.CheckConstraint(
                condition=Q(made_on__isnull=True) | ~Q(learnt="") & Q(cancelled_on__isnull=True), name="visit_told"
            ),
        ]  # fmt: skip


class LeadQuerySet(ScopedQuerySet):
    def waiting(self) -> Self:
        """Leads that nobody has taken up."""
        return self.filter(taken_at__isnull=True)

    def in_hand(self) -> Self:
        """Leads that somebody has taken up and not answered."""
        return self.filter(taken_at__isnull=False, outcome="")


class Lead(models.Model):
    """What an informant in a village (村级信息员) told: a firm, or somebody who looks for workers."""

    area = AreaField(db_index=True)
    kind = models.CharField(max_length=7, choices=LeadKind)
    firm = models.CharField(max_length=120)
    employer = models.ForeignKey(Employer, models.PROTECT, null=True, related_name="+")
    words = models.CharField(max_length=600)
    openings = models.PositiveIntegerField(null=True)
    told_at = models.DateTimeField()
    told_by = models.BigIntegerField()
    due_on = models.DateField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=7, choices=LeadOutcome, blank=True, default="")
    answer = models.CharField(max_length=600, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    objects = LeadQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True)
                | ~Q(outcome="") & ~Q(answer="") & Q(answered_at__isnull=False, taken_at__isnull=False),
                name="lead_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(taken_at__gte=F("told_at")), name="lead_taken_after"
            ),
        ]


class WonVacancy(models.Model):
    """A vacancy that a visit or an informant won; it counts for one of them, once."""

    area = AreaField(db_index=True)
    vacancy = models.OneToOneField(Vacancy, models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, related_name="+")
    won_on = models.DateField()
    noted_by = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visit__isnull=True, lead__isnull=False) | Q(visit__isnull=False, lead__isnull=True),
                name="won_by_one",
            )
        ]
