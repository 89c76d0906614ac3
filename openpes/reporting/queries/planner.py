"""Whom to visit or call next, and why; what was planned, made and won."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest, TruncDate

from openpes.employers.choices import Purpose
from openpes.employers.models import Contact, Employer, EmployerQuerySet, LicenceDocument
from openpes.engine.calendars import quarter
from openpes.engine.parameters import parameters
from openpes.kernel import Actor
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.reporting import rules
from openpes.reporting.models import Call, Lead, Report, Visit, WonVacancy
from openpes.reporting.models.winning import LeadQuerySet, VisitQuerySet
from openpes.reporting.queries.coverage import Measured, missing_by_employer
from openpes.reporting.queries.due import owing, stale_days
from openpes.reporting.rules import Grounds, Wanted
from openpes.vacancies.choices import HoldGround
from openpes.vacancies.models import Hold, Vacancy

LOOKED_AT = 600


@dataclass(frozen=True)
class Candidate:
    """An employer that may be visited: how long it was silent, how much a visit is wanted, and why."""

    employer: Employer
    heard_on: date | None
    wanted: Wanted


@dataclass(frozen=True)
class Counted:
    """What visits or informants brought in a time."""

    planned: int
    made: int
    won: int


def heard_by_employer(employers: QuerySet[Employer]) -> dict[int, date]:
    """When each of these employers was last heard of: a new vacancy or its sign of life, a visit, a report.

    Each source is one aggregate over all of them: asked for one employer after the other, a database without
    statistics reads the rows of the whole area each time. Who was never heard of is not in it.
    """
    heard = Max(Greatest("drafted_on", "last_sign_on"))
    sources = (
        (Vacancy.objects.all(), heard),
        (Visit.objects.filter(made_on__isnull=False), Max("made_on")),
        (Report.objects.all(), Max(TruncDate("made_at", tzinfo=BUSINESS_ZONE))),
    )
    found: dict[int, date] = {}
    for rows, newest in sources:
        of_these = rows.filter(employer__in=employers.order_by().values("pk")).order_by()
        for pk, on in of_these.values_list("employer").annotate(on=newest):
            found[pk] = max(on, found.get(pk, on))
    return found


def visit_candidates(*, scope: str, area: str, on: date, most: int = 30) -> list[Candidate]:
    """Employers of an area to visit next, the most wanted first; none that has a visit ahead.

    Only the longest silent and those with late reports are looked at, at most so many as an office can go through.
    """
    inside = area if area.startswith(scope) and scope else scope
    ahead = Visit.objects.planned().filter(employer=OuterRef("pk"))
    rows = Employer.objects.visible_to(inside).filter(~Exists(ahead))
    heard = heard_by_employer(rows)
    late = set(owing(scope=inside, on=on, late=True).values_list("employer_id", flat=True)[:LOOKED_AT])
    known = list(rows.order_by("pk").values_list("pk", flat=True))
    silent = sorted((pk for pk in known if pk not in late), key=lambda pk: (heard.get(pk, date.min), pk))
    looked_at = [*(pk for pk in known if pk in late)][: LOOKED_AT // 2] + silent[: LOOKED_AT // 2]
    facts = _known_of(looked_at, inside, on)
    found = [
        Candidate(row, heard.get(row.pk), rules.wanted(_grounds(row.pk, heard.get(row.pk), late, facts, on)))
        for row in rows.filter(pk__in=looked_at)
    ]
    return sorted(found, key=lambda one: (-one.wanted.points, one.employer.pk))[:most]


def silence_of(*, employer: int, on: date) -> int | None:
    """Days since anything was heard of an employer of the reader's area; nothing if it never was."""
    heard_on = heard_by_employer(Employer.objects.filter(pk=employer)).get(employer)
    return None if heard_on is None else (on - heard_on).days


def _grounds(
    employer: int, heard_on: date | None, late: set[int], known: Mapping[str, Mapping[int, int]], on: date
) -> Grounds:
    return Grounds(
        silent_days=None if heard_on is None else (on - heard_on).days,
        late=employer in late,
        hires_not_reported=known["missing"].get(employer, 0),
        stale=known["stale"].get(employer, 0),
        papers_over=known["papers"].get(employer, 0),
        callable=employer in known["contacts"],
    )


def _known_of(pks: list[int], scope: str, on: date) -> dict[str, Mapping[int, int]]:
    """Counts by employer, one statement each."""
    stale = Hold.objects.open().filter(ground=HoldGround.STALE, employer_id__in=pks).order_by()
    papers = LicenceDocument.objects.kept().filter(valid_until_on__lt=on, employer_id__in=pks).order_by()
    contacts = Contact.objects.agreeing(Purpose.VACANCIES, on).filter(employer_id__in=pks).order_by()
    before = quarter(quarter(on).from_on - timedelta(days=1))
    return {
        "stale": dict(stale.values_list("employer_id").annotate(n=Count("pk"))),
        "papers": dict(papers.values_list("employer_id").annotate(n=Count("pk"))),
        "contacts": dict(contacts.values_list("employer_id").annotate(n=Count("pk"))),
        "missing": missing_by_employer(scope=scope, asked=Measured(scope, before)),
    }


