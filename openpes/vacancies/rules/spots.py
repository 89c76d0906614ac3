"""Where on the map the work of a vacancy is: at the site of the employer that it means."""

from collections.abc import Collection

from openpes.engine.places import LocatedSite
from openpes.engine.search import spot_of

TOWN = 9  # from here on an area is small enough for one site in it to be meant


def spot_of_work(*, area: str, address: str, sites: Collection[LocatedSite]) -> str:
    """The spot of the site whose address the vacancy names, else of the only site of its town or village; else none."""
    plain = _plain(address)
    named = [site for site in sites if plain and _plain(site.address) == plain]
    there = [site for site in sites if len(area) >= TOWN and site.area.startswith(area)]
    meant = named or there
    spots = {spot_of(float(site.latitude), float(site.longitude)) for site in meant}
    return spots.pop() if len(spots) == 1 else ""


def _plain(address: str) -> str:
    return "".join(address.split()).casefold()
