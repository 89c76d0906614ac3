"""How far places are from a point, in whole metres, so that every answerer finds the same order."""

from openpes.engine.places import Point, distance_km, point_of
from openpes.engine.search.kinds import Near

UNKNOWN = 10**9  # of a place of which no point is known
AT = "@"  # stands between the code of a place and its spot


def spotted(place: str, spot: str) -> str:
    """A place with the spot in it where the work is (`spot_of`), as one text that begins with the code of the place."""
    return f"{place}{AT}{spot}" if spot else place


def spot_of(latitude: float, longitude: float) -> str:
    """A spot as text: degrees to a hundredth, about a kilometre, as exact as the seats of counties are known."""
    return f"{latitude:.2f},{longitude:.2f}"


def point_at(place: str) -> Point | None:
    """The point of a place, spotted or not: its spot, else the seat of its county; None where neither is known."""
    code, _at, spot = place.partition(AT)
    if not spot:
        return point_of(code)
    latitude, _comma, longitude = spot.partition(",")
    return float(latitude), float(longitude)


def metres_to(place: str, near: Near) -> int:
    """Metres from the point of a search to the point of a place, spotted or not."""
    point = point_at(place)
    return UNKNOWN if point is None else round(1000 * distance_km((near.latitude, near.longitude), point))
