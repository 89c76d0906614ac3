"""The own page of a seeker: what comes next, jobs with reasons, applications, promises, and who is responsible."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openpes.appointments.choices import AHEAD
from openpes.appointments.queries import own_appointments
from openpes.audit.queries import Reading, readers_of
from openpes.codes.queries import occupation_label
from openpes.kernel import Actor
from openpes.kernel.clock import day_of
from openpes.matching.choices import CHANGES_SHOWN
from openpes.matching.queries import Advice, Suggestion, near_and_far, outlook_of_person, spread_of_person
from openpes.network.queries import area_full_name
from openpes.people.queries import PersonCard, own_card, own_person
from openpes.portal.choices import NextKind
from openpes.portal.queries.own.promises import Promise, promises_to
from openpes.portal.queries.own.responsible import Responsible, responsible_for
from openpes.portal.queries.own.steps import Next, due
from openpes.referrals.choices import InterviewState, Stage
from openpes.referrals.queries import (
    InterviewRow,
    ReferralRow,
    in_words,
    interviews_ahead,
    interviews_in_words,
    own_checks,
    own_referrals,
)
from openpes.registration.models import JobWish, StatusPeriod
from openpes.registration.queries import end_reason_label, own_history, own_status, own_wish, status_label

SHOWN_SUGGESTIONS = 6
SHOWN_READERS = 30
LETTER_ENDS_SOON = timedelta(days=3)
WISH_ENDS_SOON = timedelta(days=14)


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
    next: tuple[Next, ...]
    suggestions: tuple[Suggestion, ...]
    distant: tuple[Suggestion, ...]
    changes: tuple[Advice, ...]
    referrals: tuple[ReferralRow, ...]
    interviews: tuple[InterviewRow, ...]
    promises: tuple[Promise, ...]
    responsible: Responsible | None
    readers: tuple[Reading, ...]

    @property
    def applied(self) -> set[int]:
        """The vacancies whose employers the person waits for."""
        return {row.referral.vacancy_id for row in self.referrals if not row.referral.answer}

    @property
    def kept(self) -> int:
        """How many promises are kept."""
        return sum(promise.is_kept for promise in self.promises)


def own_file(*, actor: Actor, at: datetime) -> OwnFile:
    """The file of the person that a self-service account stands for, identifiers masked.

    :raises Person.DoesNotExist: the account stands for none
    """
    on, holder = day_of(at), own_person(actor=actor)
    wish, status = own_wish(actor=actor, on=on), own_status(actor=actor, on=on)
    spread = spread_of_person(person=holder.pk) if wish else ()
    outlook = outlook_of_person(person=holder, wish=wish, on=on, k=SHOWN_SUGGESTIONS, spread=spread) if wish else None
    near, far = near_and_far(outlook.suggestions if outlook else [])
    referrals = tuple(in_words(own_referrals(actor=actor), on=on, names={holder.pk: holder.name}))
    interviews = tuple(interviews_in_words(interviews_ahead(actor=actor, at=at)))
    steps = (
        *_talks(interviews, on), *_letters(referrals, on), *_questions(actor, on), *_times(actor), *_wish(wish, on),
    )  # fmt: skip
    return OwnFile(
        card=own_card(holder=holder, on=on),
        status=_spell(status) if status else None,
        history=tuple(_spell(period) for period in own_history(actor=actor)),
        wish=_wish_card(wish) if wish else None,
        next=tuple(sorted(steps, key=lambda step: step.order)),
        suggestions=tuple(near),
        distant=tuple(far),
        changes=tuple(outlook.changes[:CHANGES_SHOWN]) if outlook else (),
        referrals=referrals,
        interviews=interviews,
        promises=promises_to(status=status, wish=wish, referrals=referrals, on=on),
        responsible=responsible_for(area=holder.area, on=on),
        readers=tuple(readers_of(holder.pk, limit=SHOWN_READERS)),
    )


def _talks(rows: tuple[InterviewRow, ...], on: date) -> Iterator[Next]:
    for row in rows:
        talk = row.interview
        if talk.state == InterviewState.PROPOSED:
            last = day_of(max(talk.slots))
            yield Next(NextKind.TIMES, talk.referral_id, row.vacancy_title, row.employer_name, clock=due(last, on))
        elif talk.starts_at:
            yield Next(
                NextKind.INTERVIEW, talk.referral_id, row.vacancy_title, row.employer_name, talk.place, talk.starts_at
            )


def _letters(rows: tuple[ReferralRow, ...], on: date) -> Iterator[Next]:
    for row in rows:
        held, last = row.referral, row.referral.valid_until_on
        if held.answer:
            continue
        if held.stage == Stage.OFFERED:
            yield Next(NextKind.OFFER, held.pk, row.vacancy_title, row.employer_name)
        elif held.stage == Stage.MADE and not held.is_application and on <= last <= on + LETTER_ENDS_SOON:
            yield Next(NextKind.LETTER, held.pk, row.vacancy_title, row.employer_name, clock=due(last, on))


def _questions(actor: Actor, on: date) -> Iterator[Next]:
    for line in own_checks(actor=actor, on=on):
        yield Next(NextKind.CHECK, line.hire.pk, line.vacancy_title, line.employer_name, clock=due(line.last_on, on))


def _times(actor: Actor) -> Iterator[Next]:
    for row in own_appointments(actor=actor):
        if row.state in AHEAD:
            yield Next(NextKind.APPOINTMENT, row.pk, row.get_purpose_display(), row.point.name, at=row.starts_at)


def _wish(wish: JobWish | None, on: date) -> Iterator[Next]:
    if wish is None:
        yield Next(NextKind.WISH, 0)
    elif wish.until_on and wish.until_on <= on + WISH_ENDS_SOON:
        yield Next(NextKind.WISH, wish.pk, clock=due(wish.until_on, on))


def _spell(period: StatusPeriod) -> Spell:
    label, tone = status_label(period)
    return Spell(period, label, tone, end_reason_label(period))


def _wish_card(wish: JobWish) -> WishCard:
    occupations = tuple(occupation_label(code) for code in wish.occupations)
    return WishCard(wish, occupations, tuple(area_full_name(path) for path in wish.places))
