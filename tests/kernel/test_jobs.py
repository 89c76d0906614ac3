"""Jobs are put off in the transaction that wants them, and with a lock only once."""

import json

import pytest
from django.db import connection, transaction

from openpes.kernel import defer


def waiting(name: str) -> list[dict]:
    with connection.cursor() as cursor:
        sentence = "SELECT args FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo' ORDER BY id"
        cursor.execute(sentence, [name])
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_a_job_is_put_off_with_its_plain_arguments(db):
    defer("tests.count", batch="a", rows=3)
    defer("tests.count", batch="b", rows=4)
    assert waiting("tests.count") == [{"batch": "a", "rows": 3}, {"batch": "b", "rows": 4}]


def test_with_a_lock_a_job_waits_once_and_the_transaction_goes_on(db):
    for _time in range(3):
        defer("tests.sweep", once="sweep")
    defer("tests.sweep", once="another lock")
    assert waiting("tests.sweep") == [{}, {}]


def test_the_lock_is_free_again_when_the_job_was_taken(db):
    defer("tests.sweep", once="sweep")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'tests.sweep'")
    defer("tests.sweep", once="sweep")
    assert waiting("tests.sweep") == [{}]


def test_a_job_goes_with_its_transaction(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        defer("tests.sweep")
        raise ZeroDivisionError
    assert waiting("tests.sweep") == []
