"""Seekers, vacancies and introductions, made as the counter makes them."""

from datetime import date, timedelta

from openpes.kernel import Actor
from openpes.people.models import Person
from openpes.referrals.actions import HireFacts, InterviewFacts, apply_for, refer
from openpes.referrals.models import Referral
from openpes.registration.actions import (
    UnemploymentFacts,
    WishFacts,
    register_unemployment,
    register_wish,
)
from tests.cast import COUNTY, NEIGHBOUR
from tests.people.factories import a_person
from tests.vacancies.factories import make_open

CLERK = Actor(id=1, scope=COUNTY)
OTHER = Actor(id=2, scope=NEIGHBOUR)
BEGINS_ON = date(2026, 11, 25)


def hire_facts(**changes) -> HireFacts:
    return HireFacts(**({"begins_on": BEGINS_ON, "pay_fen": 350_000, "contract_until_on": None} | changes))


def seeker(at, by: Actor = CLERK, **changes) -> Person:
    """A person with a job wish in force."""
    person = a_person(by=by, at=at, **({"area": by.scope} | changes))
    register_wish(person=person.pk, facts=WishFacts(category="4", occupations=("6-31-05-00",)), by=by, at=at)
    return person


def unemployed(at, by: Actor = CLERK, **changes) -> Person:
    """A person registered as unemployed since the beginning of the month."""
    person = a_person(by=by, at=at, **({"area": by.scope} | changes))
    facts = UnemploymentFacts(
        from_on=date(2026, 11, 2), reason="20", former_employer="南宁旧厂", proofs=("2",), willing=True
    )
    register_unemployment(person=person.pk, facts=facts, by=by, at=at)
    return person


def introduced(at, by: Actor = CLERK, vacancy: int | None = None, **changes) -> Referral:
    """A seeker of the clerk's area, introduced to a vacancy."""
    wanted = vacancy or make_open(CLERK, at).pk
    return refer(person=seeker(at, by, **changes).pk, vacancy=wanted, by=by, at=at)


def account_of(person: Person) -> Actor:
    """The self-service actor of a person, without an account of its own."""
    return Actor(id=70_000 + person.pk, person=person.pk)


def firm_of(referral: Referral) -> Actor:
    """The self-service actor of the employer of a referral."""
    return Actor(id=80_000 + referral.employer_id, employer=referral.employer_id)


def applied(at, vacancy: int | None = None, words: str = "", **changes) -> Referral:
    """A seeker's own application for a vacancy."""
    wanted = vacancy or make_open(CLERK, at).pk
    return apply_for(vacancy=wanted, own_words=words, by=account_of(seeker(at, **changes)), at=at)


def interview_facts(at, **changes) -> InterviewFacts:
    slots = tuple(at.replace(minute=0) + timedelta(days=day) for day in (2, 3))
    return InterviewFacts(**({"slots": slots, "minutes": 30, "way": "on_site", "place": "新竹路20号"} | changes))
