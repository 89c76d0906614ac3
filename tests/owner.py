"""The owner of the tables, who may do what no role of the platform may: for planted mistakes."""

import psycopg

from openpes.config import database


def owner_of(city: dict) -> psycopg.Connection:
    """A connection of the owner to a city; used with `with`, it commits what was done and is closed."""
    return psycopg.connect(database.conninfo_for(city, database.OWNER))


def as_owner(city: dict, *sentences: str) -> None:
    """Say these sentences as the owner."""
    with owner_of(city) as owner:
        for sentence in sentences:
            owner.execute(sentence)
