"""A demo city of the tests' day, and the connection string of the owner of a test city's tables."""

from datetime import date

from openpes.demo.rules import City, CityPlan, invent_city

ON = date(2026, 11, 23)
SEED = 7


def city_of(people: int, seed: int = SEED) -> City:
    """An invented city as of the tests' day."""
    return invent_city(CityPlan(people, seed, ON))


def owner_of(stored: dict) -> str:
    """How the owner of the tables connects to a test city."""
    from django.conf import settings
    from psycopg.conninfo import make_conninfo

    return make_conninfo(
        host=stored["host"], port=stored["port"], dbname=stored["name"], user="openpes_owner",
        password=stored["passwords"]["openpes_owner"],
        options=f"-c search_path={settings.SCHEMA} -c timezone=Asia/Shanghai",
    )  # fmt: skip
