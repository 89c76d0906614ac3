"""Which rows were written since somebody last looked: exact among transactions, by one short statement.

The triggers of `kernel.policies.notes_changes` write down the key of every row that an act writes, in the act's own
transaction. A snapshot of the server (`pg_current_snapshot`) tells which transactions a reader could see; what a later
reader sees and that snapshot did not has changed since, whatever the order in which the transactions ended.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from openpes.kernel.models import RowChange

KEPT = timedelta(days=2)
OLDEST_SIGHT = timedelta(days=1)  # an older one may miss what is forgotten by now
LOOK = """
SELECT pg_current_snapshot()::text, pg_postmaster_start_time(), oid, statement_timestamp(),
    ARRAY(SELECT DISTINCT row_id FROM kernel_rowchange WHERE subject = %(subject)s
        AND changed >= pg_snapshot_xmin(%(since)s::pg_snapshot)::text::bigint
        AND NOT pg_visible_in_snapshot(changed::text::xid8, %(since)s::pg_snapshot)),
    EXISTS (SELECT FROM kernel_rowchange WHERE subject = %(subject)s
        AND changed = pg_current_xact_id_if_assigned()::text::bigint)
FROM pg_database WHERE datname = current_database()
"""


@dataclass(frozen=True)
class Sight:
    """What a reader could see at a moment: the server's snapshot, and which server and database it was."""

    snapshot: str
    server: tuple[datetime, int]
    at: datetime


@dataclass(frozen=True)
class Changes:
    """What was written since a sight, and the sight of now.

    `rows` holds the keys of the rows that came, went or changed; None when any may have. `own` tells that the present
    transaction wrote some of them itself, so that nobody else can see them yet.
    """

    sight: Sight
    rows: frozenset[int] | None
    own: bool


def changes_since(subject: str, since: Sight | None) -> Changes:
    """Look at what was written about a subject since a sight; without one, any row may have changed.

    What is read after this look is as new as the sight or newer, so that the next look finds whatever it lacks.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOOK, {"subject": subject, "since": since.snapshot if since else None})
        snapshot, started_at, database, at, rows, own = cursor.fetchone()
    sight = Sight(snapshot, (started_at, database), at)
    known = since is not None and since.server == sight.server and at - since.at < OLDEST_SIGHT and None not in rows
    return Changes(sight, frozenset(rows) if known else None, own)


def forget_changes(at: datetime) -> int:
    """Forget what changed before any sight that still counts; how many rows went."""
    gone, _by_table = RowChange.objects.filter(made_at__lt=at - KEPT).delete()
    return gone
