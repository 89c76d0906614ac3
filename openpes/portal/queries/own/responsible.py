"""Who is responsible for a place: the nearest office with its hours and telephone, and who works there."""

from dataclasses import dataclass
from datetime import date

from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.network.models import ServicePoint
from openpes.network.queries import offices_serving, postings_at

OFFICERS = 3


@dataclass(frozen=True)
class Responsible:
    """The nearest open office of a place; `hours` are those of the day, empty when it stays shut or none are known."""

    office: ServicePoint
    hours: str
    has_hours: bool
    officers: tuple[str, ...]


def responsible_for(*, area: str, on: date) -> Responsible | None:
    """The office to which a place belongs on a day; nothing when no office of its chain is open."""
    with within(CITY):  # offices are public, and whoever works at a counter is known to everybody who comes there
        found = offices_serving(area=area, on=on)
        if not found:
            return None
        office, hours, known = found[0]
        posted = postings_at(scope=CITY, point=office.pk, on=on).order_by("window", "account__name", "pk")
        names = tuple(dict.fromkeys(row.account.name for row in posted[:OFFICERS]))
    return Responsible(office, hours.text, known, names)
