"""What life brought to the people of the marked city: a number that waits for a second officer, files on their way."""

from datetime import date, datetime
from typing import Any

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.kernel import Actor, within
from openpes.kernel.scope import CITY
from openpes.people.actions import NumberFacts, Paper, ask_number
from openpes.people.models import FileHandover


def furnish(city: Any, area: str, person: int, owner: Any, at: datetime) -> None:
    """Add the waiting number of a person of an area, and the files that came there; `owner` makes an owner."""
    number = compose_resident_id(INVENTED_COUNTY, date(1961, 3, 9), len(city.words))
    facts = NumberFacts(id_number=number, on=at.date(), paper=Paper(evidence="card"))
    change = ask_number(person=person, facts=facts, by=Actor(id=9000, scope=area), at=at)
    city.add("number change", change.pk, owner(area, person))
    with within(CITY):
        came = list(FileHandover.objects.waiting().filter(area=area))
    for row in came:
        city.add("file handover", row.pk, owner(area, row.person_id))
