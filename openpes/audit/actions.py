"""Sealing the journal and handing its heads out of the database."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import connection

from openpes.audit.models import JournalEntry, Seal
from openpes.engine import seals
from openpes.kernel import Actor, clock, within

ONE_SEALER = 450101  # the advisory lock under which the chain grows
BATCH_LINES = 10_000
SEALER = "openpes_sealer"


def seal_journal(*, by: Actor, at: datetime) -> int:
    """Seal every line whose transaction has certainly ended, in batches; returns the number of lines sealed.

    Only transactions older than the oldest one that still runs are sealed, so no line can come to stand before a
    seal later. Sealers that run at once wait for each other; a fork of the chain would break a constraint.
    """
    sealed = 0
    while batch := _seal_batch(at):
        sealed += batch
    return sealed


def export_heads(*, folder: Path, by: Actor, at: datetime) -> int:
    """Append every head that is not yet outside the database to `folder/<day>.txt`; returns their number.

    A line is: number of the seal, head, number of lines, moment. These files go to the level above and to paper; with
    them the verifier notices a chain that was rewritten as a whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with within(role=SEALER):
        _wait_for_turn()
        fresh = list(Seal.objects.filter(pk__gt=_last_exported(folder)).defer("lines"))
        for row in fresh:
            _append(folder / f"{clock.day_of(row.sealed_at)}.txt", head_line(row))
    return len(fresh)


def head_line(row: Seal) -> str:
    """A seal as its line in the exported file."""
    moment = row.sealed_at.astimezone(clock.BUSINESS_ZONE).isoformat(timespec="seconds")
    return f"{row.pk} {row.head} {row.entries} {moment}\n"


def _seal_batch(at: datetime) -> int:
    with within(role=SEALER):
        _wait_for_turn()
        last = Seal.objects.defer("lines").last()
        since = last.upto_tx if last else 0
        upto = _end_of_batch(since)
        numbers, lines = [], []
        for line in _lines(since, upto):
            numbers.append(line.id)
            lines.append(line)
        if not lines:
            return 0
        batch = seals.seal(lines, upto_tx=upto, previous=last.head if last else seals.GENESIS)
        Seal.objects.create(
            upto_tx=upto,
            first_entry=numbers[0],
            last_entry=numbers[-1],
            entries=len(batch),
            previous=batch.previous,
            head=batch.head,
            lines=batch.lines,
            sealed_at=at,
        )
    return len(lines)


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_SEALER])


def _end_of_batch(since: int) -> int:
    """The first transaction that this batch leaves out: whole transactions, about BATCH_LINES lines."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        oldest_running = cursor.fetchone()[0]
    waiting = JournalEntry.objects.filter(tx__gte=since, tx__lt=oldest_running).order_by("tx", "id")
    last = waiting.values_list("tx", flat=True)[BATCH_LINES - 1 : BATCH_LINES].first()
    return oldest_running if last is None else last + 1


def _lines(since: int, upto: int) -> Iterator[seals.Line]:
    names = ("id", "tx", "at", "by", "event", "area", "person", "payload")
    rows = JournalEntry.objects.filter(tx__gte=since, tx__lt=upto).order_by("tx", "id").values_list(*names)
    return (seals.Line(*row) for row in rows.iterator())


def _last_exported(folder: Path) -> int:
    numbers = (
        int(line.split()[0]) for file in folder.glob("*.txt") for line in file.read_text().splitlines() if line.strip()
    )
    return max(numbers, default=0)


def _append(file: Path, line: str) -> None:
    with file.open("a", encoding="ascii") as stream:
        stream.write(line)
