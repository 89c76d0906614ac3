"""Persons of an area: one of them, those that a text may mean, those that a list shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar

from django.db.models import QuerySet

from openpes.engine.calendars import add_months
from openpes.engine.identifiers import counties as all_counties
from openpes.engine.identifiers import mask_name, normalise_id, normalise_name, normalise_phone, upgrade_id
from openpes.kernel import Actor, within
from openpes.kernel.composed import Composed
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index
from openpes.people.models import Person, PersonQuerySet
from openpes.people.queries.former import formerly_meant
from openpes.people.rules import initials_of

Rows = TypeVar("Rows", bound=QuerySet)

OLD_LENGTH = 15  # digits of an identity number before 1999


@dataclass(frozen=True)
class PersonMask:
    """A person in a list that must not tell who it is."""

    name: str
    id_mask: str


@dataclass(frozen=True, kw_only=True)
class PersonSieve:
    """What a list of persons is narrowed to; ages are completed years on the day of the list."""

    area: str = ""
    sex: str = ""
    education: str = ""
    hukou: str = ""
    age_min: int | None = None
    age_max: int | None = None


def person(*, scope: str, pk: int) -> Person:
    """One person of the area.

    :raises Person.DoesNotExist: there is none of that id in the area
    """
    return Person.objects.visible_to(scope).get(pk=pk)


def held_person(*, person: int, by: Actor) -> Person:
    """A person for whom an actor may act: one of its area, or itself.

    :raises Person.DoesNotExist: the person is not one of the actor's
    """
    if by.person or not by.scope:
        return Person.objects.held_by(by).get(pk=person)
    found = _HELD(scope=by.scope, person=person)
    if not found:
        raise Person.DoesNotExist
    return found[0]


_HELD = Composed(
    lambda scope, person: Person.objects.visible_to(scope).filter(pk=person), {"scope": "123", "person": -1}
)


def masks_of(*, pks: set[int]) -> dict[int, PersonMask]:
    """Masked names and numbers of persons anywhere in the city, by id, for lists behind figures."""
    with within(CITY):
        rows = Person.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "name", "id_mask")
        return {pk: PersonMask(mask_name(name), mask) for pk, name, mask in rows}


def own_person(*, actor: Actor) -> Person:
    """The person that a self-service account stands for.

    :raises Person.DoesNotExist: the account stands for none
    """
    return Person.objects.get(pk=actor.person)


def find_persons(*, scope: str, text: str, limit: int = 10) -> list[Person]:
    """Persons whom a text may mean: an identity number, its last four characters, a telephone number, the exact
    name, or the beginning of the pinyin initials; last those whom it meant before their name or number changed.

    Every way is an equality, or a range in the order of its index: many
    thousands share two initials, and only the first few are read.
    """
    found = _first_meant(scope, text, limit)
    former = set(formerly_meant(scope=scope, text=text, limit=limit)) - {person.pk for person in found}
    if not former or len(found) == limit:
        return found
    more = Person.objects.visible_to(scope).filter(pk__in=former).order_by("name", "id")
    return [*found, *more[: limit - len(found)]]


def persons_matching(*, scope: str, sieve: PersonSieve, on: date) -> PersonQuerySet:
    """The persons of the area that a list shows, the latest registered first."""
    found = Person.objects.visible_to(scope)
    if sieve.area:
        found = found.visible_to(sieve.area)
    for name in ("sex", "education", "hukou"):
        if getattr(sieve, name):
            found = found.filter(**{name: getattr(sieve, name)})
    if sieve.age_min is not None:
        found = found.filter(born_on__lte=add_months(on, -12 * sieve.age_min))
    if sieve.age_max is not None:
        found = found.filter(born_on__gt=add_months(on, -12 * (sieve.age_max + 1)))
    return found.order_by("-id")


def numbered(persons: Rows, number: str) -> Rows:
    """The person with an identity number, normalised, of the present 18 characters or the 15 digits of old."""
    present = upgrade_id(number) if len(number) == OLD_LENGTH else number
    return persons.filter(id_number_index=blind_index(present, context="person.id_number"))


def _first_meant(scope: str, text: str, limit: int) -> list[Person]:
    way, words = _way(text)
    if scope and way in ("initials", "name"):
        return _first_called(way, limit)(scope=scope, words=words)
    return list(_meant_by(Person.objects.visible_to(scope).order_by("name", "id"), text)[:limit])


def _meant_by(persons: PersonQuerySet, text: str) -> PersonQuerySet:
    way, words = _way(text)
    return WAYS[way](persons, words)


def _way(text: str) -> tuple[str, str]:
    """What a text is taken for, and how that is written."""
    number, phone = normalise_id(text), normalise_phone(text)
    if (len(number) == 18 and number[:17].isdigit()) or (len(number) == OLD_LENGTH and number.isdigit()):
        return "number", number
    if len(number) == 4 and number[:3].isdigit() and number[3] in "0123456789X":
        return "tail", number
    if phone.isdigit():
        return "phone", phone
    if number.isascii() and number.isalpha():
        return "initials", number.lower()
    return ("name", normalise_name(text)) if text.strip() else ("nothing", "")


WAYS: dict[str, Callable[[PersonQuerySet, str], PersonQuerySet]] = {
    "number": lambda persons, number: numbered(persons, number),
    "tail": lambda persons, tail: persons.filter(id_tail_index=blind_index(tail, context="person.id_tail")),
    "phone": lambda persons, phone: persons.filter(phone_index=blind_index(phone, context="person.phone")),
    "initials": lambda persons, initials: persons.with_initials(initials).order_by("initials", "id"),
    "name": lambda persons, name: persons.named(name),
    "nothing": lambda persons, _text: persons.none(),
}


@cache
def _first_called(way: str, limit: int) -> Composed[Person]:
    """The first persons of an area who have a name, or whose initials begin so: what every desk asks most."""

    def build(scope: str, words: str) -> QuerySet[Person]:
        return WAYS[way](Person.objects.visible_to(scope).order_by("name", "id"), words)[:limit]

    return Composed(build, {"scope": "123", "words": "sample"})


def county_name(code: str) -> str:
    """The name that the first six digits of an identity number stand for; empty when unknown (GB/T 2260)."""
    return all_counties().name(code)


def name_initials(name: str) -> str:
    """The pinyin initials under which a name is filed, for those who write many files at once."""
    return initials_of(name)
