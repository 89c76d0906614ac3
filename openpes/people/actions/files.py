"""Reading a file and revealing an identifier: reads that leave a trace before they show anything."""

from datetime import datetime

from django.utils.translation import gettext as _

from openpes.kernel import Actor, Reason, Refused, Sensitive, action, publish, refuse_if
from openpes.people import rules
from openpes.people.choices import Identifier
from openpes.people.events import IdentifierRevealed, PersonFileOpened
from openpes.people.models import Person
from openpes.people.queries import held_person


@action
def open_file(*, person: int, purpose: str, by: Actor, at: datetime) -> Person:
    """Open a person's file; who, when and what for goes to the journal that the person can read.

    :raises Person.DoesNotExist: the person is not one of the actor's
    """
    found = held_person(person=person, by=by)
    publish(PersonFileOpened(person=found.pk, area=found.area, purpose=purpose, by=by.id, at=at))
    return found


@action
def reveal_identifier(
    *, person: int, purpose: str, case: str, identifier: str = Identifier.ID_NUMBER, by: Actor, at: datetime
) -> Sensitive:
    """Show an identity or telephone number in full, journalled with its purpose and case number beforehand.

    :raises Person.DoesNotExist: the person is not one of the actor's
    :raises Refused: without a known purpose, without a case number, or when there is no such identifier
    """
    found = Person.objects.held_by(by).get(pk=person)
    refuse_if(rules.why_not_reveal(purpose=purpose, case=case))
    value = found.phone() if identifier == Identifier.PHONE else found.id_number()
    if value is None:
        raise Refused(Reason(_("The file has no telephone number."), field="identifier"))
    publish(
        IdentifierRevealed(
            person=found.pk,
            area=found.area,
            identifier=identifier,
            purpose=purpose,
            case=case.strip(),
            by=by.id,
            at=at,
        )
    )
    return value
