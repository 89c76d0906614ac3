"""What every act about persons locks first: no two acts wait for each other, and none writes of a merged file."""

from collections.abc import Iterable

from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person


def lock_persons(persons: Iterable[int]) -> None:
    """Lock the files of persons, the smallest number first, wherever in the city they stand.

    Whoever locks a row that belongs to a person, or writes one, locks the person before.
    """
    with within(CITY):
        rows = Person.objects.filter(pk__in=set(persons)).order_by("pk").select_for_update()
        list(rows.values_list("pk"))


def held_person(*, person: int, by: Actor) -> Person:
    """A person of the actor's, locked; whoever serves themselves may not lock their file, so it is done for them.

    :raises Person.DoesNotExist: not one of the actor's, or none any more since two files became one
    """
    lock_persons([person])
    return Person.objects.held_by(by).get(pk=person)
