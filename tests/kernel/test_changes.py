"""What was written since a sight is found whatever the order in which its writers ended."""

from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction

from openpes.config import database
from openpes.kernel import policies, within
from openpes.kernel.changes import OLDEST_SIGHT, Sight, changes_since, forget_changes
from openpes.kernel.models import RowChange

pytestmark = pytest.mark.city
SUBJECT = "planted row"


@pytest.fixture
def owner(city):
    """A table whose written rows are noted, and a line of its owner."""
    with psycopg.connect(database.conninfo_for(city, database.OWNER), autocommit=True) as line:
        line.execute("CREATE TABLE planted (number bigint PRIMARY KEY, word text NOT NULL DEFAULT '')")
        for statement in policies.notes_changes("planted", SUBJECT, key="number").sql:
            line.execute(statement)
        yield line


@contextmanager
def another(city):
    with psycopg.connect(database.conninfo_for(city, database.OWNER)) as line:
        yield line


def seen_since(sight: Sight | None):
    return changes_since(SUBJECT, sight).rows


def now() -> Sight:
    return changes_since(SUBJECT, None).sight


def test_what_came_went_and_changed_is_told_once(owner):
    owner.execute("INSERT INTO planted SELECT generate_series(1, 5)")
    sight = now()
    assert seen_since(sight) == frozenset()
    owner.execute("INSERT INTO planted VALUES (6), (7)")
    owner.execute("UPDATE planted SET word = 'new' WHERE number = 1")
    owner.execute("UPDATE planted SET number = 8 WHERE number = 2")
    owner.execute("DELETE FROM planted WHERE number = 3")
    owner.execute("DELETE FROM planted WHERE number = 99")
    assert seen_since(sight) == {1, 2, 3, 6, 7, 8}
    assert seen_since(now()) == frozenset()
    assert changes_since("another subject", sight).rows == frozenset()


def test_who_began_first_and_ended_last_is_found(owner, city):
    with another(city) as late, another(city) as early:
        late.execute("INSERT INTO planted VALUES (1)")
        early.execute("INSERT INTO planted VALUES (2)")
        early.commit()
        sight = now()
        late.commit()
    assert seen_since(sight) == {1}
    # The planted mistake: to remember the highest writer that was seen.
    highest = "SELECT max(changed) FROM kernel_rowchange WHERE subject = %s"
    named = "SELECT changed FROM kernel_rowchange WHERE row_id = %s"
    (writer,) = owner.execute(named, [2]).fetchone()
    assert owner.execute(highest, [SUBJECT]).fetchone() == (writer,), "nothing new by that rule"


def test_what_was_taken_back_is_no_change(owner, city):
    sight = now()
    with another(city) as line:
        line.execute("INSERT INTO planted VALUES (1)")
        assert seen_since(sight) == frozenset()
        line.rollback()
    assert seen_since(sight) == frozenset()


def test_a_writer_sees_its_own_rows_and_that_nobody_else_does(owner):
    owner.execute("GRANT INSERT ON planted TO openpes_app")
    sight = now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO planted VALUES (1)")
        found = changes_since(SUBJECT, sight)
        assert (found.rows, found.own) == ({1}, True)
        transaction.set_rollback(True)
    found = changes_since(SUBJECT, sight)
    assert (found.rows, found.own) == (frozenset(), False)


def test_of_very_many_rows_any_may_have_changed(owner):
    owner.execute("INSERT INTO planted SELECT generate_series(1, 3000)")
    sight = now()
    owner.execute("UPDATE planted SET word = 'x' WHERE number <= 1000 AND number > 500")
    assert len(seen_since(sight)) == 500
    owner.execute("UPDATE planted SET word = 'y'")
    assert seen_since(sight) is None


def test_an_old_sight_and_one_of_another_server_say_nothing(owner):
    sight = now()
    assert seen_since(Sight(sight.snapshot, sight.server, sight.at - OLDEST_SIGHT)) is None
    assert seen_since(Sight(sight.snapshot, (sight.server[0], sight.server[1] + 1), sight.at)) is None
    earlier = (sight.server[0] - timedelta(seconds=1), sight.server[1])
    assert seen_since(Sight(sight.snapshot, earlier, sight.at)) is None


def test_changes_are_forgotten_when_no_sight_can_ask_for_them(owner):
    owner.execute("INSERT INTO planted VALUES (1)")
    (made_at,) = owner.execute("SELECT made_at FROM kernel_rowchange").fetchone()
    assert forget_changes(made_at + timedelta(days=1, hours=23)) == 0
    assert forget_changes(made_at + timedelta(days=2, hours=1)) == 1


@pytest.mark.parametrize("role", ["openpes_public", "openpes_self"])
def test_the_public_learns_nothing_of_seekers(owner, role):
    for subject in ("open vacancy", "job seeker"):
        owner.execute(
            "INSERT INTO kernel_rowchange (subject, row_id, changed, made_at)"
            " VALUES (%s, 1, pg_current_xact_id()::text::bigint, now())",
            [subject],
        )
    with within(role=role):
        assert set(RowChange.objects.values_list("subject", flat=True)) == {"open vacancy"}
    assert RowChange.objects.count() == 2
