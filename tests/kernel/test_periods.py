"""Periods of one key never overlap, drawn as ranges or as boxes; both forms refuse the same rows."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction

from openpes.kernel.policies import no_overlap, periods_apart, periods_apart_as_boxes

LONG_AGO, LAST = date(1, 1, 1), date(9999, 12, 31)
BOXES = {
    "one_residence_at_a_time", "one_household_at_a_time", "one_status_at_a_time", "one_wish_at_a_time",
    "one_holder_at_a_time",
}  # fmt: skip


@pytest.fixture
def tables(db) -> None:
    """Two tables of periods: `ranges` with the constraint over two ranges, `boxes` with the one over boxes."""
    for table in ("ranges", "boxes"):
        run(f"CREATE TEMP TABLE {table} (key bigint NOT NULL, from_on date NOT NULL, until_on date) ON COMMIT DROP")
    run(no_overlap("ranges", "ranges_apart", keys=("key",)).sql)
    run(periods_apart("boxes", "boxes_apart", key="key").sql)


def run(sql: str | list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        for statement in [sql] if isinstance(sql, str) else sql:
            cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def takes(table: str, key: int, from_on: date, until_on: date | None) -> bool:
    """Whether the table takes the period."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} VALUES (%s, %s, %s)", [key, from_on, until_on])
    except IntegrityError as error:
        assert f"{table}_apart" in str(error)
        return False
    return True


def day(number: int) -> date:
    return date(2026, 1, 1) + timedelta(number)


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        ((day(0), day(10)), (day(10), day(20)), True),
        ((day(10), day(20)), (day(0), day(10)), True),
        ((day(0), day(11)), (day(10), day(20)), False),
        ((day(0), None), (day(10), day(20)), False),
        ((day(10), day(20)), (day(0), None), False),
        ((day(10), None), (day(0), day(10)), True),
        ((day(0), None), (day(400), None), False),
        ((day(0), day(20)), (day(5), day(6)), False),
        ((day(5), day(6)), (day(5), day(6)), False),
        ((day(0), day(10)), (day(5), day(5)), True),
        ((day(10), day(10)), (day(0), None), True),
        ((LONG_AGO, day(0)), (day(0), LAST), True),
        ((LONG_AGO, None), (LAST, None), False),
        ((LAST - timedelta(1), LAST), (LAST, None), True),
    ],
)
def test_periods_may_touch_and_never_overlap(tables, first, second, taken):
    for table in ("ranges", "boxes"):
        assert takes(table, 7, *first)
        assert takes(table, 7, *second) == taken, table


@pytest.mark.parametrize("key", [1, 2**31, 2**40 + 1, 2**53 - 2])
def test_neighbouring_keys_are_told_apart_up_to_the_largest(tables, key):
    assert takes("boxes", key, day(0), None)
    assert takes("boxes", key + 1, day(0), None)
    assert takes("boxes", key - 1, day(0), None)
    assert not takes("boxes", key, day(5), day(6))


def test_keys_beyond_any_sequence_are_refused_too_often_never_too_rarely(tables):
    assert takes("boxes", 2**62, day(0), None)
    assert not takes("boxes", 2**62, day(5), None)
    assert not takes("boxes", 2**62 + 1, day(5), None)


@pytest.mark.parametrize("seed", range(4))
def test_boxes_and_ranges_refuse_the_same_periods(tables, seed):
    chance = Random(seed)
    refused = 0
    for _ in range(300):
        from_on = day(chance.randrange(120))
        until_on = None if chance.random() < 0.05 else from_on + timedelta(chance.randrange(9))
        period = chance.randrange(1, 7), from_on, until_on
        taken = takes("ranges", *period)
        assert takes("boxes", *period) == taken, period
        refused += not taken
    assert 30 < refused < 270


def test_a_box_that_ends_a_day_too_late_would_be_seen(tables):
    """The planted mistake: boxes that share an edge overlap, so the day of the end must not be in them."""
    wrong = periods_apart("boxes", "boxes_apart", key="key").sql.replace(") - 1)", "))")
    run("ALTER TABLE boxes DROP CONSTRAINT boxes_apart")
    run(wrong)
    assert takes("boxes", 7, day(0), day(10))
    assert not takes("boxes", 7, day(10), day(20))


def test_rows_that_overlap_already_stop_the_change(tables):
    run("ALTER TABLE ranges DROP CONSTRAINT ranges_apart")
    run("INSERT INTO ranges VALUES (7, '2026-01-01', NULL), (7, '2026-05-01', '2026-06-01')")
    with pytest.raises(IntegrityError, match="ranges_apart"), transaction.atomic():
        run(periods_apart("ranges", "ranges_apart", key="key").sql)


def test_the_change_to_boxes_goes_both_ways(tables):
    change = periods_apart_as_boxes("ranges", "ranges_apart", key="key")
    run(change.sql)
    assert "box(" in definition("ranges_apart")
    assert takes("ranges", 7, day(0), None) and not takes("ranges", 7, day(3), None)
    run(change.reverse_sql)
    assert "daterange(" in definition("ranges_apart")
    assert not takes("ranges", 7, day(3), None)


def test_the_large_tables_of_the_city_have_boxes(db):
    assert {name for name in BOXES if "box(" in definition(name)} == BOXES


def definition(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
        return str(cursor.fetchone()[0])
