"""What registration hears: a person who moves takes the open registrations along."""

from openpes.kernel import listen
from openpes.kernel.action import PLATFORM
from openpes.people.events import MovedHome
from openpes.registration.actions import carry_registrations


@listen(MovedHome)
def carry_along(event: MovedHome) -> None:
    """The office of the new home goes on with what is open."""
    carry_registrations(person=event.person, area=event.area, by=PLATFORM, at=event.at)
