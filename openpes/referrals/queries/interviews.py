"""Interviews of a person or an employer: the open one, those ahead, proposed times and what they clash with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from openpes.appointments.choices import HOLDING
from openpes.appointments.models import Appointment
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.referrals import rules
from openpes.referrals.choices import GROUNDS_IN_DOUBT, InterviewState
from openpes.referrals.models import Interview, Referral
from openpes.referrals.rules import Busy
from openpes.vacancies.models import Hold
from openpes.vacancies.queries import titles_of


@dataclass(frozen=True)
class SlotOffer:
    """A proposed time, and what of the person falls into it."""

    begins: datetime
    ends: datetime
    clashes: tuple[Busy, ...]

    @property
    def value(self) -> str:
        """The time as a form sends it."""
        return self.begins.isoformat()


@dataclass(frozen=True)
class InterviewRow:
    """An interview with the names that its readers need."""

    interview: Interview
    person_name: str
    vacancy_title: str
    employer_name: str


def interview(*, actor: Actor, pk: int) -> Interview:
    """One interview that an actor may see.

    :raises Interview.DoesNotExist: there is none of that id for the actor
    """
    return Interview.objects.seen_by(actor).get(pk=pk)


def open_interview_of(*, referral: int) -> Interview | None:
    """The interview of a referral that is proposed or agreed, as the present standing shows it."""
    return Interview.objects.filter(referral_id=referral).open().first()


def is_in_doubt(*, vacancy: int, beside: int = 0) -> bool:
    """Whether a vacancy is held on a ground that puts the vacancy itself in doubt: no interview is agreed meanwhile.

    A hold `beside` which others are looked for does not count.
    """
    with within(CITY):
        held = Hold.objects.filter(vacancy=vacancy, ground__in=GROUNDS_IN_DOUBT).exclude(pk=beside)
        return held.open().exists()


def interviews_ahead(*, actor: Actor, at: datetime) -> list[Interview]:
    """The open interviews of an actor that are not over, those without a time first."""
    found = Interview.objects.seen_by(actor).open().order_by("starts_at", "pk")
    return [row for row in found if row.ends_at is None or row.ends_at > at - timedelta(days=1)]


def interviews_in_words(rows: Collection[Interview]) -> list[InterviewRow]:
    """Interviews with the person, the vacancy and the employer by name."""
    with within(CITY):
        numbers = {row.referral_id for row in rows}
        jobs = dict(Referral.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "vacancy_id"))
        people = Person.objects.filter(pk__in={row.person_id for row in rows}).order_by("pk")
        names = dict(people.values_list("pk", "name"))
    titles = titles_of(pks=set(jobs.values()))
    return [InterviewRow(row, names.get(row.person_id, ""), *titles[jobs[row.referral_id]]) for row in rows]


def slots_offered(*, row: Interview, at: datetime) -> list[SlotOffer]:
    """The proposed times that are not over, each with what of the person clashes with it."""
    coming = sorted(slot for slot in row.slots if slot > at)
    if not coming:
        return []
    length = timedelta(minutes=row.minutes)
    busy = busy_times(person=row.person_id, begins=coming[0], ends=coming[-1] + length, apart_from=row.pk)
    return [
        SlotOffer(slot, slot + length, tuple(rules.clashes(begins=slot, minutes=row.minutes, busy=busy)))
        for slot in coming
    ]


def busy_times(*, person: int, begins: datetime, ends: datetime, apart_from: int = 0) -> list[Busy]:
    """What a person has agreed to in `[begins, ends)`: windows of the service, and other interviews."""
    with within(CITY):
        booked = Appointment.objects.filter(person_id=person, state__in=HOLDING)
        windows = booked.filter(starts_at__lt=ends, ends_at__gt=begins).select_related("point").order_by("starts_at")
        found = [Busy(one.starts_at, one.ends_at, one.point.name) for one in windows]
        talks = Interview.objects.filter(person_id=person).agreed_between(begins, ends).exclude(pk=apart_from)
        named = interviews_in_words(list(talks))
    found += [Busy(one.interview.starts_at, one.interview.ends_at, one.employer_name) for one in named]
    return sorted(found, key=lambda one: one.begins)


def calendar_of(*, row: Interview, about: str) -> bytes:
    """An agreed interview as a calendar file; `about` is the address at which more stands."""
    named = interviews_in_words([row])[0]
    assert row.starts_at is not None and row.ends_at is not None
    title = _("Interview: %(title)s, %(firm)s") % {"title": named.vacancy_title, "firm": named.employer_name}
    return rules.calendar_file(
        rules.CalendarEntry(
            uid=f"interview-{row.pk}@openpes", sequence=row.moves, begins=row.starts_at, ends=row.ends_at,
            made_at=row.proposed_at, title=title, place=row.place, text=f"{row.note}\n{about}".strip(),
            cancelled=row.state == InterviewState.CANCELLED,
        )
    )  # fmt: skip
