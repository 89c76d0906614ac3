"""Persons for tests, made through the actions of the room."""

from datetime import date, datetime
from itertools import count

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.kernel import Actor
from openpes.people.actions import PersonFacts, register_person
from openpes.people.models import LedgerEntry, Person
from openpes.people.queries import LedgerFacts, ledger_words
from tests.cast import VILLAGE

_orders = count(1)


def id_number(born_on: date = date(1990, 5, 17), sex: str = "1", order: int | None = None) -> str:
    """An identity number that no real person can have."""
    number = next(_orders) if order is None else order
    return compose_resident_id(INVENTED_COUNTY, born_on, (number * 2 + (sex == "1")) % 1000)


def facts(**changes) -> PersonFacts:
    told = {
        "id_number": id_number(),
        "name": "覃小梅",
        "area": VILLAGE,
        "address": "民族大道 1 号",
        "phone": "13800000000",
        "hukou": "11",
        "education": "61",
    }
    return PersonFacts(**(told | changes))


def a_person(*, by: Actor, at: datetime, **changes) -> Person:
    return register_person(facts=facts(**changes), by=by, at=at)


def ledger_told(*, scope: str, person: int) -> list[LedgerFacts]:
    """What ledgers said about a person of an area in words, the latest survey first."""
    rows = LedgerEntry.objects.visible_to(scope).filter(person=person).order_by("-surveyed_on", "-id")
    return [ledger_words(row) for row in rows]
