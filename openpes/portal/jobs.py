"""What the public site does by the clock: saved searches tell of new vacancies."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from openpes.alerts.actions import end_expired, tell_new
from openpes.alerts.models import SavedSearch
from openpes.alerts.queries import due_searches
from openpes.kernel import clock, job, within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.portal.queries.saved import found_since


@job("portal.tell_saved_searches", every="15 8 * * *")
def tell_saved_searches() -> int:
    """Every morning: end what ran out, tell the others what is new. Run twice, no vacancy is told twice."""
    at = clock.now()
    end_expired(by=PLATFORM, at=at)
    return tell_due(at)


def tell_due(at: datetime) -> int:
    """Tell every search that is due of its new vacancies; how many vacancies were told."""
    on, told, last = clock.day_of(at), 0, 0
    while searches := due_searches(on=on, after=last):
        for search in searches:
            told += _tell(search, at)
        last = searches[-1].pk
    return told


def _tell(search: SavedSearch, at: datetime) -> int:
    on = clock.day_of(at)
    with within(CITY):
        rows = found_since(query=search.query, since=search.since_on, on=on)
    found = [(row.pk, row.title) for row in rows]
    return tell_new(search=search.pk, found=found, link=address_of(search), by=PLATFORM, at=at)


def address_of(search: SavedSearch) -> str:
    """The page of a saved search as a message names it."""
    return settings.MESSAGES["site"] + reverse("portal:saved", args=[search.key.hex])
