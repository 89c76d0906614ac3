"""Events, sealing and tampering for the tests of the journal."""

import time
from dataclasses import dataclass
from datetime import datetime

import psycopg
from django.db import connection

from openpes.audit.actions import seal_journal
from openpes.audit.models import JournalEntry
from openpes.config import database
from openpes.config.verify import login as dsn
from openpes.kernel import Actor, Event, publish, within
from openpes.kernel.action import PLATFORM


@dataclass(frozen=True, kw_only=True)
class FileOpened(Event):
    """Somebody opened the file of a person."""

    person: int
    area: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class NoteWritten(Event):
    """Somebody wrote a note."""

    note: str = ""


def tell(event: Event, by: Actor = PLATFORM) -> None:
    """Publish as an action does."""
    with by.standing():
        publish(event)


def notes(count: int, at: datetime) -> None:
    """That many lines, each in a transaction of its own."""
    for n in range(count):
        tell(NoteWritten(note=f"note {n}", by=0, at=at))


def seal_all(at: datetime) -> int:
    """Seal until nothing waits: a transaction elsewhere on the server may hold the last lines back for a while."""
    sealed, deadline = 0, time.monotonic() + 30
    while time.monotonic() < deadline:
        sealed += seal_journal(by=PLATFORM, at=at)
        with within("4501"), connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(upto_tx), 0) FROM audit_seal")
            if not JournalEntry.objects.filter(tx__gte=cursor.fetchone()[0]).exists():
                return sealed
        time.sleep(0.05)
    raise AssertionError("Something on the server kept a transaction open for 30 seconds.")


def tamper(stored: dict, sentence: str, *values: object) -> list[tuple]:
    """Change the journal as the owner of its tables can, guards switched off for the moment."""
    with psycopg.connect(dsn(stored, database.OWNER)) as line:
        line.execute("SET search_path TO city_4501")
        for table in ("audit_journalentry", "audit_seal"):
            line.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor = line.execute(sentence, values)
        found = cursor.fetchall() if cursor.description else []
        line.execute("ALTER TABLE audit_journalentry FORCE ROW LEVEL SECURITY")
    return found
