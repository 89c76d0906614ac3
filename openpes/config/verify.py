"""The stand-alone verifier: whether the journal is as it was sealed. It needs psycopg and engine.seals, nothing else.

python -m openpes.config.verify DSN FOLDER_OF_HEADS
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import psycopg.conninfo
from psycopg import sql

from openpes.engine.seals import GENESIS, Batch, Line, differences

CHUNK = 5000
TAIL = "unsealed"
WORDS = {
    "altered": "Line {line} was altered after it was sealed in batch {batch}.",
    "inserted": "Line {line} was inserted among the lines of batch {batch} after they were sealed.",
    "missing": "Line {line} of batch {batch} is missing; it was there when the batch was sealed.",
    "seal": "Batch {batch} does not have the head that its lines and the batch before it give.",
    "chain": "Batch {batch} does not follow the batch before it; a batch was taken out, put in or rewritten.",
    "head": "Batch {batch} has another head than the exported one; the chain was rewritten from here or before.",
    "gone": "Batch {batch} was exported but is not in the database any more.",
    TAIL: "{line} lines are not sealed yet.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed; for the unsealed tail `line` counts the lines."""

    kind: str
    batch: int | None
    line: int | None = None

    def __str__(self) -> str:
        return WORDS[self.kind].format(batch=self.batch, line=self.line)

    @property
    def is_tamper(self) -> bool:
        return self.kind != TAIL


def verify(dsn: str, heads: Path | dict[int, str], schema: str = "city_4501") -> list[Finding]:
    """Everything that is not as it was sealed, in the order of the batches, and the unsealed tail at the end.

    `heads` is the folder of the exported heads, or the heads by the number of their seal.

    :raises psycopg.Error: the database cannot be read with that login
    """
    known = exported_heads(heads) if isinstance(heads, Path) else dict(heads)
    with psycopg.connect(dsn) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        connection.execute(sql.SQL("SET LOCAL search_path TO {}").format(sql.Identifier(schema)))
        return list(_findings(connection, known))


def login(stored: dict, role: str) -> str:
    """The connection string of a database role, from what `config.database` has stored."""
    place = {"host": stored["host"], "port": stored["port"], "dbname": stored["name"]}
    return psycopg.conninfo.make_conninfo(**place, user=role, password=stored["passwords"][role])


def exported_heads(folder: Path) -> dict[int, str]:
    """The heads that left the database, by the number of their seal; the first one written counts."""
    heads: dict[int, str] = {}
    for file in sorted(folder.glob("*.txt")):
        for line in file.read_text(encoding="ascii").splitlines():
            number, head, *_rest = line.split()
            heads.setdefault(int(number), head)
    return heads


def _findings(connection: psycopg.Connection, known: dict[int, str]) -> Iterator[Finding]:
    previous, since, seen = GENESIS, 0, set()
    for number, batch, head in _batches(connection):
        seen.add(number)
        if batch.previous != previous:
            yield Finding("chain", number)
        if batch.head != head:
            yield Finding("seal", number)
        if known.get(number, head) != head:
            yield Finding("head", number)
        lines = _lines(connection, since, batch.upto_tx)
        yield from (Finding(kind, number, line) for kind, line in differences(batch, lines))
        previous, since = head, batch.upto_tx
    yield from (Finding("gone", number) for number in sorted(known.keys() - seen))
    tail = connection.execute("SELECT count(*) FROM audit_journalentry WHERE tx >= %s", [since]).fetchone()
    if tail and tail[0]:
        yield Finding(TAIL, None, tail[0])


def _batches(connection: psycopg.Connection) -> Iterator[tuple[int, Batch, str]]:
    with connection.cursor(name="seals") as cursor:
        cursor.itersize = 20
        cursor.execute("SELECT id, upto_tx, lines, previous, head FROM audit_seal ORDER BY id")
        for number, upto_tx, lines, previous, head in cursor:
            yield number, Batch(upto_tx, bytes(lines), previous), head


def _lines(connection: psycopg.Connection, since: int, upto: int) -> Iterator[Line]:
    with connection.cursor(name="lines") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(
            "SELECT id, tx, at, by, event, area, person, payload FROM audit_journalentry"
            " WHERE tx >= %s AND tx < %s ORDER BY tx, id",
            [since, upto],
        )
        for row in cursor:
            yield Line(*row)


def report(findings: list[Finding]) -> int:
    """Print the findings; returns the exit code: 1 when the journal was tampered with."""
    tampers = [finding for finding in findings if finding.is_tamper]
    for finding in findings[:50]:
        sys.stdout.write(f"{finding}\n")
    if tampers:
        sys.stdout.write(f"The journal is NOT as it was sealed: {len(tampers)} findings; the first: {tampers[0]}\n")
        return 1
    sys.stdout.write("The journal is as it was sealed.\n")
    return 0


if __name__ == "__main__":
    sys.exit(report(verify(sys.argv[1], Path(sys.argv[2]))))
