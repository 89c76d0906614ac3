"""Whatever the city started ends with it, also what does not hear."""

import subprocess
import sys
import time

import psutil
import pytest

from openpes.config import processes

# Starts a process that ignores every gentle word, tells its number, and ends itself at the first.
SERVER = """
import subprocess, sys, time
deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def deaf(monkeypatch) -> int:
    """The number of a process that a server of the city left behind when it was stopped."""
    monkeypatch.setattr(processes, "PATIENCE", 1)
    made = []
    start = subprocess.Popen

    def instead(command, **options):
        told = {"stdout": subprocess.PIPE, "text": True}
        made.append(start([sys.executable, "-c", SERVER], **options | told))
        return made[-1]

    monkeypatch.setattr(processes.subprocess, "Popen", instead)
    city = processes.CityProcesses({}, "127.0.0.1", 0)
    city._launch("openpes.config.cli", "work")
    monkeypatch.setattr(processes.subprocess, "Popen", start)
    with made[0].stdout as told:
        number = int(told.readline())
    assert psutil.pid_exists(number)
    city.stop()
    yield number
    if psutil.pid_exists(number):
        psutil.Process(number).kill()


def lives(number: int) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until and _runs(number):
        time.sleep(0.05)
    return _runs(number)


def _runs(number: int) -> bool:
    return psutil.pid_exists(number) and psutil.Process(number).status() != psutil.STATUS_ZOMBIE


def test_nobody_is_left_when_the_city_stops(deaf):
    assert not lives(deaf)


class TestTheNaiveWay:
    """The planted mistake: only those are ended whom the city started itself."""

    @pytest.fixture(autouse=True)
    def _end_no_group(self, monkeypatch):
        monkeypatch.setattr(processes.os, "killpg", lambda _group, _sign: None)

    def test_somebody_is_left(self, deaf):
        assert lives(deaf)


SPEAKS = """
from openpes.config.processes import CityProcesses
city = CityProcesses({}, "127.0.0.1", 0)
city._launch("this")
city.processes[0].wait()
print("healthy")
"""


def test_what_a_process_of_the_city_says_stands_beside_the_output_not_in_it():
    told = subprocess.run([sys.executable, "-c", SPEAKS], capture_output=True, text=True, check=True)
    assert told.stdout == "healthy\n"
    assert "Zen of Python" in told.stderr
