"""Loading whole tables: constraints aside, rows by COPY over several connections, constraints back and checked.

Row-level security is forced on the owner too, and COPY cannot write under it. While the load lasts the owner alone is
exempt; every other role stays under its policies. What has to be put back is written down in the database first, so
that a load that was cut off is undone by `mend` before the next one begins.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

CHUNK = 20_000
LEFT_BEHIND = "demo_unfinished"
WHAT_GOES = """
SELECT conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid)
FROM pg_constraint
WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'x', 'u')
ORDER BY contype <> 'f', conname
"""
PLAIN_INDEXES = """
SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY 2
"""


@dataclass(frozen=True)
class Table:
    """A table to load: its columns, and its rows in pieces, each a list of cells a column.

    `commits` is how many pieces go into one transaction, 0 for all.
    """

    name: str
    columns: tuple[str, ...]
    pieces: Callable[[], Iterator[Sequence[Sequence[str]]]]
    commits: int = 0


@dataclass(frozen=True)
class Undone:
    """A constraint or index that was taken away: how it comes back."""

    table: str
    name: str
    kind: str
    statement: str


def connect(owner: str) -> psycopg.Connection:
    """A connection as the owner of the tables."""
    connection = psycopg.connect(owner, autocommit=True)
    connection.execute("SET maintenance_work_mem = '256MB'")
    connection.execute("SET max_parallel_maintenance_workers = 1")
    return connection


def set_aside(owner: str, tables: Sequence[str]) -> list[Undone]:
    """Take away foreign keys, exclusion and unique constraints and indexes, noting first how they come back."""
    with connect(owner) as connection, connection.transaction():
        undone = _what_goes(connection, tables)
        connection.execute(
            f"CREATE TABLE {LEFT_BEHIND} (position int, kind text, table_name text, name text, line text)"
        )
        rows = [(k, u.kind, u.table, u.name, u.statement) for k, u in enumerate(undone)]
        rows += [(-1, "rows", table, "", str(last_id(connection, table))) for table in tables]
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {LEFT_BEHIND} VALUES (%s, %s, %s, %s, %s)", rows)
        for one in undone:
            connection.execute(_removal(one))
        for table in _guarded(connection, tables):
            connection.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    return undone


def load(owner: str, table: Table) -> int:
    """Copy the rows of a table; returns their number."""
    written = 0
    with connect(owner) as connection:
        # Nobody counts on these rows before `finish`, and its commit brings every earlier one to the disk.
        connection.execute("SET synchronous_commit = off")
        pieces = table.pieces()
        for batch in _batches(pieces, table.commits):
            written += _copy(connection, table, batch)
    return written


def fill(owner: str, undone: Sequence[Undone], table: Table) -> None:
    """Copy the rows of a table and make it whole, whatever other tables wait for."""
    load(owner, table)
    put_back(owner, undone, table.name)


def put_back(owner: str, undone: Sequence[Undone], table: str) -> None:
    """Build the indexes and constraints of one table again, and let the planner know it."""
    with connect(owner) as connection:
        for one in undone:
            if one.table == table and one.kind != "f":
                connection.execute(one.statement)
        connection.execute(f"ANALYZE {table}")


def tie(owner: str, undone: Sequence[Undone]) -> None:
    """Restore the foreign keys for rows to come; `check` holds the rows that are there against them."""
    with connect(owner) as connection, connection.transaction():
        for one in undone:
            if one.kind == "f":
                connection.execute(f"{one.statement} NOT VALID")


def check(owner: str, undone: Sequence[Undone], table: str) -> None:
    """Check the foreign keys of the rows of one table; tables may be checked at the same time."""
    with connect(owner) as connection:
        for one in undone:
            if one.table == table and one.kind == "f":
                connection.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {_quoted(one.name)}")


def finish(owner: str, tables: Sequence[str]) -> None:
    """Force row-level security again, and set the sequences after the rows."""
    with connect(owner) as connection, connection.transaction():
        _close(connection, tables)


def mend(owner: str) -> bool:
    """Undo a load that was cut off; returns whether there was one."""
    with connect(owner) as connection, connection.transaction():
        if not connection.execute("SELECT to_regclass(%s)", [LEFT_BEHIND]).fetchone()[0]:  # type: ignore[index]
            return False
        rows = connection.execute(
            f"SELECT kind, table_name, name, line FROM {LEFT_BEHIND} ORDER BY position"
        ).fetchall()
        undone = [Undone(table, name, kind, line) for kind, table, name, line in rows if kind != "rows"]
        before = {table: int(line) for kind, table, _, line in rows if kind == "rows"}
        for one in undone:
            connection.execute(_removal(one))
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # tables outside the load point here with deferred keys
        for table, last in before.items():
            key = key_of(connection, table)
            condition = f"{key} > {last}" if _is_number(connection, table, key) else "true"
            # What never was leaves no history either.
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            connection.execute(f"DELETE FROM {table} WHERE {condition}")
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for one in sorted(undone, key=lambda found: found.kind == "f"):
            connection.execute(one.statement)
        _close(connection, tuple(before))
    return True


def last_id(connection: psycopg.Connection, table: str) -> int:
    """The highest number that the table's sequence has given out, or a row has; 0 when the key is no number."""
    key = key_of(connection, table)
    if not _is_number(connection, table, key):
        return 0
    highest = connection.execute(f"SELECT coalesce(max({key}), 0) FROM {table}").fetchone()[0]  # type: ignore[index]
    sequence = connection.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key]).fetchone()[0]  # type: ignore[index]
    if sequence is None:
        return int(highest)
    last, called = connection.execute(f"SELECT last_value, is_called FROM {sequence}").fetchone()  # type: ignore[misc]
    return max(int(highest), int(last) if called else int(last) - 1)


