"""Introductions, applications and hires of a person, a vacancy, an office or an employer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, When

from openpes.kernel import Actor, ScopedQuerySet, within
from openpes.kernel.scope import CITY
from openpes.matching.queries import Suggestion, explanation_of
from openpes.people.models import Person
from openpes.people.queries import own_person
from openpes.people.queries import person as person_of_area
from openpes.referrals import rules
from openpes.referrals.choices import Stage, State
from openpes.referrals.models import Hire, HireReport, Interview, Referral, ReferralQuerySet
from openpes.registration.choices import Status
from openpes.registration.queries import status_of, wish_of
from openpes.vacancies.queries import VacancyInHand, titles_of, vacancy_in_hand

TONES = {
    State.HIRED: "ok", State.OFFERED: "ok", State.NO_ANSWER: "bad", State.INTRODUCED: "wait", State.APPLIED: "wait",
    State.SEEN: "wait", State.INVITED: "wait", State.HELD: "wait",
}  # fmt: skip


@dataclass(frozen=True)
class ReferralRow:
    """An introduction as lists show it; the vacancy and its employer may stand in any area."""

    referral: Referral
    person_name: str
    vacancy_title: str
    employer_name: str
    days_waiting: int
    letter_over: bool
    report: HireReport | None = None
    interview: Interview | None = None

    @property
    def state(self) -> State:
        """The one state that both sides see."""
        return self.referral.state

    @property
    def tone(self) -> str:
        """The colour of its badge."""
        return TONES.get(self.state, "plain")

    @property
    def hire_waits(self) -> bool:
        """Whether the employer reported a hire that the office has not confirmed or given back yet."""
        return bool(self.report and not self.report.return_note and not self.referral.answer)


@dataclass(frozen=True)
class Prospect:
    """What the confirm page shows before an introduction: both sides, the cap, reasons against it, and how they fit."""

    person: Person
    vacancy: VacancyInHand
    counting: int
    cap: int
    reasons: list[Any]
    fit: Suggestion | None


def referral(*, actor: Actor, pk: int) -> Referral:
    """One introduction that an actor may see.

    :raises Referral.DoesNotExist: there is none of that id for the actor
    """
    return Referral.objects.seen_by(actor).get(pk=pk)


def prospect(*, person: int, vacancy: int, scope: str, on: date) -> Prospect:
    """What an introduction on a day would be, and every reason against it.

    :raises Person.DoesNotExist: the person is not of the area
    :raises Vacancy.DoesNotExist: the city has no such vacancy that was ever public
    """
    found = person_of_area(scope=scope, pk=person)
    held = vacancy_in_hand(pk=vacancy, on=on)
    about = introduction(person=found, held=held, scope=scope, on=on)
    cap = rules.referral_cap(held.openings, on=on)
    fit = explanation_of(person=person, vacancy=vacancy, on=on)
    return Prospect(found, held, about.counting, cap, rules.why_not_refer(about, on=on), fit)


def introduction(*, person: Person, held: VacancyInHand, scope: str, on: date) -> rules.Introduction:
    """What the rules look at before an introduction; the caller has locked the vacancy if it is about to write."""
    with within(CITY):  # other offices introduce people to the same vacancy
        counting = Referral.objects.filter(vacancy_id=held.id).counting_on(on).count()
        same_waits = Referral.objects.waiting().filter(vacancy_id=held.id, person=person).exists()
        hired_here = Hire.objects.filter(vacancy_id=held.id, person=person).exists()
    return rules.Introduction(
        state=held.state,
        openings=held.openings,
        filled=held.filled,
        counting=counting,
        same_waits=same_waits,
        hired_here=hired_here,
        seeks_work=_seeks_work(person, scope, on),
    )


def referrals_of_vacancy(*, scope: str, vacancy: int) -> list[Referral]:
    """The introductions that the area made to a vacancy, the newest first."""
    return list(Referral.objects.visible_to(scope).filter(vacancy_id=vacancy).order_by("-id"))


def own_prospect(*, actor: Actor, vacancy: int, on: date) -> Prospect:
    """What an own application on a day would be, and every reason against it.

    :raises Person.DoesNotExist: the account stands for none
    :raises Vacancy.DoesNotExist: the city has no such vacancy that was ever public
    """
    found = own_person(actor=actor)
    held = vacancy_in_hand(pk=vacancy, on=on)
    with within(CITY):  # what others did counts against the cap
        about = introduction(person=found, held=held, scope=CITY, on=on)
        fit = explanation_of(person=found.pk, vacancy=vacancy, on=on)
    cap = rules.referral_cap(held.openings, on=on)
    return Prospect(found, held, about.counting, cap, rules.why_not_apply(about, on=on), fit)


def own_referrals(*, actor: Actor) -> list[Referral]:
    """The letters of the person that a self-service account stands for, the newest first."""
    return list(Referral.objects.seen_by(actor).order_by("-id"))


def follow_up(*, scope: str) -> ReferralQuerySet:
    """Introductions that nobody has answered, the longest wait first."""
    return Referral.objects.visible_to(scope).waiting().order_by("made_on", "id")


def hires_to_confirm(*, scope: str) -> ScopedQuerySet:
    """Hires that employers reported and the office has to confirm, the oldest first."""
    waiting = Referral.objects.visible_to(scope).waiting().values("pk")
    return HireReport.objects.visible_to(scope).filter(referral__in=waiting, return_note="").order_by("id")


def inbox(*, actor: Actor) -> ReferralQuerySet:
    """Who was introduced to the employer of an account: who waits, the oldest first; then the newest answer."""
    waits = (Case(When(answer="", then=F(column))) for column in ("made_on", "pk"))
    return Referral.objects.seen_by(actor).order_by(F("answered_on").desc(nulls_first=True), *waits, "-pk")


def hires_at(*, scope: str, employer: int) -> ScopedQuerySet:
    """The hires of an employer among the people of the area, the newest first."""
    return Hire.objects.visible_to(scope).filter(employer_id=employer).order_by("-id")


def hires_in_words(rows: Collection[Hire]) -> list[tuple[Hire, str, str]]:
    """Hires with the person's name and the vacancy's title."""
    names = _names({row.person_id for row in rows})
    titles = titles_of(pks={row.vacancy_id for row in rows})
    return [(row, names.get(row.person_id, ""), titles[row.vacancy_id][0]) for row in rows]


def in_words(rows: Collection[Referral], *, on: date, names: Mapping[int, str] | None = None) -> list[ReferralRow]:
    """Introductions with the names that their readers need; `names` of persons by number, where they are known.

    The introductions were read under the reader's standing. Their persons may have moved to another area and their
    vacancies may stand in one, so names come from the whole city, for exactly these rows.
    """
    titles = titles_of(pks={row.vacancy_id for row in rows})
    names = _names({row.person_id for row in rows}) if names is None else names
    told = HireReport.objects.filter(referral__in=[row.pk for row in rows]).order_by("pk")
    reports = {report.referral_id: report for report in told}
    ahead = Interview.objects.filter(referral__in=[row.pk for row in rows if row.stage == Stage.INVITED]).open()
    talks = {talk.referral_id: talk for talk in ahead.order_by("pk")} if rows else {}
    return [
        ReferralRow(
            referral=row,
            person_name=names.get(row.person_id, ""),
            vacancy_title=titles[row.vacancy_id][0],
            employer_name=titles[row.vacancy_id][1],
            days_waiting=(on - row.made_on).days,
            letter_over=not row.answer and row.valid_until_on < on,
            report=reports.get(row.pk),
            interview=talks.get(row.pk),
        )
        for row in rows
    ]


def _names(persons: set[int]) -> dict[int, str]:
    with within(CITY):
        return dict(Person.objects.filter(pk__in=persons).order_by("pk").values_list("pk", "name"))


def _seeks_work(person: Person, scope: str, on: date) -> bool:
    status = status_of(scope=scope, person=person.pk, on=on)
    unemployed = status is not None and status.status == Status.UNEMPLOYED
    return unemployed or wish_of(scope=scope, person=person.pk, on=on) is not None