def planned_visits(*, scope: str, on: date | None = None, officer: int | None = None) -> VisitQuerySet:
    """Visits still to be made in an area, in the order of their days; on one day, by one officer."""
    rows = Visit.objects.visible_to(scope).select_related("employer", "site")
    rows = rows.planned() if on is None else rows.on_day(on)
    return rows.filter(officer=officer) if officer else rows


def visits_of(*, employer: int, most: int = 20) -> list[Visit]:
    """The visits to an employer, the last first, each with the number of vacancies that it won."""
    rows = Visit.objects.filter(employer_id=employer).annotate(won=_won("visit"))
    return list(rows.order_by("-planned_on", "-pk")[:most])


def visits_counted(*, scope: str, from_on: date, until_on: date) -> Counted:
    """Visits planned for and made in a time, and the vacancies won by them."""
    rows = Visit.objects.visible_to(scope)
    between = {"planned_on__gte": from_on, "planned_on__lt": until_on}
    won = WonVacancy.objects.visible_to(scope).filter(visit__isnull=False, won_on__gte=from_on, won_on__lt=until_on)
    made = rows.filter(made_on__gte=from_on, made_on__lt=until_on)
    return Counted(rows.filter(cancelled_on=None, **between).count(), made.count(), won.count())


def leads(*, scope: str) -> LeadQuerySet:
    """What informants of an area told: what waits first, then what is in hand, then the answered."""
    stage = Case(When(taken_at__isnull=True, then=0), When(outcome="", then=1), default=2)
    rows = Lead.objects.visible_to(scope).select_related("employer").annotate(stage=stage, won=_won("lead"))
    return rows.order_by("stage", "-told_at", "-pk")


def leads_to_take(*, scope: str) -> LeadQuerySet:
    """What informants of an area told and nobody has taken up, the earliest due first."""
    return Lead.objects.visible_to(scope).waiting().order_by("due_on", "pk")


def leads_counted(*, scope: str, from_on: date, until_on: date) -> list[tuple[str, int, int, int]]:
    """By village: what was told in a time, what of it was taken up, and the vacancies that were won."""
    rows = Lead.objects.visible_to(scope).filter(told_at__date__gte=from_on, told_at__date__lt=until_on).order_by()
    told = rows.values_list("area").annotate(
        n=Count("pk", distinct=True), taken=Count("pk", filter=Q(taken_at__isnull=False), distinct=True)
    )
    won = dict(WonVacancy.objects.filter(lead__in=rows).order_by().values_list("lead__area").annotate(n=Count("pk")))
    return sorted((area, n, taken, won.get(area, 0)) for area, n, taken in told)


def won_by(*, visit: int | None = None, lead: int | None = None) -> list[WonVacancy]:
    """The vacancies that a visit or an informant won."""
    rows = WonVacancy.objects.filter(visit=visit, lead=lead).select_related("vacancy")
    return list(rows.order_by("pk"))


def _won(by: str) -> Coalesce:
    rows = WonVacancy.objects.filter(**{by: OuterRef("pk")}).order_by().values(by)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def calls_of(*, employer: int, most: int = 10) -> list[Call]:
    """The calls to an employer whose outcome is known, the last first."""
    return list(Call.objects.exclude(outcome="").filter(employer_id=employer)[:most])


def open_call(*, actor: Actor) -> Call | None:
    """The call that somebody has taken up and not told the outcome of."""
    return Call.objects.visible_to(actor.scope).open().filter(taken_by=actor.id).select_related("employer").first()


def to_call(*, scope: str, on: date) -> EmployerQuerySet:
    """Employers to call, the most urgent first: a late report, a vacancy soon to be held, a report that is due.

    Nobody without consent for it, nobody whom somebody calls at this moment, nobody who shall be called later.
    """
    agreed = Contact.objects.agreeing(Purpose.VACANCIES, on).filter(employer=OuterRef("pk"))
    calling = Call.objects.filter(employer=OuterRef("pk")).filter(
        Q(outcome="") | Q(again_on__gt=on) | Q(told_at__date=on)
    )
    late, due = (owing(scope=scope, on=on, late=late).order_by().values("employer") for late in (True, False))
    silent = Vacancy.objects.running_on(on).filter(employer=OuterRef("pk"))
    limit = on - timedelta(days=stale_days(on) - warning_days(on))
    silent = silent.annotate(heard_on=Coalesce(F("last_sign_on"), F("published_on"))).filter(heard_on__lte=limit)
    rows = Employer.objects.visible_to(scope).filter(Exists(agreed), ~Exists(calling))
    rows = rows.annotate(
        urgency=Case(When(pk__in=late, then=0), When(Exists(silent), then=1), When(pk__in=due, then=2), default=9)
    )
    return rows.filter(urgency__lt=9).order_by("urgency", "pk")


def warning_days(on: date) -> int:
    """The days before a hold at which an employer is called."""
    return int(parameters().value("vacancy_stale_warning_days", on))
