"""What opens a transaction or a savepoint travels with the next statement, and nothing else changes."""

from contextlib import closing
from pathlib import Path

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, connections, transaction
from django.db.utils import DatabaseError, ProgrammingError
from django.test.utils import CaptureQueriesContext

from openpes.kernel import postgres, within
from openpes.kernel.models import AnsweredRequest, OutboxRow
from openpes.network.choices import Level, PointKind
from openpes.network.models import ServicePoint

ROOT = Path(__file__).resolve().parents[2]


def messages(act) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured.captured_queries]


def ask(statement: str = "SELECT 1") -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def outbox() -> int:
    return OutboxRow.objects.count()


def post(name: str, at) -> None:
    OutboxRow.objects.create(
        event_id="00000000-0000-0000-0000-000000000000", event="x", payload={}, listener=name, posted_at=at
    )


def test_a_savepoint_and_a_standing_go_out_with_the_first_question(db):
    def one_question() -> None:
        with within("450103"):
            assert ask("SELECT current_setting('app.scope')") == ("450103",)

    (message,) = messages(one_question)
    assert message.index("SAVEPOINT") < message.index("set_config") < message.index("current_setting")


def test_a_savepoint_behind_which_nothing_is_asked_is_never_sent(db):
    def nothing() -> None:
        with transaction.atomic():
            pass

    assert messages(nothing) == []


def test_an_answer_is_the_statements_own_and_not_that_of_a_companion(db):
    with within("450103"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT generate_series(1, 3)")
        assert cursor.rowcount == 3
        assert cursor.fetchall() == [(1,), (2,), (3,)]


def test_a_percent_sign_is_not_taken_for_a_parameter(db):
    with within("450103"):
        assert ask("SELECT '50%'") == ("50%",)
    with within("450103"), connection.cursor() as cursor:
        cursor.execute("SELECT '50%%', %s", ["%s; ROLLBACK"])
        assert cursor.fetchone() == ("50%", "%s; ROLLBACK")


def test_a_rolled_back_savepoint_takes_back_what_came_after_it_and_no_more(db, at):
    with transaction.atomic():
        post("kept", at)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            post("undone", at)
            raise ZeroDivisionError
        assert outbox() == 1


def test_a_savepoint_that_was_never_sent_is_rolled_back_without_harm_to_the_one_around_it(db, at):
    with within("450103"):
        post("kept", at)
        with pytest.raises(ZeroDivisionError), within("450105"):
            raise ZeroDivisionError
        assert ask("SELECT current_setting('app.scope')") == ("450103",)
        assert outbox() == 1


def test_a_statement_that_fails_beside_its_companions_leaves_the_outer_transaction_whole(db, at):
    with within("450103"):
        post("kept", at)
        with pytest.raises(DataError), within("450105"):
            ask("SELECT 1 / 0")
        assert ask("SELECT current_setting('app.scope')") == ("450103",)
        assert outbox() == 1


def test_a_swallowed_failure_is_noticed_at_the_end_of_its_savepoint(db):
    with pytest.raises(DatabaseError, match="aborted"), transaction.atomic(), pytest.raises(DataError):
        ask("SELECT 1 / 0")


def test_a_narrower_standing_is_in_force_before_the_next_question(db, at):
    with within("4501"):
        market = {"level": Level.COUNTY, "kind": PointKind.COUNTY_MARKET}
        ServicePoint.objects.create(area="450105", **market, name="elsewhere", opened_on=at.date())
        with within("450103"):
            assert not ServicePoint.objects.exists()
            assert not list(ServicePoint.objects.iterator())
        assert ServicePoint.objects.exists()


def test_cursors_of_the_server_and_many_parameters_take_the_standing_along(db, at):
    with within("4501"):
        market = {"level": Level.COUNTY, "kind": PointKind.COUNTY_MARKET}
        ServicePoint.objects.create(area="450105", **market, name="elsewhere", opened_on=at.date())
    with within("4501"):
        assert [point.name for point in ServicePoint.objects.iterator(chunk_size=1)] == ["elsewhere"]
    with pytest.raises(ProgrammingError, match="row-level"), within("450103"), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO network_servicepoint"
            " (area, level, kind, name, address, phone, host_name, host_code, opened_on, version)"
            " VALUES (%s, 3, 'county_market', 'x', '', '', '', '', now(), 1)", [["450105"]]
        )
    with (
        within("4501"),
        connection.cursor() as cursor,
        cursor.copy("COPY (SELECT current_setting('app.scope')) TO STDOUT") as rows,
    ):
        assert b"".join(rows) == b"4501\n"


def test_what_is_committed_stays_and_what_is_not_does_not(city, at):
    with transaction.atomic():
        post("kept", at)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post("lost", at)
        raise ZeroDivisionError
    with transaction.atomic():
        pass
    connection.close()
    assert outbox() == 1


def test_transactions_that_are_ended_by_hand_follow_one_another(city, at):
    transaction.set_autocommit(False)
    try:
        post("kept", at)
        transaction.commit()
        post("lost", at)
        transaction.rollback()
    finally:
        transaction.set_autocommit(True)
    assert outbox() == 1
    post("at once", at)
    connection.close()
    assert outbox() == 2


def test_nothing_of_a_transaction_reaches_the_next_one_on_the_same_connection(city):
    with within("450103"):
        pass
    assert ask("SELECT coalesce(current_setting('app.scope', true), '')") == ("",)
    with within("450103"):
        ask()
    assert ask("SELECT coalesce(current_setting('app.scope', true), '')") == ("",)


