"""The own page of an employer: what comes next, who waits, interviews, candidates with reasons, the own vacancies."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.employers.models import Employer
from openpes.employers.queries import employer_of
from openpes.engine.parameters import parameters
from openpes.kernel import Actor
from openpes.kernel.clock import day_of
from openpes.kernel.deadlines import Clock, clock_of
from openpes.portal.choices import NextKind
from openpes.portal.queries.own.candidates import Candidates, candidates_for
from openpes.portal.queries.own.responsible import Responsible, responsible_for
from openpes.portal.queries.own.steps import Next, due
from openpes.referrals.queries import (
    InterviewRow,
    ReferralRow,
    in_words,
    inbox,
    interviews_ahead,
    interviews_in_words,
    own_checks,
    waits_since,
)
from openpes.reporting.choices import Standing
from openpes.reporting.queries import duty_of, owed_by, running_vacancies
from openpes.vacancies.choices import State
from openpes.vacancies.models import Hold, Vacancy
from openpes.vacancies.queries import places_filled, state_on, vacancies_of

SHOWN_WAITING = 10
SHOWN_VACANCIES = 3  # with candidates
ENDS_SOON = timedelta(days=7)
DUE_SOON = timedelta(days=14)  # signs of life and reports


@dataclass(frozen=True)
class OwnVacancy:
    """A vacancy of the own firm with its state on the day."""

    vacancy: Vacancy
    state: State
    tone: str
    filled: int
    ends_soon: bool
    returned: bool


@dataclass(frozen=True)
class Waiting:
    """Somebody to whom the employer owes a word, and until when before the vacancy is no longer shown."""

    row: ReferralRow
    days: int
    clock: Clock


@dataclass(frozen=True)
class Workplace:
    """What an employer sees first: what to do next, who waits for an answer, who would suit, and its vacancies."""

    employer: Employer
    vacancies: tuple[OwnVacancy, ...]
    open_count: int
    places_left: int
    next: tuple[Next, ...]
    waiting: tuple[Waiting, ...]
    waiting_count: int
    interviews: tuple[InterviewRow, ...]
    candidates: tuple[Candidates, ...]
    responsible: Responsible | None


def own_workplace(*, actor: Actor, at: datetime) -> Workplace:
    """The vacancies and duties of the employer that a self-service account stands for.

    :raises Employer.DoesNotExist: the account stands for none
    """
    on, employer = day_of(at), employer_of(actor=actor)
    vacancies = _own_vacancies(employer, actor, on)
    open_ones = [row for row in vacancies if row.state == State.OPEN]
    unanswered = waits_since(inbox(actor=actor), at=at)
    waiting, count = _waiting(list(unanswered[:SHOWN_WAITING]), on), unanswered.count()
    interviews = tuple(interviews_in_words(interviews_ahead(actor=actor, at=at)))
    steps = (
        *_held(actor, vacancies, on), *_answers(waiting, count), *_talks(interviews), *_questions(actor, on),
        *_signs(employer, on), *_report(employer, on), *_of_vacancies(vacancies, on),
    )  # fmt: skip
    sought = [row.vacancy for row in open_ones if row.filled < row.vacancy.openings]
    return Workplace(
        employer=employer,
        vacancies=vacancies,
        open_count=len(open_ones),
        places_left=sum(row.vacancy.openings - row.filled for row in open_ones),
        next=tuple(sorted(steps, key=lambda step: step.order)),
        waiting=waiting,
        waiting_count=count,
        interviews=interviews,
        candidates=candidates_for(vacancies=sought[:SHOWN_VACANCIES], on=on),
        responsible=responsible_for(area=employer.area, on=on),
    )


def _own_vacancies(employer: Employer, actor: Actor, on: date) -> tuple[OwnVacancy, ...]:
    rows = list(vacancies_of(employer=employer.pk, actor=actor))
    filled = places_filled(pks=[row.pk for row in rows])
    return tuple(_own_vacancy(row, filled.get(row.pk, 0), on) for row in rows)


def _own_vacancy(row: Vacancy, filled: int, on: date) -> OwnVacancy:
    state = state_on(row, on)
    tone = {State.OPEN: "ok", State.DRAFT: "wait"}.get(state, "plain")
    soon = state == State.OPEN and row.closes_on is not None and row.closes_on <= on + ENDS_SOON
    return OwnVacancy(row, state, tone, filled, soon, returned=state == State.DRAFT and bool(row.return_note))


def _waiting(rows: list, on: date) -> tuple[Waiting, ...]:
    """Who waits, as `waits_since` found them, the longest first."""
    patience = timedelta(days=int(parameters().value("answer_freeze_days", on)))
    since = {row.pk: day_of(row.since) for row in rows}
    return tuple(
        Waiting(row, (on - since[row.referral.pk]).days, clock_of(since[row.referral.pk] + patience, on))
        for row in in_words(rows, on=on)
    )


def _answers(waiting: Collection[Waiting], count: int) -> Iterator[Next]:
    """One line for all who wait, with the clock of the one who waits longest."""
    if waiting:
        first = next(iter(waiting))
        yield Next(NextKind.ANSWER, first.row.referral.pk, first.row.person_name, clock=first.clock, count=count)


def _held(actor: Actor, vacancies: Collection[OwnVacancy], on: date) -> Iterator[Next]:
    titles = {row.vacancy.pk: row.vacancy.title for row in vacancies}
    for hold in Hold.objects.seen_by(actor).open().order_by("held_at", "pk"):
        note = f"{hold.words} {hold.next_step}".strip()
        title, ground = titles.get(hold.vacancy_id, ""), hold.get_ground_display()
        yield Next(NextKind.HOLD, hold.vacancy_id, title, ground, note, clock=due(hold.due_on, on))


def _signs(employer: Employer, on: date) -> Iterator[Next]:
    """One line for all open vacancies of which a sign of life is due, with the clock of the longest unheard."""
    quiet = [one for one in running_vacancies(employer=employer.pk, on=on) if not one.held]
    if soon := [one for one in quiet if one.stale_on <= on + DUE_SOON]:
        first = soon[0]
        clock = due(first.stale_on, on)
        yield Next(NextKind.SIGN, first.vacancy.pk, first.vacancy.title, clock=clock, count=len(soon))


def _report(employer: Employer, on: date) -> Iterator[Next]:
    duty = duty_of(employer=employer.pk, on=on)
    owed = owed_by(duty=duty, on=on) if duty else None
    if owed and owed.standing != Standing.DONE and owed.period.due_on <= on + DUE_SOON:
        begun = owed.period.from_on
        yield Next(NextKind.REPORT, employer.pk, begun=begun, clock=due(owed.period.due_on, on))


def _talks(rows: Collection[InterviewRow]) -> Iterator[Next]:
    for row in rows:
        talk = row.interview
        if talk.starts_at:
            yield Next(
                NextKind.INTERVIEW, talk.referral_id, row.person_name, row.vacancy_title, talk.place, talk.starts_at
            )


def _questions(actor: Actor, on: date) -> Iterator[Next]:
    """One line for all questions about people who were hired, with the clock of the oldest."""
    if lines := own_checks(actor=actor, on=on):
        first = lines[0]
        clock = due(first.last_on, on)
        yield Next(NextKind.CHECK, first.hire.pk, first.person_name, first.vacancy_title, clock=clock, count=len(lines))


def _of_vacancies(vacancies: Collection[OwnVacancy], on: date) -> Iterator[Next]:
    for row in vacancies:
        held = row.vacancy
        if row.returned:
            yield Next(NextKind.RETURNED, held.pk, held.title, note=held.return_note)
        elif row.ends_soon:
            yield Next(NextKind.ENDING, held.pk, held.title, clock=due(held.closes_on, on))
    if not any(row.state == State.OPEN for row in vacancies):
        yield Next(NextKind.WRITE, 0)
