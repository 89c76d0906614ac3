"""The own pages: what a seeker may know of the own file, and what an employer has to do."""

from dataclasses import dataclass
from datetime import date, timedelta

from openpes.audit.queries import Reading, readers_of
from openpes.codes.queries import occupation_label
from openpes.employers.models import Employer
from openpes.employers.queries import employer_of
from openpes.kernel import Actor
from openpes.matching.queries import Advice, Suggestion, near_and_far, outlook_of_person
from openpes.network.queries import area_full_name
from openpes.people.queries import PersonCard, own_card, own_person
from openpes.referrals.queries import ReferralRow, in_words, inbox, own_referrals
from openpes.registration.models import JobWish, StatusPeriod
from openpes.registration.queries import end_reason_label, own_history, own_status, own_wish, status_label
from openpes.vacancies.choices import State
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import places_filled, state_on, vacancies_of

SHOWN_SUGGESTIONS = 6
SHOWN_READERS = 30
SHOWN_WAITING = 10
ENDS_SOON = timedelta(days=7)


@dataclass(frozen=True)
class Spell:
    """One registration in words."""

    period: StatusPeriod
    label: str
    tone: str
    end_reason: str


@dataclass(frozen=True)
class WishCard:
    """A job wish in words; without occupations any work is wanted."""

    wish: JobWish
    occupations: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class OwnFile:
    """Everything that the platform shows a seeker about the seeker."""

    card: PersonCard
    status: Spell | None
    history: tuple[Spell, ...]
    wish: WishCard | None
    suggestions: tuple[Suggestion, ...]
    distant: tuple[Suggestion, ...]
    advice: Advice | None
    referrals: tuple[ReferralRow, ...]
    readers: tuple[Reading, ...]


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
class Workplace:
    """What an employer sees first: its vacancies, who waits for an answer, and what to do next."""

    employer: Employer
    vacancies: tuple[OwnVacancy, ...]
    open_count: int
    places_left: int
    waiting: tuple[ReferralRow, ...]
    waiting_count: int
    longest_wait: int
    ending: tuple[OwnVacancy, ...]
    returned: tuple[OwnVacancy, ...]


def own_file(*, actor: Actor, on: date) -> OwnFile:
    """The file of the person that a self-service account stands for, identifiers masked.

    :raises Person.DoesNotExist: the account stands for none
    """
    holder = own_person(actor=actor)
    wish, status = own_wish(actor=actor, on=on), own_status(actor=actor, on=on)
    outlook = outlook_of_person(person=holder, wish=wish, on=on, k=SHOWN_SUGGESTIONS) if wish else None
    near, far = near_and_far(outlook.suggestions if outlook else [])
    return OwnFile(
        card=own_card(holder=holder, on=on),
        status=_spell(status) if status else None,
        history=tuple(_spell(period) for period in own_history(actor=actor)),
        wish=_wish_card(wish) if wish else None,
        suggestions=tuple(near),
        distant=tuple(far),
        advice=outlook.advice if outlook else None,
        referrals=tuple(in_words(own_referrals(actor=actor), on=on)),
        readers=tuple(readers_of(holder.pk, limit=SHOWN_READERS)),
    )


def own_workplace(*, actor: Actor, on: date) -> Workplace:
    """The vacancies and duties of the employer that a self-service account stands for.

    :raises Employer.DoesNotExist: the account stands for none
    """
    employer = employer_of(actor=actor)
    rows = list(vacancies_of(employer=employer.pk, actor=actor))
    filled = places_filled(pks=[row.pk for row in rows])
    vacancies = tuple(_own_vacancy(row, filled.get(row.pk, 0), on) for row in rows)
    open_ones = [row for row in vacancies if row.state == State.OPEN]
    unanswered = inbox(actor=actor).waiting().order_by("made_on", "id")
    waiting = in_words(list(unanswered[:SHOWN_WAITING]), on=on)
    return Workplace(
        employer=employer,
        vacancies=vacancies,
        open_count=len(open_ones),
        places_left=sum(row.vacancy.openings - row.filled for row in open_ones),
        waiting=tuple(waiting),
        waiting_count=unanswered.count(),
        longest_wait=waiting[0].days_waiting if waiting else 0,
        ending=tuple(row for row in open_ones if row.ends_soon),
        returned=tuple(row for row in vacancies if row.returned),
    )


def _spell(period: StatusPeriod) -> Spell:
    label, tone = status_label(period)
    return Spell(period, label, tone, end_reason_label(period))


def _wish_card(wish: JobWish) -> WishCard:
    occupations = tuple(occupation_label(code) for code in wish.occupations)
    return WishCard(wish, occupations, tuple(area_full_name(path) for path in wish.places))


def _own_vacancy(row: Vacancy, filled: int, on: date) -> OwnVacancy:
    state = state_on(row, on)
    tone = {State.OPEN: "ok", State.DRAFT: "wait"}.get(state, "plain")
    soon = state == State.OPEN and row.closes_on is not None and row.closes_on <= on + ENDS_SOON
    return OwnVacancy(row, state, tone, filled, soon, returned=state == State.DRAFT and bool(row.return_note))