def key_of(connection: psycopg.Connection, table: str) -> str:
    """The column of the primary key."""
    query = (
        "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]"
        " WHERE indisprimary AND indrelid = %s::regclass"
    )
    return str(connection.execute(query, [table]).fetchone()[0])  # type: ignore[index]


def _guarded(connection: psycopg.Connection, tables: Sequence[str]) -> list[str]:
    """The tables that have row-level security at all."""
    query = "SELECT oid::regclass::text FROM pg_class WHERE oid = ANY(%s::regclass[]) AND relrowsecurity"
    return [row[0] for row in connection.execute(query, [list(tables)]).fetchall()]


def _is_number(connection: psycopg.Connection, table: str, key: str) -> bool:
    query = "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s"
    return connection.execute(query, [table, key]).fetchone()[0] in ("bigint", "integer")  # type: ignore[index]


def _what_goes(connection: psycopg.Connection, tables: Sequence[str]) -> list[Undone]:
    constraints = connection.execute(WHAT_GOES, [list(tables)]).fetchall()
    indexes = connection.execute(PLAIN_INDEXES, [list(tables)]).fetchall()
    found = [
        Undone(table, name, kind, f"ALTER TABLE {table} ADD CONSTRAINT {_quoted(name)} {definition}")
        for table, name, kind, definition in constraints
    ]
    return found + [Undone(table, name, "i", definition) for table, name, definition in indexes]


def _removal(one: Undone) -> str:
    if one.kind == "i":
        return f"DROP INDEX IF EXISTS {one.name}"
    return f"ALTER TABLE {one.table} DROP CONSTRAINT IF EXISTS {_quoted(one.name)}"


def _quoted(name: str) -> str:
    return sql.Identifier(name).as_string(None)


def _close(connection: psycopg.Connection, tables: Sequence[str]) -> None:
    for table in tables:  # before the policies bind the owner again and hide the rows
        key = key_of(connection, table)
        sequence = connection.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, key]).fetchone()[0]  # type: ignore[index]
        if sequence is not None:
            connection.execute("SELECT setval(%s, greatest(%s, 1), %s)", [sequence, *_after(connection, table)])
    for table in _guarded(connection, tables):
        connection.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    connection.execute(f"DROP TABLE {LEFT_BEHIND}")


def _after(connection: psycopg.Connection, table: str) -> tuple[int, bool]:
    last = last_id(connection, table)
    return last, last > 0


def _batches(pieces: Iterator[Sequence[Sequence[str]]], size: int) -> Iterator[Iterator[Sequence[Sequence[str]]]]:
    if not size:
        yield pieces
        return
    for first in pieces:
        yield _limited(first, pieces, size)


def _limited(
    first: Sequence[Sequence[str]], rest: Iterator[Sequence[Sequence[str]]], size: int
) -> Iterator[Sequence[Sequence[str]]]:
    yield first
    for _ in range(size - 1):
        piece = next(rest, None)
        if piece is None:
            return
        yield piece


def _copy(connection: psycopg.Connection, table: Table, pieces: Iterator[Sequence[Sequence[str]]]) -> int:
    from openpes.demo.actions.columns import lines

    written = 0
    statement = f"COPY {table.name} ({', '.join(_quoted(c) for c in table.columns)}) FROM STDIN"
    with connection.transaction(), connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[call-overload]
        for piece in pieces:
            written += len(piece[0])
            copy.write(lines(piece))
    return written
