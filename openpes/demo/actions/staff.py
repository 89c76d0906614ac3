"""The demo staff as they act in the cases of the demo city, and the persons in whose files something happens."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypeVar

from django.db import transaction

from openpes.access.models import Account
from openpes.demo.rules.accounts import COUNTY, NEIGHBOUR, TOWN, VILLAGE
from openpes.engine.calendars import add_months
from openpes.kernel import Actor, Refused, clock, within
from openpes.people.models import Person

T = TypeVar("T")
PLACES = {
    "city_clerk": "", "county_clerk": COUNTY, "neighbour_clerk": NEIGHBOUR, "township_clerk": TOWN,
    "village_officer": VILLAGE,
}  # fmt: skip
GROWN = 18


@dataclass(frozen=True)
class Desk:
    """Who works in the demo city, each with the own area, at the moment of the demonstration."""

    city: Actor
    county: Actor
    neighbour: Actor
    town: Actor
    officer: Actor
    at: datetime

    @property
    def today(self) -> date:
        return clock.day_of(self.at)

    def ago(self, days: int) -> datetime:
        """The same hour of an earlier day."""
        return self.at - timedelta(days=days)

    def day(self, days: int) -> date:
        """An earlier day."""
        return clock.day_of(self.ago(days))


def desk_of(by: Actor, at: datetime) -> Desk | None:
    """The demo staff; nobody when one of the accounts is not open."""
    known = dict(Account.objects.filter(username__in=PLACES, is_active=True).values_list("username", "pk"))
    if len(known) < len(PLACES):
        return None
    city, county, neighbour, town, officer = (
        Actor(id=known[name], scope=place or by.scope) for name, place in PLACES.items()
    )
    return Desk(city, county, neighbour, town, officer, at)


def residents(scope: str, most: int, on: date, *, skip: int = 0, least: int = GROWN) -> list[Person]:
    """The last registered grown-up residents of an area, so many at most; nobody who has an account of the own.

    Behind the last one the first comes again, so that a small area has somebody for every case.
    """
    own = Account.objects.exclude(person_id=None).values_list("person_id", flat=True)
    with within(scope):
        found = Person.objects.visible_to(scope).filter(born_on__lt=add_months(on, -12 * least))
        rows = list(found.exclude(pk__in=list(own)).order_by("-pk")[: skip + most])
    first = skip % len(rows) if rows else 0
    return (rows[first:] + rows[:first])[:most]


def tried(act: Callable[..., T], **told: Any) -> T | Literal[False]:
    """Do an act; what the rules refuse for just this person is left out of the demonstration, and False."""
    try:
        with transaction.atomic():
            return act(**told)
    except Refused:
        return False


def count_done(done: Iterable[object]) -> int:
    """How many acts were not refused."""
    return sum(one is not False for one in done)
