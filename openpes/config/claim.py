"""Who runs the city of a `var` folder: one starter at a time, and what a killed one left behind."""

import fcntl
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import IO, Any

GENTLE_SECONDS = 10


class Claim:
    """The right to run the city of a folder.

    The system takes the lock from a process that dies, however it dies; the file under it names the address and the
    processes that its holder started, each with the moment of its birth, so that a number given to a stranger since
    is never taken for one of ours.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "city.json"
        self._held: IO[str] | None = None

    def take(self) -> str | None:
        """Take the claim and end what a killed holder left; when somebody holds it, the address of that city (empty
        while it is being prepared).
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with file:
                return str(_content(file).get("url", ""))
        self._held = file
        _end([number for number, birth in _content(file).get("processes", []) if birth_of(number) == birth])
        self.note("", [])
        return None

    def note(self, url: str, processes: list[int]) -> None:
        """Write down the address and the processes of the city that is run under this claim."""
        if self._held is None:
            return
        self._held.truncate(0)
        json.dump({"url": url, "processes": [[number, birth_of(number)] for number in processes]}, self._held)
        self._held.flush()

    def give_up(self) -> None:
        """Let somebody else run the city."""
        if self._held is not None:
            self.note("", [])
            self._held.close()
            self._held = None


def birth_of(process: int) -> str:
    """The moment at which a process was born, as the system tells it; empty when there is none, or only its corpse."""
    told = Path(f"/proc/{process}/stat")
    if Path("/proc/self/stat").exists():
        try:
            state, *rest = told.read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            return ""
        return "" if state in "ZX" else rest[18]
    command = ["ps", "-o", "lstart=", "-p", str(process)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _content(file: IO[str]) -> dict[str, Any]:
    file.seek(0)
    try:
        return json.loads(file.read() or "{}")
    except ValueError:  # killed while it wrote
        return {}


def _end(processes: list[int]) -> None:
    """End processes that nobody waits for, gently first."""
    births = {number: birth_of(number) for number in processes}
    for sign in (signal.SIGTERM, signal.SIGKILL):
        living = [number for number, birth in births.items() if birth and birth_of(number) == birth]
        for number in living:
            os.kill(number, sign)
        until = time.monotonic() + GENTLE_SECONDS
        while time.monotonic() < until and any(birth_of(number) == births[number] for number in living):
            time.sleep(0.05)
