"""Copies are taken from the line whole, an error in the middle is told, and the connection goes on."""

import pytest
from django.db import connection, transaction
from psycopg.errors import DivisionByZero

from openpes.engine.copied import columns, number
from openpes.kernel.copies import messages

COPY = "COPY ({}) TO STDOUT (FORMAT BINARY)"


def copied(query: str, taken=messages) -> bytes:
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(COPY.format(query)) as copy:
        return b"".join(bytes(message) for message in taken(copy))


@pytest.mark.parametrize("query", [
    "SELECT n, n * 7 FROM generate_series(1, 9000) n", "SELECT 1 WHERE false", "SELECT (-1)::smallint", "SELECT",
])  # fmt: skip
def test_what_is_taken_is_what_the_driver_gives(db, query):
    assert copied(query) == copied(query, iter)


def test_the_rows_of_a_copy_become_columns(db):
    query = COPY.format("SELECT n, n * 7 FROM generate_series(1, 200000) n")
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        told = columns(messages(copy), [number(), number()])
    assert told[0].tolist() == list(range(1, 200_001)) and (told[1] == 7 * told[0]).all()


@pytest.mark.parametrize("place", [1, 5000])
def test_an_error_in_the_middle_is_told_and_the_connection_goes_on(db, place):
    with pytest.raises(DivisionByZero):
        copied(f"SELECT 1 / ({place} - n) FROM generate_series(1, 9000) n")
    assert copied("SELECT 5")
