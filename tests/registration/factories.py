"""Registrations for tests, made through the actions of the room."""

from datetime import date, datetime

from openpes.kernel import Actor
from openpes.registration.actions import (
    EmploymentFacts,
    UnemploymentFacts,
    WishFacts,
    register_employment,
    register_unemployment,
    register_wish,
)
from openpes.registration.models import JobWish, StatusPeriod

SINCE = date(2026, 11, 2)


def unemployment(**changes) -> UnemploymentFacts:
    told = {"from_on": SINCE, "reason": "20", "former_employer": "南宁某某有限公司", "proofs": ("2",)}
    return UnemploymentFacts(**(told | changes))


def employment(**changes) -> EmploymentFacts:
    told = {"from_on": date(2026, 11, 20), "category": "022", "pay_fen": 350_000, "occupation": "4-02-02-01"}
    return EmploymentFacts(**(told | changes))


def a_wish(**changes) -> WishFacts:
    return WishFacts(**({"category": "3", "occupations": ("4-02-02-01",), "min_pay_fen": 300_000} | changes))


def unemployed(person: int, *, by: Actor, at: datetime, **changes) -> StatusPeriod:
    return register_unemployment(person=person, facts=unemployment(**changes), by=by, at=at)


def employed(person: int, *, by: Actor, at: datetime, **changes) -> StatusPeriod:
    return register_employment(person=person, facts=employment(**changes), by=by, at=at)


def wishing(person: int, *, by: Actor, at: datetime, **changes) -> JobWish:
    return register_wish(person=person, facts=a_wish(**changes), by=by, at=at)
