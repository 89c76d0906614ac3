"""The cities of the country, each in its province (GB/T 2260), and how far the counties of the city are apart."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType
from typing import NamedTuple

from openpes.engine.files import rows

PROVINCE = "0000"
COUNTY = 6
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG

Point = tuple[float, float]  # latitude, longitude in degrees


@dataclass(frozen=True)
class City:
    """A city by its six-digit code; one that is a province itself has no other above it."""

    code: str
    name: str
    province: str


class LocatedSite(NamedTuple):
    """A site on the map: its area, its address, and degrees of WGS 84."""

    area: str
    address: str
    latitude: Decimal
    longitude: Decimal


@lru_cache(maxsize=1)
def cities() -> MappingProxyType[str, City]:
    """Every city by its code; provinces are left out, and the cities that are provinces are in."""
    listed = {row["code"]: row["name"] for row in rows("provinces_and_cities.csv")}
    with_cities = {code[:2] for code in listed if not code.endswith(PROVINCE)}
    found = {
        code: City(code, name, listed[f"{code[:2]}{PROVINCE}"])
        for code, name in listed.items()
        if not code.endswith(PROVINCE) or code[:2] not in with_cities
    }
    return MappingProxyType(found)


def city_name(code: str) -> str:
    """A city with its province; the code itself where no city has it."""
    found = cities().get(code)
    if found is None:
        return code
    return found.name if found.name == found.province else f"{found.province}{found.name}"


@lru_cache(maxsize=1)
def county_seats() -> MappingProxyType[str, Point]:
    """Where the seat of every county lies, by its path: latitude, longitude, to a hundredth of a degree."""
    return MappingProxyType(
        {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in rows("county_seats.csv")}
    )


def point_of(path: str) -> Point | None:
    """The point that stands for an area: the seat of its county; None for the city itself and for places elsewhere."""
    return county_seats().get(path[:COUNTY])


def distance_km(a: Point, b: Point) -> float:
    """Kilometres between two points on the sphere (haversine; the error against the ellipsoid stays below 0.6 %)."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(lat), radians(lon)) for lat, lon in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))


def counties_within(point: Point, km: float) -> tuple[tuple[str, float], ...]:
    """The counties whose seat lies within so many kilometres of a point, the nearest first: path and distance."""
    far = ((path, distance_km(point, seat)) for path, seat in county_seats().items())
    return tuple(sorted(((path, d) for path, d in far if d <= km), key=lambda pair: (pair[1], pair[0])))
