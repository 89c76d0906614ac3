"""Where employers' people work, anywhere in the city: sites of one employer, and places on the map."""

from collections.abc import Collection
from datetime import date

from openpes.employers.models import Site
from openpes.engine.places import LocatedSite
from openpes.kernel import within
from openpes.kernel.scope import CITY


def sites_of(*, employer: int, on: date) -> list[Site]:
    """The sites of an employer that are kept on a day, in the order in which they were written down.

    Whoever may see the employer may see all of them: they need not stand in the reader's own area.
    """
    with within(CITY):
        return list(Site.objects.kept_on(on).filter(employer_id=employer).order_by("id"))


def located_sites(*, employers: Collection[int], on: date) -> dict[int, list[LocatedSite]]:
    """The sites of employers whose place on the map is known, by employer."""
    found: dict[int, list[LocatedSite]] = {}
    with within(CITY):
        rows = Site.objects.kept_on(on).located().filter(employer_id__in=list(employers)).order_by("id")
        for employer, *place in rows.values_list("employer_id", "area", "address", "latitude", "longitude"):
            found.setdefault(employer, []).append(LocatedSite(*place))
    return found
