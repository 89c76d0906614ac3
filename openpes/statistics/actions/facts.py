"""Facts are fed by what happens, and rebuilt from the rows at will; both append what is missing, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from threading import Barrier

from django.db import connection, connections

from openpes.kernel import Actor, action
from openpes.kernel.clock import day_of
from openpes.statistics.choices import FactKind, FactSource
from openpes.statistics.models import FactOpening
from openpes.statistics.queries.wanted import COLUMNS, KEY, KINDS_OF, subjects_about, wanted_sql
from openpes.statistics.rules.closing import horizon, open_from

LOCKS = 5_015 << 48  # one advisory lock for each kind, and one for each subject of its first kind
MANY = 500  # from so many subjects on, their kinds are locked whole
AT_ONCE = 1_000
STORED = "statistics_fact"
HEAVIEST_FIRST = sorted(FactKind, key=lambda kind: kind not in (FactKind.EMPLOYMENT_BEGUN, FactKind.INTRODUCTION))
INTO = f"INSERT INTO {STORED} ({', '.join(COLUMNS)}, counted_on, recorded_at)"


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuilding appended, by kind; nothing when the store agreed with the rows."""

    appended: dict[FactKind, int]

    @property
    def total(self) -> int:
        """All facts that were appended."""
        return sum(self.appended.values())


@action
def feed_noted(*, by: Actor, at: datetime) -> int | None:
    """Feed what was noted earliest, so many rows at once; how many facts that appended, None when nothing was noted.

    A kind of which nothing is kept yet is opened first. Whoever feeds at the same time takes other notes.
    """
    _open_kinds(at)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM statistics_duesubject WHERE id IN (SELECT id FROM statistics_duesubject"
            " ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING source, subject",
            [AT_ONCE],
        )
        noted = cursor.fetchall()
    return _feed(((FactSource(source), subject) for source, subject in noted), at) if noted else None


@action
def feed_facts(*, subjects: Iterable[tuple[FactSource, int]], by: Actor, at: datetime) -> int:
    """Append the difference between what the rows behind these subjects say now and what the store adds up to.

    Returns how many facts that took. Of two who feed one subject, the second finds what the first appended.
    """
    _open_kinds(at)
    return _feed(subjects, at)


@action
def rebuild_facts(*, kinds: Sequence[FactKind] = tuple(FactKind), by: Actor, at: datetime) -> Rebuilt:
    """Append the difference between all rows and the store for these kinds; a new kind is opened with all its past."""
    _lock_kinds(kinds)
    _make_months(at)
    opened = set(FactOpening.objects.values_list("kind", flat=True))
    appended = {}
    for kind in kinds:
        appended[kind] = _append_difference((kind,), at) if kind in opened else _open_kind(kind, at)
    FactOpening.objects.filter(kind__in=kinds).update(rebuilt_at=at)
    return Rebuilt(appended)


def rebuild_side_by_side(*, lines: int = 2, by: Actor, at: datetime) -> Rebuilt:
    """`rebuild_facts` for each kind in a transaction of its own, on so many lines to the database at a time."""

    def rebuild(kind: FactKind) -> int:
        return rebuild_facts(kinds=(kind,), by=by, at=at).total

    def close(_line: int) -> None:
        gate.wait()  # so that each line closes its own
        connections.close_all()

    gate = Barrier(lines)
    with ThreadPoolExecutor(lines) as pool:
        try:
            appended = dict(zip(HEAVIEST_FIRST, pool.map(rebuild, HEAVIEST_FIRST), strict=True))
        finally:
            list(pool.map(close, range(lines)))
    return Rebuilt({kind: appended[kind] for kind in FactKind})


def _open_kinds(at: datetime) -> None:
    opened = set(FactOpening.objects.values_list("kind", flat=True))
    if missing := [kind for kind in FactKind if kind not in opened]:
        _lock_kinds(missing)
        for kind in missing:
            _open_kind(kind, at)


def _open_kind(kind: FactKind, at: datetime) -> int:
    """Begin to keep a kind that is locked: no figure of it was closed, so all counts on its own day."""
    _made, new = FactOpening.objects.get_or_create(kind=kind, defaults={"opened_at": at, "rebuilt_at": at})
    if not new:
        return 0
    _make_months(at)
    sql, values = wanted_sql((kind,), horizon=horizon(day_of(at)))
    return _write(f"{INTO} SELECT {', '.join(COLUMNS)}, happened_on, %s FROM ({sql}) AS told", [at, *values])


def _feed(subjects: Iterable[tuple[FactSource, int]], at: datetime) -> int:
    told: dict[FactSource, set[int]] = defaultdict(set)
    for source, subject in subjects:
        told[source].add(subject)
    behind: dict[FactSource, set[int]] = defaultdict(set)
    for source, ids in told.items():
        for one, found in subjects_about(source, sorted(ids)).items():
            behind[one].update(found)
    _make_months(at)
    appended = 0
    for source in sorted(behind):
        ordered = sorted(behind[source])
        for begin in range(0, len(ordered), AT_ONCE):
            some = ordered[begin : begin + AT_ONCE]
            _lock_subjects(source, some)
            appended += _append_difference(KINDS_OF[source], at, some)
    return appended


def _append_difference(kinds: Sequence[FactKind], at: datetime, subjects: Sequence[int] | None = None) -> int:
    """One statement, so that rows and store are read as they were at one moment; the locks are held by the caller."""
    told, values = wanted_sql(kinds, horizon=horizon(day_of(at)), subjects=subjects)
    key = ", ".join(KEY)
    stored, stored_values = f"SELECT {key}, -number FROM {STORED} WHERE kind = ANY(%s)", [[int(kind) for kind in kinds]]
    if subjects is not None:
        stored, stored_values = f"{stored} AND subject = ANY(%s)", [*stored_values, list(subjects)]
    return _write(
        f"{INTO} SELECT {key}, number, greatest(happened_on, %s), %s FROM"
        f" (SELECT {key}, sum(number)::integer AS number FROM"
        f" (SELECT {key}, number FROM ({told}) AS told UNION ALL {stored}) AS both_sides"
        f" GROUP BY {key} HAVING sum(number) <> 0) AS difference",
        [open_from(day_of(at)), at, *values, *stored_values],
    )


def _lock_kinds(kinds: Iterable[FactKind]) -> None:
    """Keep every feeder of these kinds waiting until the end of the transaction; the smallest kind first."""
    for kind in sorted(kinds):
        _ask("SELECT pg_advisory_xact_lock(%s)", [_lock(kind)])


def _lock_subjects(source: FactSource, subjects: Sequence[int]) -> None:
    """Keep other feeders of these subjects waiting; the smallest first, so that no two wait for each other."""
    kinds = KINDS_OF[source]
    if len(subjects) >= MANY:
        _lock_kinds(kinds)
        return
    for kind in sorted(kinds):
        _ask("SELECT pg_advisory_xact_lock_shared(%s)", [_lock(kind)])
    locks = [_lock(kinds[0], subject) for subject in subjects]
    _ask("SELECT pg_advisory_xact_lock(one) FROM unnest(%s::bigint[]) AS one", [locks])


def _lock(kind: FactKind, subject: int = 0) -> int:
    return LOCKS + (int(kind) << 44) + subject


def _make_months(at: datetime) -> int:
    last_on: date = horizon(day_of(at))
    return int(_ask("SELECT statistics_make_months(%s)", [last_on])[0][0])


def _ask(sentence: str, values: Sequence) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)
        return cursor.fetchall()


def _write(sentence: str, values: Sequence) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)
        return cursor.rowcount
