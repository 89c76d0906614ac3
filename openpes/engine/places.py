"""The cities of the country, each in its province (GB/T 2260)."""

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from openpes.engine.files import rows

PROVINCE = "0000"


@dataclass(frozen=True)
class City:
    """A city by its six-digit code; one that is a province itself has no other above it."""

    code: str
    name: str
    province: str


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
