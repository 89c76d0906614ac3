"""Facts are fed by what happens, and rebuilt from the rows at will; both append what is missing, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from threading import Barrier
from typing import Any

from django.db import connection, connections

from openpes.kernel import Actor, action
from openpes.kernel.clock import day_of
from openpes.statistics.actions.kept import Appended, forget_moved, move_kept
from openpes.statistics.actions.locks import lock_kinds, lock_subjects
from openpes.statistics.choices import FactKind, FactSource
from openpes.statistics.models import FactOpening
from openpes.statistics.queries.wanted import COLUMNS, KEY, KINDS_OF, TOGETHER, subjects_about, together, wanted_sql
from openpes.statistics.rules.closing import horizon, open_from

AT_ONCE = 1_000
STORED = "statistics_fact"
IN_MEMORY = (
    "SET LOCAL work_mem = '256MB'"  # what a whole city tells is joined and sorted there; its index grows in order
)
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
    _open_missing(at)
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
    _open_missing(at)
    return _feed(subjects, at)


@action
def rebuild_facts(*, kinds: Sequence[FactKind] = tuple(FactKind), by: Actor, at: datetime) -> Rebuilt:
    """Append the difference between all rows and the store for these kinds; a new kind is opened with all its past."""
    lock_kinds(kinds)
    _make_months(at)
    opened = set(FactOpening.objects.values_list("kind", flat=True))
    appended = dict.fromkeys(kinds, 0)
    for group in together(kinds):
        known, new = ([kind for kind in group if (kind in opened) is kept] for kept in (True, False))
        appended |= (_write(*_difference(known, at)) if known else {}) | (_open_kinds(new, at) if new else {})
    if any(appended.values()):
        forget_moved()
    FactOpening.objects.filter(kind__in=kinds).update(rebuilt_at=at)
    return Rebuilt(appended)


def rebuild_side_by_side(*, lines: int = 2, by: Actor, at: datetime) -> Rebuilt:
    """`rebuild_facts`, each group of kinds in a transaction of its own, on so many lines to the database at a time."""

    def rebuild(group: tuple[FactKind, ...]) -> dict[FactKind, int]:
        return rebuild_facts(kinds=group, by=by, at=at).appended

    def close(_line: int) -> None:
        gate.wait()  # so that each line closes its own
        connections.close_all()

    gate = Barrier(lines)
    with ThreadPoolExecutor(lines) as pool:
        try:
            appended = {kind: number for found in pool.map(rebuild, TOGETHER) for kind, number in found.items()}
        finally:
            list(pool.map(close, range(lines)))
    return Rebuilt({kind: appended[kind] for kind in FactKind})


def _open_missing(at: datetime) -> None:
    opened = set(FactOpening.objects.values_list("kind", flat=True))
    if missing := [kind for kind in FactKind if kind not in opened]:
        lock_kinds(missing)
        for group in together(missing):
            _open_kinds(group, at)
        forget_moved()


def _open_kinds(kinds: Sequence[FactKind], at: datetime) -> dict[FactKind, int]:
    """Begin to keep kinds that are locked: no figure of them was closed, so all counts on its own day."""
    since = {"opened_at": at, "rebuilt_at": at}
    new = [kind for kind in kinds if FactOpening.objects.get_or_create(kind=kind, defaults=since)[1]]
    if not new:
        return {}
    _make_months(at)
    sql, values = wanted_sql(new, horizon=horizon(day_of(at)))
    told = f"{INTO} SELECT {', '.join(COLUMNS)}, happened_on, %s FROM ({sql}) AS told ORDER BY subject"
    return _write(told, [at, *values])


def _feed(subjects: Iterable[tuple[FactSource, int]], at: datetime) -> int:
    told: dict[FactSource, set[int]] = defaultdict(set)
    for source, subject in subjects:
        told[source].add(subject)
    behind: dict[FactSource, set[int]] = defaultdict(set)
    for source, ids in told.items():
        for one, found in subjects_about(source, sorted(ids)).items():
            behind[one].update(found)
    _make_months(at)
    appended: list[Appended] = []
    for source in sorted(behind):
        ordered = sorted(behind[source])
        for begin in range(0, len(ordered), AT_ONCE):
            some = ordered[begin : begin + AT_ONCE]
            lock_subjects(source, some)
            sentence, values = _difference(KINDS_OF[source], at, some)
            appended += map(Appended._make, _ask(f"{sentence} RETURNING {', '.join(Appended._fields)}", values))
    move_kept(appended)
    return len(appended)


def _difference(
    kinds: Sequence[FactKind], at: datetime, subjects: Sequence[int] | None = None
) -> tuple[str, list[Any]]:
    """One statement, so that rows and store are read as they were at one moment; the locks are held by the caller."""
    told, values = wanted_sql(kinds, horizon=horizon(day_of(at)), subjects=subjects)
    key = ", ".join(KEY)
    stored, stored_values = f"SELECT {key}, -number FROM {STORED} WHERE kind = ANY(%s)", [[int(kind) for kind in kinds]]
    if subjects is not None:
        stored, stored_values = f"{stored} AND subject = ANY(%s)", [*stored_values, list(subjects)]
    sentence = (
        f"{INTO} SELECT {key}, number, greatest(happened_on, %s), %s FROM"
        f" (SELECT {key}, sum(number)::integer AS number FROM"
        f" (SELECT {key}, number FROM ({told}) AS told UNION ALL {stored}) AS both_sides"
        f" GROUP BY {key} HAVING sum(number) <> 0) AS difference"
    )
    return sentence, [open_from(day_of(at)), at, *values, *stored_values]


def _make_months(at: datetime) -> int:
    last_on: date = horizon(day_of(at))
    return int(_ask("SELECT statistics_make_months(%s)", [last_on])[0][0])


def _ask(sentence: str, values: Sequence) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sentence, values)
        return cursor.fetchall()


def _write(sentence: str, values: Sequence) -> dict[FactKind, int]:
    """Append what a statement tells; how many facts of each kind."""
    with connection.cursor() as cursor:
        cursor.execute(IN_MEMORY)
        cursor.execute(
            f"WITH appended AS ({sentence} RETURNING kind) SELECT kind, count(*) FROM appended GROUP BY kind", values
        )
        return {FactKind(kind): number for kind, number in cursor.fetchall()}
