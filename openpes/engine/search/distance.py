"""How far places are from a point, in whole metres, so that every answerer finds the same order."""

from openpes.engine.places import Point, distance_km, point_of
from openpes.engine.search.kinds import Near

UNKNOWN = 10**9  # of a place of which no point is known


def metres_to(place: str, near: Near) -> int:
    """Metres from the point to the place of an area's code prefix, which is the point known for it."""
    point: Point | None = point_of(place)
    return UNKNOWN if point is None else round(1000 * distance_km((near.latitude, near.longitude), point))
