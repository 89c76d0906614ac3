"""What every act on a person locks first, and who may act while a hand-over waits."""

from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.people.models import Person
from openpes.registration.models import Transfer


def locked_person(person: int) -> Person:
    """The person's row, locked, wherever in the city it stands; the caller has made sure that the actor may act.

    Every act locks it before any row of the register, so that no two acts ever wait for each other.
    """
    with within(CITY):
        return Person.objects.select_for_update().get(pk=person)


def waits_for_answer(person: int, by: Actor) -> bool:
    """Whether the person's open matters wait for the new office, so that no officer acts on them before."""
    with within(CITY):
        return bool(by.id) and Transfer.objects.waiting().filter(person=person).exists()
