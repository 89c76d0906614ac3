"""PostgreSQL with fewer journeys: what opens a transaction or a savepoint travels with the statement that follows.

An action asks for `BEGIN`, its standing (`set_config`), `SAVEPOINT` and later `RELEASE`. Each is worth nothing until a
statement follows, so none waits for an answer of its own: they go out in front of that statement, in order, in one
message. A savepoint behind which nothing was asked is never sent at all. A write whose answer nobody reads, such as a
line of the journal, waits in the same way and goes out with the commit at the latest.
"""

import select
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg import OperationalError
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool

BEGIN = "BEGIN"


class Waiting(list[str]):
    """Statements that wait for company; when a write is `owed`, they go out with the commit at the latest."""

    owed = False

    def clear(self) -> None:
        super().clear()
        self.owed = False


class CompanionCursor(base.Cursor):
    """A cursor that takes along what waits; its own result is the one that it then stands on."""

    waiting: Any = ()  # a cursor that the driver or its pool makes for itself takes nothing along

    def execute(self, query: Any, params: Any = None, **options: Any) -> "CompanionCursor":
        """Send what waits and the statement in one message."""
        if not self.waiting:
            return super().execute(query, params, **options)
        statement = self.mogrify(query, params)
        companions = self._take()
        super().execute("; ".join([*companions, statement]), **options)
        for _ in companions:
            self.nextset()
        return self

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        """Send what waits, then the statement for every set of parameters."""
        self.send_waiting()
        super().executemany(query, params_seq, **options)

    def copy(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """Send what waits, then copy."""
        self.send_waiting()
        return super().copy(statement, params, **options)

    def stream(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Send what waits, then stream."""
        self.send_waiting()
        return super().stream(query, params, **options)

    def send_waiting(self) -> None:
        """Send what waits alone."""
        if self.waiting:
            super().execute("; ".join(self._take()))

    def _take(self) -> list[str]:
        companions = list(self.waiting)
        self.waiting.clear()
        return companions


class DatabaseWrapper(base.DatabaseWrapper):
    """The framework's connection, whose transaction statements wait for company.

    The driver stays in its autocommit mode, because it would send a `BEGIN` of its own otherwise; whether a transaction
    is open is the framework's knowledge and the server's, as ever. Once a transaction has failed nothing waits any
    more, so that the failure is noticed where it is without this class.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = Waiting()

    def send_along(self, statement: str) -> None:
        """Let a statement without parameters go out before the next one; it is dropped when none follows.

        Only for what is worth nothing by itself: a standing, a savepoint.
        """
        if self._has_failed():
            with self.cursor() as cursor:
                cursor.execute(statement)
        else:
            self.waiting.append(statement)

    def write_behind(self, statement: str, params: Sequence[Any] | Mapping[str, Any]) -> None:
        """Let a write go out with the next statement or with the commit, so that it has no journey of its own.

        Only for a write whose answer nobody reads and that fails only when the program is wrong: its error comes up at
        the statement that it travelled with, and ends the same transaction.
        """
        with self.cursor() as cursor:
            if not self.in_atomic_block or self._has_failed():
                cursor.execute(statement, params)
                return
            self.waiting.append(cursor.cursor.mogrify(statement, params))
            self.waiting.owed = True

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"cursor_factory": CompanionCursor}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that lives: those that the pool kept over a fall of the database are put away one by one.

        A dead one has the end of its stream to be read, so that a living one costs no journey.
        """
        connection = super().get_new_connection(conn_params)
        while self.pool and not _lives(connection):
            self.pool.putconn(connection)  # which discards it and makes another
            connection = super().get_new_connection(conn_params)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        if name:
            return self._named_cursor(name)
        cursor = super().create_cursor()
        cursor.waiting = self.waiting
        return cursor

    def connect(self) -> None:
        self.waiting.clear()
        super().connect()

    def _named_cursor(self, name: str) -> Any:
        if self.waiting:
            with self.cursor() as cursor:
                cursor.cursor.send_waiting()
        how = {"name": name, "scrollable": False, "withhold": self.get_autocommit()}
        held: Any = base.ServerSideCursor(self.connection, **how)  # type: ignore[call-arg]  # the stubs lack its arguments
        if self.timezone != self.connection.adapters.get_loader(base.TIMESTAMPTZ_OID, base.Format.TEXT).timezone:
            base.register_tzloader(self.timezone, held)
        return held

    def _set_autocommit(self, autocommit: bool) -> None:
        if not self.connection.autocommit:
            super()._set_autocommit(True)
        self.waiting[:] = [] if autocommit else [BEGIN]

    def _commit(self) -> None:
        owed, companions = self.waiting.owed, [*self.waiting, "COMMIT"]
        self.waiting.clear()
        if owed:
            with debug_transaction(self, "; ".join(companions)), self.wrap_database_errors:
                self.connection.execute("; ".join(companions))
        else:
            super()._commit()
        self._begin_anew()

    def _rollback(self) -> None:
        self.waiting.clear()
        super()._rollback()
        self._begin_anew()

    def _close(self) -> None:
        self.waiting.clear()
        super()._close()

    def _savepoint(self, sid: str) -> None:
        self.send_along(self.ops.savepoint_create_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        made = self.ops.savepoint_create_sql(sid)
        if made in self.waiting:
            self.waiting.remove(made)
        else:
            self.send_along(self.ops.savepoint_commit_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        made = self.ops.savepoint_create_sql(sid)
        if made in self.waiting:
            del self.waiting[self.waiting.index(made) + 1 :]  # the savepoint itself remains, as it does in the database
            return
        self.waiting.clear()
        super()._savepoint_rollback(sid)

    def _begin_anew(self) -> None:
        """Outside autocommit the next statement opens the next transaction."""
        if not self.autocommit:
            self.waiting.append(BEGIN)

    def _has_failed(self) -> bool:
        return self.connection is not None and self.connection.info.transaction_status == TransactionStatus.INERROR


def _lives(connection: Any) -> bool:
    """Whether an idle connection can be asked: nothing is to be read from it, or it was only news and it answers."""
    try:
        if select.select([connection.fileno()], [], [], 0)[0]:
            ConnectionPool.check_connection(connection)
    except OperationalError:
        return False
    return True


# The framework loads an engine as the part `base` of the name that the settings give.
sys.modules[f"{__name__}.base"] = sys.modules[__name__]
