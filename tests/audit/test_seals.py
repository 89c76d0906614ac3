"""Sealing in batches, and tampers that the stand-alone verifier must name."""

import ast
import threading
import time
from pathlib import Path

import psycopg
import pytest
from django.db import IntegrityError, connection, connections, transaction

from openpes.audit.actions import export_heads, seal_journal
from openpes.audit.models import JournalEntry, Seal
from openpes.config import verify as verifier
from openpes.config.verify import exported_heads, verify
from openpes.engine import seals
from openpes.engine.seals import GENESIS
from openpes.kernel import publish, within
from openpes.kernel.action import PLATFORM
from tests.audit.factories import NoteWritten, dsn, notes, seal_all, tamper

pytestmark = [pytest.mark.city, pytest.mark.alone]


def chain() -> list[tuple[str, str]]:
    with within(role="openpes_sealer"):
        return list(Seal.objects.values_list("previous", "head"))


def numbers() -> list[int]:
    with within("4501"):
        found = JournalEntry.objects.filter(event__endswith="NoteWritten").order_by("id")
        return list(found.values_list("id", flat=True))


def found(city: dict, heads: Path | dict | None = None) -> list[tuple]:
    findings = verify(dsn(city, "openpes_sealer"), heads if heads is not None else {})
    return [(finding.kind, finding.batch, finding.line) for finding in findings]


@pytest.fixture
def sealed(city, at, tmp_path):
    """Three batches of four lines; their heads are outside."""
    for _batch in range(3):
        notes(4, at)
        seal_all(at)
    assert export_heads(folder=tmp_path, by=PLATFORM, at=at) == 3
    return city


def test_an_untouched_journal_is_as_it_was_sealed(sealed, tmp_path):
    assert found(sealed, tmp_path) == []
    assert [previous for previous, _head in chain()] == [GENESIS, *(head for _previous, head in chain()[:-1])]


def test_the_unsealed_tail_is_reported_and_is_no_tamper(sealed, at, tmp_path):
    notes(2, at)
    assert found(sealed, tmp_path) == [("unsealed", None, 2)]
    assert not verify(dsn(sealed, "openpes_sealer"), tmp_path)[0].is_tamper
    assert seal_all(at) == 2
    assert found(sealed, tmp_path) == []


def test_a_changed_payload_is_named(sealed, tmp_path):
    line = numbers()[5]
    tamper(sealed, "UPDATE audit_journalentry SET payload = payload || '{\"note\": \"x\"}' WHERE id = %s", line)
    assert found(sealed, tmp_path) == [("altered", 2, line)]
    assert str(verify(dsn(sealed, "openpes_sealer"), tmp_path)[0]) == (
        f"Line {line} was altered after it was sealed in batch 2."
    )


def test_a_deleted_line_is_named(sealed, tmp_path):
    line = numbers()[0]
    tamper(sealed, "DELETE FROM audit_journalentry WHERE id = %s", line)
    assert found(sealed, tmp_path) == [("missing", 1, line)]


def test_a_line_inserted_in_the_past_is_named(sealed, tmp_path):
    ((tx,),) = tamper(sealed, "SELECT tx FROM audit_journalentry WHERE id = %s", numbers()[5])
    sentence = (
        "INSERT INTO audit_journalentry (tx, at, by, event, area, payload)"
        " VALUES (%s, now(), 0, 'x.Y', '4501', '{}') RETURNING id"
    )
    ((line,),) = tamper(sealed, sentence, tx)
    assert found(sealed, tmp_path) == [("inserted", 2, line)]


def test_a_line_moved_to_another_batch_is_missed_in_one_and_found_in_the_other(sealed, tmp_path):
    moved, other = numbers()[1], numbers()[9]
    tamper(
        sealed,
        "UPDATE audit_journalentry SET tx = (SELECT tx FROM audit_journalentry WHERE id = %s) WHERE id = %s",
        other,
        moved,
    )
    assert found(sealed, tmp_path) == [("missing", 1, moved), ("inserted", 3, moved)]


def test_a_seal_made_to_fit_the_changed_line_breaks_the_chain(sealed, tmp_path):
    tamper(sealed, "DELETE FROM audit_journalentry WHERE id = %s", numbers()[5])
    _reseal(sealed, only=2)
    assert found(sealed) == [("chain", 3, None)]
    assert found(sealed, tmp_path) == [("head", 2, None), ("chain", 3, None)]


def test_the_whole_chain_rewritten_is_caught_by_the_exported_heads_only(sealed, tmp_path):
    tamper(sealed, "DELETE FROM audit_journalentry WHERE id = %s", numbers()[5])
    _reseal(sealed)
    assert found(sealed) == []  # inside the database everything fits again
    assert found(sealed, tmp_path) == [("head", 2, None), ("head", 3, None)]


def test_the_last_batch_taken_away_whole_is_caught_by_the_exported_heads_only(sealed, tmp_path):
    tamper(sealed, "DELETE FROM audit_journalentry WHERE id = ANY(%s)", numbers()[8:])
    tamper(sealed, "DELETE FROM audit_seal WHERE id = 3")
    assert found(sealed) == []
    assert found(sealed, tmp_path) == [("gone", 3, None)]


