"""Who has to report, who has, and who is late; what of an employer is open or has no sign of life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from openpes.employers.models import Employer
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.reporting import rules
from openpes.reporting.choices import Rhythm, Standing
from openpes.reporting.models import Duty, Report, ReportLine
from openpes.reporting.models.duties import DutyQuerySet
from openpes.reporting.rules import ReportPeriod
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.models import Hold, Vacancy, VacancyQuerySet
from openpes.vacancies.queries import places_filled

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Owed:
    """Where an employer stands with its duty on a day: the period for which a report counts, and its standing."""

    duty: Duty
    period: ReportPeriod
    standing: Standing

    @property
    def is_late(self) -> bool:
        return self.standing == Standing.LATE


@dataclass(frozen=True)
class OpenVacancy:
    """An open or held vacancy of an employer, when it was last heard of, and when it will be held if nobody answers."""

    vacancy: Vacancy
    heard_on: date
    days: int
    stale_on: date
    held: bool
    places_left: int


def grace(on: date) -> int:
    """The working days after a period in which its report is in time."""
    return int(parameters().value("reporting_grace_working_days", on))


def stale_days(on: date) -> int:
    """The days without a sign of life after which a vacancy is held."""
    return int(parameters().value("vacancy_stale_days", on))


def duty_of(*, employer: int, on: date) -> Duty | None:
    """The duty of an employer on a day, as far as the reader sees it."""
    return Duty.objects.in_force_on(on).filter(employer_id=employer).first()


def owed_by(*, duty: Duty, on: date) -> Owed:
    """For which period the employer of a duty reports next, and whether that is done, due or late."""
    days = Report.objects.filter(employer_id=duty.employer_id, period_from_on__gte=on - timedelta(days=200))
    reported = set(days.order_by().values_list("period_from_on", flat=True))
    period = rules.period_to_report(Rhythm(duty.rhythm), on, since_on=duty.from_on, reported=reported, grace=grace(on))
    return Owed(duty, period, rules.standing(period, reported=period.from_on in reported, on=on))


def owing(*, scope: str, on: date, late: bool | None = None) -> DutyQuerySet:
    """Duties of an area whose last complete period has no report: all, the late ones, or those still in time."""
    wanted = Q(pk__in=[])
    for rhythm in Rhythm:
        period = last_period(rhythm, on)
        if late is None or (on > period.due_on) == late:
            wanted |= Q(rhythm=rhythm, from_on__lte=period.from_on) & ~Q(_reported(period))
    return Duty.objects.visible_to(scope).in_force_on(on).filter(wanted)


def last_period(rhythm: Rhythm, on: date) -> ReportPeriod:
    """The last complete period of a rhythm before a day."""
    days = grace(on)
    present = rules.period_at(rhythm, on, grace=days)
    return rules.period_at(rhythm, present.from_on - DAY, grace=days)


def report_due_on(on: date) -> Case:
    """The last day in time of the report that a duty of `owing` lacks, as an expression of its rhythm."""
    days = [When(rhythm=rhythm, then=Value(last_period(rhythm, on).due_on)) for rhythm in Rhythm]
    return Case(*days, output_field=DateField())


def _reported(period: ReportPeriod) -> Exists:
    return Exists(Report.objects.filter(employer=OuterRef("employer"), period_from_on=period.from_on))


def running_vacancies(*, employer: int, on: date) -> list[OpenVacancy]:
    """The open and held vacancies of an employer anywhere in the city, the longest unheard first."""
    with within(CITY):
        rows = list(_heard(Vacancy.objects.running_on(on)).filter(employer_id=employer).order_by("heard_on", "pk"))
        filled = _filled([row.pk for row in rows])
    limit = stale_days(on)
    return [
        OpenVacancy(
            row, row.heard_on, (on - row.heard_on).days, row.heard_on + timedelta(days=limit), row.held_on is not None,
            max(row.openings - filled.get(row.pk, 0), 0),
        )
        for row in rows
    ]  # fmt: skip


def stale_vacancies(*, scope: str, on: date, after_days: int | None = None) -> VacancyQuerySet:
    """Open vacancies of an area of which nothing was heard for so many days, by default those that are held for it."""
    limit = on - timedelta(days=stale_days(on) if after_days is None else after_days)
    return _heard(Vacancy.objects.visible_to(scope).open_on(on)).filter(heard_on__lte=limit).order_by("pk")


def stale_holds(*, scope: str) -> int:
    """How many vacancies of an area are on hold for want of a sign of life."""
    return Hold.objects.visible_to(scope).open().filter(ground=HoldGround.STALE).count()


def changes_to_settle(*, scope: str) -> list[ReportLine]:
    """What employers said has changed, and nobody has seen to, the oldest first."""
    found = ReportLine.objects.visible_to(scope).filter(said="changed", settled_at=None)
    return list(found.select_related("vacancy", "employer").order_by("said_at", "pk")[:200])


def reports_of(*, employer: int, actor: Actor, most: int = 12) -> list[Report]:
    """The last reports of an employer that the actor may see."""
    return list(Report.objects.seen_by(actor).filter(employer_id=employer)[:most])


def employers_without_duty(*, scope: str, on: date, least: int) -> Sequence[Employer]:
    """Employers of an area with at least so many people and no duty on a day, in the order of their ids."""
    held = Duty.objects.in_force_on(on).filter(employer=OuterRef("pk"))
    found = Employer.objects.visible_to(scope).filter(~Exists(held), staff_count__gte=least)
    return list(found.order_by("pk")[:5000])


def _heard(rows: VacancyQuerySet) -> VacancyQuerySet:
    """When each was last heard of: its last sign of life, else its publication."""
    return rows.annotate(heard_on=Coalesce(F("last_sign_on"), F("published_on")))


def _filled(pks: list[int]) -> dict[int, int]:
    return places_filled(pks=pks)
