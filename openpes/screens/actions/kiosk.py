"""The kiosk: somebody who proved to be a person reads the own lines, and the person's journal says so."""

from datetime import datetime

from openpes.kernel import Actor, action, publish
from openpes.screens import queries
from openpes.screens.events import OwnLinesShown
from openpes.screens.queries import OwnLines


@action
def show_own_lines(*, id_number: str, tail: str, by: Actor, at: datetime) -> OwnLines | None:
    """The own lines of whoever knows the identity number and the end of the telephone number; nothing for others."""
    person = queries.person_at_kiosk(id_number=id_number, tail=tail)
    if person is None:
        return None
    publish(OwnLinesShown(person=person.pk, area=person.area, by=by.id, at=at))
    return queries.own_lines(person=person, at=at)
