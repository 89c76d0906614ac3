"""Where a person lives: one home at a time, and the file goes with the person."""

from datetime import date, datetime

from openpes.kernel import Actor, action, clock, publish, refuse_if, within
from openpes.kernel.scope import CITY
from openpes.people import rules
from openpes.people.events import MovedHome
from openpes.people.models import Person, Residence


@action
def move_residence(
    *, person: int, area: str, address: str, on: date, by: Actor, at: datetime
) -> Residence:
    """Record that a person lives at another address from a day on, anywhere in the city.

    The office that keeps the file hands it over by this: when the new area is not its own, it no longer sees the
    person. A move on the first day of the present home corrects that home.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: the area is unknown, or the day lies in the future or before the present home
    """
    found = Person.objects.held_by(by).select_for_update().get(pk=person)
    with within(CITY):  # the new home may belong to another office
        present = Residence.objects.select_for_update().filter(person=found, until_on=None).first()
        since = present.from_on if present else None
        refuse_if(rules.why_not_move(area=area, on=on, today=clock.day_of(at), lives_there_from_on=since))
        home = _next_home(found, present, area, address, on)
        left, found.area = found.area, area
        found.version += 1
        found.save(update_fields=["area", "version"])
        publish(MovedHome(person=found.pk, area=area, from_area=left, on=on, by=by.id, at=at))
    return home


def _next_home(person: Person, present: Residence | None, area: str, address: str, on: date) -> Residence:
    if present and present.from_on == on:
        present.area, present.address = area, address
        present.save(update_fields=["area", "address"])
        return present
    if present:
        present.until_on = on
        present.save(update_fields=["until_on"])
    return Residence.objects.create(area=area, person=person, address=address, from_on=on)
