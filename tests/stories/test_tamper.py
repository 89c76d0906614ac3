"""Somebody who is all-powerful in the database changes the journal; `openpes verify` names the line."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.urls import reverse
from psycopg.conninfo import make_conninfo

from openpes.audit.actions import export_heads
from openpes.audit.models import JournalEntry
from openpes.config import database
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from tests.audit.factories import seal_all
from tests.cast import VILLAGE, assemble
from tests.people.factories import id_number

pytestmark = [pytest.mark.city, pytest.mark.alone]
CLEAN = "The journal is as it was sealed."


def place(city: dict) -> str:
    """How the superuser of the test server connects to the city."""
    return make_conninfo(database.find_server().admin_dsn, dbname=city["name"])


def openpes_verify(city: dict, heads: Path) -> tuple[int, str]:
    """The command as an auditor types it; its exit code and what it says."""
    command = [sys.executable, "-W", "ignore", "-m", "openpes.config.cli", "verify", "--heads", str(heads)]
    environment = os.environ | {"DATABASE_URL": place(city)}
    done = subprocess.run(command, env=environment, cwd=database.ROOT, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def line(city, at, tmp_path) -> int:
    """The sealed line of a person registered at the counter; the heads are outside."""
    typed = {"id_number": id_number(), "name": "覃小梅", "area": VILLAGE, "idempotency_key": str(uuid4())}
    answer = assemble(at).county_clerk.client().post(reverse("people:new"), typed)
    assert answer.status_code == 302
    seal_all(at)
    assert export_heads(folder=tmp_path, by=PLATFORM, at=at) > 0
    with within("4501"):
        return JournalEntry.objects.get(event="people.PersonRegistered").pk


def strike(city: dict, sentence: str, line: int) -> None:
    with psycopg.connect(place(city)) as superuser:
        superuser.execute(f"SET search_path TO city_{database.CITY}")
        assert superuser.execute(sentence, {"line": line}).rowcount == 1


def test_an_untouched_journal_is_found_clean(city, line, tmp_path):
    assert openpes_verify(city, tmp_path) == (0, f"{CLEAN}\n")


@pytest.mark.parametrize(
    ("sentence", "finding"),
    [
        ("UPDATE audit_journalentry SET by = 1 + by WHERE id = %(line)s", "Line {line} was altered after"),
        ("UPDATE audit_journalentry SET at = at - interval '1 s' WHERE id = %(line)s", "Line {line} was altered"),
        ("UPDATE audit_journalentry SET person = 1 + person WHERE id = %(line)s", "Line {line} was altered"),
        ("DELETE FROM audit_journalentry WHERE id = %(line)s", "Line {line} of batch 1 is missing"),
    ],
)
def test_what_a_superuser_changes_is_named(city, line, tmp_path, sentence, finding):
    strike(city, sentence, line)
    code, said = openpes_verify(city, tmp_path)
    assert code == 1
    assert finding.format(line=line) in said
    assert "The journal is NOT as it was sealed: 1 findings" in said and CLEAN not in said


def test_a_change_that_is_put_back_leaves_nothing_to_name(city, line, tmp_path):
    strike(city, "UPDATE audit_journalentry SET by = by + 7 WHERE id = %(line)s", line)
    strike(city, "UPDATE audit_journalentry SET by = by - 7 WHERE id = %(line)s", line)
    assert openpes_verify(city, tmp_path) == (0, f"{CLEAN}\n")
