"""Which hired people are to be asked whether they are still there, what was answered, and how many stayed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from openpes.engine.calendars import add_months
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.referrals import rules
from openpes.referrals.choices import CheckOutcome
from openpes.referrals.models import Hire, RetentionCheck
from openpes.registration.choices import EmploymentEnd, Status
from openpes.registration.models import StatusPeriod
from openpes.vacancies.queries import titles_of

# Why an employment ended (Labour Contract Law, art. 36 to 44), as the list of the retention check says it.
LEFT_FOR: dict[str, str] = {EmploymentEnd.EXPIRED: "31", EmploymentEnd.BY_EMPLOYER: "32", EmploymentEnd.CLOSED: "33"}
OTHER_REASON = "40"
FORGOTTEN = timedelta(days=120)  # who was not asked for so long is counted as unknown, and asked at the next time


@dataclass(frozen=True)
class CheckLine:
    """A question that is due about a hire: after how many months, since when, and whether its time is over."""

    hire: Hire
    months: int
    due_on: date
    last_on: date
    is_late: bool
    person_name: str = ""
    vacancy_title: str = ""
    employer_name: str = ""


def due_checks(*, scope: str, on: date) -> list[CheckLine]:
    """The questions that are due in an area on a day, the longest due first."""
    return _in_words(_due(Hire.objects.visible_to(scope), on))


def own_checks(*, actor: Actor, on: date) -> list[CheckLine]:
    """The questions that are due about a person's own hire, or about the people whom an employer hired."""
    rows = Hire.objects.filter(employer_id=actor.employer) if actor.employer else Hire.objects.filter(
        person_id=actor.person
    )
    return _in_words(_due(rows, on))


def ended_in_register(*, on: date) -> list[tuple[int, int, date, str]]:
    """Questions due on a day that the register answers, since the employment had ended by then: hire, months, the first
    day without it, and the reason as the list of retention checks says it; the caller sees the whole city."""
    lines = _due(Hire.objects.all(), on)
    people = {line.hire.person_id for line in lines}
    rows = StatusPeriod.objects.filter(person_id__in=people, status=Status.EMPLOYED, until_on__isnull=False)
    ended = {(row.person_id, row.employer_id, row.from_on): row for row in rows.order_by("pk")}
    found = []
    for line in lines:
        job = ended.get((line.hire.person_id, line.hire.employer_id, line.hire.begins_on))
        if job is not None and job.until_on is not None and job.until_on <= line.due_on:
            found.append((line.hire.pk, line.months, job.until_on, LEFT_FOR.get(job.end_reason, OTHER_REASON)))
    return found


def checks_of_hire(*, hire: int) -> list[RetentionCheck]:
    """What was answered about a hire, the earliest first."""
    return list(RetentionCheck.objects.filter(hire_id=hire).order_by("months"))


def retention_counts(*, scope: str, from_on: date, until_on: date) -> dict[str, int]:
    """How many checks due in `[from_on, until_on)` found people there, gone or not at all, and how many late."""
    rows = RetentionCheck.objects.visible_to(scope).filter(due_on__gte=from_on, due_on__lt=until_on)
    counted = rows.aggregate(
        **{outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in CheckOutcome},
        late=Count("pk", filter=Q(is_late=True)),
    )
    return {name: number or 0 for name, number in counted.items()}


def _due(hires: QuerySet[Hire], on: date) -> list[CheckLine]:
    lines = []
    for months in rules.months_asked(on):
        answered = Q(months=months) | Q(outcome=CheckOutcome.LEFT)
        done = RetentionCheck.objects.filter(answered, hire=OuterRef("pk"))
        begun = {"begins_on__lte": add_months(on, -months), "begins_on__gt": add_months(on - FORGOTTEN, -months)}
        for hire in hires.filter(~Exists(done), **begun).order_by("begins_on", "pk"):
            due = rules.due_on(hire.begins_on, months)
            if due <= on and months in rules.months_asked(hire.begins_on):
                last = rules.last_day(due)
                lines.append(CheckLine(hire, months, due, last, last < on))
    return sorted(lines, key=lambda line: (line.due_on, line.hire.pk))


def _in_words(lines: list[CheckLine]) -> list[CheckLine]:
    titles = titles_of(pks={line.hire.vacancy_id for line in lines})
    with within(CITY):
        people = Person.objects.filter(pk__in={line.hire.person_id for line in lines}).order_by("pk")
        names = dict(people.values_list("pk", "name"))
    return [
        CheckLine(
            line.hire, line.months, line.due_on, line.last_on, line.is_late, names.get(line.hire.person_id, ""),
            *titles[line.hire.vacancy_id],
        )
        for line in lines
    ]  # fmt: skip
