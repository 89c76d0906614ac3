"""The run of all tests itself: what breaks is counted, and what is stuck ends."""

import sys
import time

import pytest

from tests.everything import PYTEST, ROOT, Step, counts, place_of_databases, remove_from_memory, run, tried_again

STUCK = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"


def outcome(code: str, **limits: float):
    return run(Step("sample", [sys.executable, "-c", code], is_pytest=True), aloud=False, **limits)


def test_a_part_that_is_stuck_is_ended_with_what_it_started_and_counts_as_broken():
    began = time.monotonic()
    ended = outcome(STUCK, longest=1)  # its child holds the pipe too: the wait would last as long as the child
    assert time.monotonic() - began < 30
    assert not ended.held and ended.failed == 1
    assert "stuck for 1 seconds" in ended.last[-1]


def test_a_part_that_holds_is_counted_by_its_closing_line():
    ended = outcome("print('7 passed in 1 s')", longest=30)
    assert ended.held and (ended.passed, ended.failed) == (7, 0)


def test_a_part_that_breaks_before_it_counts_has_one_failure():
    assert counts(["a crash\n"], held=False) == (0, 1)
    assert counts(["3 failed, 4 passed, 1 error in 2 s\n"], held=False) == (4, 4)


UNSTEADY = """
from pathlib import Path

def test_holds():
    pass

def test_fails_{times}():
    seen = Path(__file__).with_suffix(".seen")
    tries = len(seen.read_text()) if seen.exists() else 0
    seen.write_text("x" * (tries + 1))
    assert tries >= {times}
"""


@pytest.mark.parametrize(("times", "held"), [(1, True), (2, False)])
def test_what_fails_once_is_tried_once_more_and_what_fails_twice_is_broken(tmp_path, capsys, times, held):
    place = tmp_path / "test_unsteady.py"
    place.write_text(UNSTEADY.format(times=times))
    (tmp_path / "pytest.ini").write_text("[pytest]")
    command = [*PYTEST, "-p", "no:randomly", "-c", str(tmp_path / "pytest.ini"), str(place)]
    again = [*command, "--last-failed", "--last-failed-no-failures", "none"]
    first = run(Step("unsteady", command, is_pytest=True, again=again), aloud=False)
    assert (first.held, first.passed, first.failed) == (False, 1, 1)
    last = tried_again(first)
    assert (last.held, last.failed) == (held, int(not held))
    assert ("UNSTEADY" in capsys.readouterr().out) is held
    first.step.again = []
    assert tried_again(first) is first


def test_databases_stand_in_memory_only_where_there_is_room_and_are_taken_away(tmp_path, monkeypatch):
    disk = ROOT / "var" / "test"
    assert place_of_databases(tmp_path, needed=1 << 60) == place_of_databases(tmp_path / "missing", needed=0) == disk
    place = place_of_databases(tmp_path, needed=0)
    assert place.parent == tmp_path and place == place_of_databases(tmp_path, needed=0)
    for kept in (tmp_path / "other" / "var", place):
        kept.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv("OPENPES_VAR", str(kept))
        remove_from_memory(tmp_path)
    assert not place.exists() and (tmp_path / "other" / "var").exists()