def test_a_transaction_that_failed_in_its_first_message_is_over_when_it_is_left(city):
    with pytest.raises(DataError), within("450103"):
        ask("SELECT 1 / 0")
    assert ask("SELECT coalesce(current_setting('app.scope', true), '')") == ("",)
    assert not AnsweredRequest.objects.exists()


def test_a_cursor_of_the_server_does_not_outlive_its_transaction(city):
    with transaction.atomic():
        cursor = connection.chunked_cursor()
        cursor.execute("SELECT generate_series(1, 3)")
        assert cursor.fetchone() == (1,)
    with closing(cursor), pytest.raises(DatabaseError, match="does not exist"):
        cursor.fetchone()


# Writes whose answer nobody reads

POST = """
INSERT INTO kernel_outboxrow (event_id, event, payload, listener, posted_at, attempts, error)
VALUES (gen_random_uuid(), 'x', '{}', %s, %s, 0, '')
"""


def behind(name: str | None, at) -> None:
    connection.write_behind(POST, [name, at])


def test_a_write_behind_goes_out_with_the_next_question_and_is_seen_by_it(db, at):
    def write_and_ask() -> None:
        behind("50%; ROLLBACK", at)
        assert outbox() == 1

    (message,) = messages(write_and_ask)
    assert message.index("INSERT") < message.index("SELECT COUNT")
    assert OutboxRow.objects.get().listener == "50%; ROLLBACK"


def test_writes_behind_go_out_with_the_commit_in_one_message(city, at):
    def write() -> None:
        with transaction.atomic():
            behind("first", at)
            behind("second", at)

    begun, message = messages(write)
    assert begun == "BEGIN"  # told by the framework, sent with the rest
    assert message.startswith("BEGIN; ") and message.endswith("COMMIT")
    assert message.index("first") < message.index("second")
    connection.close()
    assert outbox() == 2


def test_a_commit_that_drops_what_waits_would_lose_a_write(city, at, monkeypatch):
    """The planted mistake: a write is taken for something that is worth nothing by itself."""
    monkeypatch.setattr(postgres.Waiting, "__setattr__", lambda self, name, value: None)
    with transaction.atomic():
        behind("lost", at)
    assert outbox() == 0


def test_a_savepoint_takes_back_the_writes_that_wait_behind_it_and_no_others(city, at):
    with transaction.atomic():
        behind("kept", at)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            behind("undone", at)
            raise ZeroDivisionError
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            ask()
            behind("undone too", at)
            raise ZeroDivisionError
        with pytest.raises(DataError), transaction.atomic():
            behind("undone with its company", at)
            ask("SELECT 1 / 0")
    assert list(OutboxRow.objects.values_list("listener", flat=True)) == ["kept"]


def test_a_write_behind_that_fails_undoes_its_transaction_and_leaves_the_line_usable(city, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        post("lost with it", at)
        behind(None, at)
    assert outbox() == 0
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        behind("rolled back", at)
        raise ZeroDivisionError
    assert outbox() == 0


def test_a_write_behind_outside_a_transaction_is_done_at_once(city, at):
    behind("at once", at)
    connection.close()
    assert outbox() == 1


def goes_past(root: Path) -> list[str]:
    """Files that ask the driver's own connection, beside which a standing would wait unsent."""
    files = [*root.glob("openpes/**/*.py")]
    return [
        file.name for file in files if file.parent.name != "postgres" and "connection.connection" in file.read_text()
    ]


def test_nobody_goes_past_the_connection(tmp_path):
    assert goes_past(ROOT) == []
    planted = tmp_path / "openpes" / "people" / "queries.py"
    planted.parent.mkdir(parents=True)
    planted.write_text("connection.connection.execute('SELECT 1')")
    assert goes_past(tmp_path) == ["queries.py"]


@pytest.fixture
def pooled(db):
    """A second line to the same database whose connections come from a pool of two."""
    settings = {**connection.settings_dict, "CONN_MAX_AGE": 0}
    settings["OPTIONS"] = {**settings["OPTIONS"], "pool": {"min_size": 2, "max_size": 2, "timeout": 10}}
    line = connections["pooled"] = postgres.DatabaseWrapper(settings, alias="pooled")
    line.pool.open(wait=True)
    yield line
    line.close()
    line.close_pool()
    del connections["pooled"]


def strike(line) -> None:
    """End every connection of the pool from outside, as a fall of the database does."""
    held = [line.pool.getconn() for _ in range(2)]
    pids = [one.info.backend_pid for one in held]
    for one in held:
        line.pool.putconn(one)
    assert ask(f"SELECT every(pg_terminate_backend(pid, 5000)) FROM unnest(ARRAY{pids}) AS pid") == (True,)


def asks(line) -> tuple:
    with line.cursor() as cursor:
        cursor.execute("SELECT 7")
        return cursor.fetchone()


def test_a_connection_that_died_in_the_pool_is_never_handed_out(pooled):
    strike(pooled)
    assert asks(pooled) == (7,)


def test_without_the_look_a_dead_connection_is_handed_out(pooled, monkeypatch):
    """The planted mistake: whatever the pool holds is taken to live."""
    monkeypatch.setattr(postgres, "_lives", lambda _connection: True)
    strike(pooled)
    with pytest.raises(OperationalError):
        asks(pooled)


def test_news_on_a_living_connection_is_no_death(pooled):
    listening, telling = (pooled.pool.getconn() for _ in range(2))
    listening.execute("LISTEN openpes_news")
    telling.execute("NOTIFY openpes_news")
    assert postgres._lives(listening)
    for held in (listening, telling):
        pooled.pool.putconn(held)
    assert asks(pooled) == (7,)