def test_digests_changed_in_a_seal_are_named(sealed, tmp_path):
    tamper(sealed, "UPDATE audit_seal SET lines = set_byte(lines, 20, 255 - get_byte(lines, 20)) WHERE id = 2")
    assert ("seal", 2, None) in found(sealed, tmp_path)


def test_a_transaction_that_still_runs_is_not_sealed_over(city, at):
    """The line of a slow transaction comes into a later batch, and nothing is reported as inserted."""
    written, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with within("4501"):
                publish(NoteWritten(note="slow", by=0, at=at))
                assert JournalEntry.objects.exists()  # the line has gone out with a question
                written.set()
                go_on.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=slowly)
    thread.start()
    assert written.wait(20)
    notes(3, at)
    seal_journal(by=PLATFORM, at=at)
    early = found(city)
    go_on.set()
    thread.join()
    seal_all(at)
    assert early == [("unsealed", None, 3)]
    assert found(city) == []


def test_sealers_that_run_at_once_do_not_fork_the_chain(city, at):
    stop, errors = threading.Event(), []

    def keep_sealing() -> None:
        try:
            while not stop.is_set():
                seal_journal(by=PLATFORM, at=at)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=keep_sealing) for _n in range(4)]
    for thread in threads:
        thread.start()
    notes(60, at)
    time.sleep(0.2)
    stop.set()
    for thread in threads:
        thread.join()
    seal_all(at)
    assert errors == []
    assert len(chain()) > 1
    assert found(city) == []


def test_the_constraint_alone_stops_a_fork(sealed, at):
    row = {"upto_tx": 1, "first_entry": 1, "last_entry": 1, "entries": 0, "lines": b"", "sealed_at": at}
    with pytest.raises(IntegrityError, match="seal_chain_does_not_fork"), within(role="openpes_sealer"):
        Seal.objects.create(previous=chain()[1][0], head="f" * 64, **row)


def test_a_great_transaction_is_sealed_whole_and_batches_are_cut_at_transactions(city, at, monkeypatch):
    from openpes.audit import actions

    monkeypatch.setattr(actions, "BATCH_LINES", 10)
    with within("4501"):
        for _n in range(25):
            publish(NoteWritten(by=0, at=at))
    notes(12, at)
    assert seal_all(at) >= 37
    with within(role="openpes_sealer"):
        assert max(Seal.objects.values_list("entries", flat=True)) >= 25
    assert found(city) == []


def test_heads_are_exported_once_and_the_rest_after_a_break(sealed, at, tmp_path):
    assert export_heads(folder=tmp_path, by=PLATFORM, at=at) == 0
    notes(1, at)
    seal_all(at)
    assert export_heads(folder=tmp_path, by=PLATFORM, at=at) == 1
    assert list(exported_heads(tmp_path).values()) == [head for _previous, head in chain()]
    assert [file.name for file in tmp_path.iterdir()] == ["2026-11-23.txt"]


def test_the_job_seals_and_exports(city, at, settings, tmp_path):
    from openpes.audit.jobs import seal_and_export

    settings.VAR = tmp_path
    notes(2, at)
    deadline = time.monotonic() + 30
    while not chain() and time.monotonic() < deadline:
        seal_and_export()
    assert list(exported_heads(tmp_path / "heads").values()) == [head for _previous, head in chain()]


def test_the_verifier_stands_alone_in_under_200_lines():
    source = Path(verifier.__file__).read_text()
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert len(source.splitlines()) < 200
    roots = {name.split(".")[0] for name in imported}
    assert roots == {"collections", "dataclasses", "pathlib", "psycopg", "sys", "openpes"}
    assert {name for name in imported if name.startswith("openpes")} == {"openpes.engine.seals"}


def test_the_verifier_reads_with_the_sealers_login_and_cannot_write(sealed):
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        psycopg.connect(dsn(sealed, "openpes_sealer")) as line,
    ):
        line.execute("UPDATE city_4501.audit_journalentry SET by = 1")


def _reseal(city: dict, only: int | None = None) -> None:
    """What somebody would do who can change everything inside the database."""
    with transaction.atomic():
        rows = list(Seal.objects.defer("lines"))
    previous, since = GENESIS, 0
    for row in rows:
        names = "id, tx, at, by, event, area, person, payload"
        sentence = f"SELECT {names} FROM audit_journalentry WHERE tx >= %s AND tx < %s ORDER BY tx, id"
        lines = [seals.Line(*line) for line in tamper(city, sentence, since, row.upto_tx)]
        batch = seals.seal(lines, upto_tx=row.upto_tx, previous=previous)
        if only in (None, row.pk):
            tamper(
                city,
                "UPDATE audit_seal SET previous = %s, head = %s, lines = %s WHERE id = %s",
                previous, batch.head, batch.lines, row.pk,
            )  # fmt: skip
        previous, since = (batch.head if only is None else row.head), row.upto_tx
    connection.close()
