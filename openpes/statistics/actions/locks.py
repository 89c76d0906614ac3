"""How feeders of facts keep apart: locks that last as long as the transaction."""

from collections.abc import Iterable, Sequence

from django.db import connection

from openpes.statistics.choices import FactKind, FactSource
from openpes.statistics.queries.wanted import KINDS_OF

LOCKS = 5_015 << 48  # one advisory lock for each kind, and one for each subject of its first kind
MANY = 500  # from so many subjects on, their kinds are locked whole


def lock_kinds(kinds: Iterable[FactKind]) -> None:
    """Keep every feeder of these kinds waiting until the end of the transaction; the smallest kind first."""
    for kind in sorted(kinds):
        _ask("SELECT pg_advisory_xact_lock(%s)", [_lock(kind)])


def lock_subjects(source: FactSource, subjects: Sequence[int]) -> None:
    """Keep other feeders of these subjects waiting; the smallest first, so that no two wait for each other."""
    kinds = KINDS_OF[source]
    if len(subjects) >= MANY:
        lock_kinds(kinds)
        return
    for kind in sorted(kinds):
        _ask("SELECT pg_advisory_xact_lock_shared(%s)", [_lock(kind)])
    locks = [_lock(kinds[0], subject) for subject in subjects]
    _ask("SELECT pg_advisory_xact_lock(one) FROM unnest(%s::bigint[]) AS one", [locks])


def _lock(kind: FactKind, subject: int = 0) -> int:
    return LOCKS + (int(kind) << 44) + subject


def _ask(sentence: str, values: Sequence) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)
