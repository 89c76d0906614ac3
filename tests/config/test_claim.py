"""One starter a city: a second one steps back, and what a killed one left is ended before a new start."""

import json
import subprocess
import sys
import time

import pytest

from openpes.config.claim import Claim, birth_of

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# A starter as the real one: takes the claim, starts a process, notes it, and stays.
STARTER = """
import subprocess, sys, time
from pathlib import Path
from openpes.config.claim import Claim
claim = Claim(Path(sys.argv[1]))
assert claim.take() is None
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
claim.note("http://127.0.0.1:8000/", [child.pid])
print(child.pid, flush=True)
time.sleep(60)
"""


def taken(folder) -> str | None:
    """What taking the claim of a folder says; it is given up at once."""
    claim = Claim(folder)
    answer = claim.take()
    claim.give_up()
    return answer


@pytest.fixture
def starter(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", STARTER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    child = int(process.stdout.readline())
    yield process, child
    process.kill()
    process.wait()
    process.stdout.close()
    taken(tmp_path)


def test_a_second_start_learns_the_address_and_ends_nothing(tmp_path, starter):
    process, child = starter
    assert taken(tmp_path) == "http://127.0.0.1:8000/"
    assert process.poll() is None
    assert birth_of(child)


def test_after_a_kill_the_next_start_ends_what_was_left(tmp_path, starter):
    process, child = starter
    process.kill()
    process.wait()
    assert birth_of(child), "the orphan lives on by itself"
    began = time.monotonic()
    assert taken(tmp_path) is None
    assert not birth_of(child)
    assert time.monotonic() - began < 5


def test_a_number_that_a_stranger_has_now_is_left_alone(tmp_path):
    stranger = subprocess.Popen(SLEEP)
    try:
        left = {"url": "", "processes": [[stranger.pid, "another birth"]]}
        (tmp_path / "city.json").write_text(json.dumps(left))
        assert taken(tmp_path) is None
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("left", ["", "{", '{"url": "http://127'])
def test_a_torn_note_stops_nobody(tmp_path, left):
    (tmp_path / "city.json").write_text(left)
    assert taken(tmp_path) is None


def test_who_gives_up_lets_the_next_one_in(tmp_path):
    first, second = Claim(tmp_path), Claim(tmp_path)
    assert first.take() is None
    assert second.take() == ""
    first.note("http://127.0.0.1:8001/", [])
    assert second.take() == "http://127.0.0.1:8001/"
    first.give_up()
    assert second.take() is None
    second.give_up()
