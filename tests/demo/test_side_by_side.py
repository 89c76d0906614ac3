"""Steps of a load in processes of their own: all are done, and one that fails or is killed ends the whole."""

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from openpes.demo.actions.side_by_side import run_side_by_side


def note(folder: Path, name: str) -> None:
    (folder / name).write_text(str(os.getpid()))


def kill_oneself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise OSError("the disk is full")


def linger(folder: Path) -> None:
    note(folder, "lingers")
    time.sleep(60)


def test_every_step_is_done_in_a_process_of_its_own(tmp_path):
    run_side_by_side([partial(note, tmp_path, str(number)) for number in range(8)], workers=3)
    processes = {(tmp_path / str(number)).read_text() for number in range(8)}
    assert len(processes) == 8 and str(os.getpid()) not in processes


@pytest.mark.parametrize(
    "step, error, told", [(kill_oneself, ChildProcessError, "exit code -9"), (fail, OSError, "disk is full")]
)
def test_a_step_that_breaks_ends_the_others_and_begins_no_more(tmp_path, step, error, told):
    began = time.monotonic()
    with pytest.raises(error, match=told):
        run_side_by_side([partial(linger, tmp_path), step, partial(note, tmp_path, "late")], workers=2)
    assert time.monotonic() - began < 30
    assert not (tmp_path / "late").exists()
