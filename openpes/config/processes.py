"""Running a city: the web server and the worker as child processes, watched until somebody stops them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Self
from urllib.error import URLError
from urllib.request import urlopen

from openpes.config import database
from openpes.config.claim import Claim

START_SECONDS = 60
PATIENCE = 10  # seconds in which a process ends gently
# One a core, since each is bound by its own Python; four at most, since each holds the areas and vacancies of the city.
WEB_PROCESSES = max(1, min(os.cpu_count() or 1, 4))


@dataclass
class CityProcesses:
    """The processes of one city and where they answer."""

    environment: dict[str, str]
    host: str
    port: int
    processes: list[subprocess.Popen] = field(default_factory=list)
    claim: Claim | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/"

    def start(self, *, worker: bool = True) -> None:
        """Start the web server with a process a core, and the worker beside it."""
        self._launch(
            "granian", "--interface", "wsgi", "--host", self.host, "--port", str(self.port),
            "--workers", str(WEB_PROCESSES), "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
            "--workers-kill-timeout", str(PATIENCE // 2), "--no-access-log", "openpes.config.wsgi:application",
        )  # fmt: skip
        if worker:
            self.employ_worker()

    def employ_worker(self) -> Self:
        """Start the worker."""
        self._launch("openpes.config.cli", "work")
        return self

    def wait(self, seconds: float = START_SECONDS) -> str:
        """The health page, as soon as the server answers.

        :raises TimeoutError: when it does not answer in time or a process ended.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until and all(process.poll() is None for process in self.processes):
            try:
                with urlopen(self.url + "health", timeout=5) as answer:
                    return answer.read().decode()
            except (URLError, OSError):
                time.sleep(0.05)
        raise TimeoutError("The server did not answer; its messages are above.")

    def watch(self) -> int:
        """Stay until a process ends; returns its exit code."""
        while True:
            for process in self.processes:
                if process.poll() is not None:
                    return process.returncode
            time.sleep(0.5)

    def stop(self) -> None:
        """End the processes and whatever they started, gently first."""
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
            # A process of the web server that does not hear would outlive it, and hold the output of whoever waits.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if self.claim:
            self.claim.give_up()

    def _launch(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
        serves = module == "granian"
        pooled = self.environment | {"OPENPES_POOL": "1" if serves else ""}
        if serves:
            pooled["PROMETHEUS_MULTIPROC_DIR"] = _place_of_measurements(self.port)
        # What they say of themselves is for the terminal: the output proper is one health page or one welcome.
        self.processes.append(subprocess.Popen(command, env=pooled, cwd=database.ROOT, process_group=0, stdout=2))
        if self.claim:
            self.claim.note(self.url, [process.pid for process in self.processes])


def _place_of_measurements(port: int) -> str:
    """An empty folder in which the web processes put what they measure, so that any of them can tell all of it."""
    folder = database.VAR / "measurements" / str(port)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return str(folder)


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or any free one when somebody has it already (0 asks for any)."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"No free port on {host}.")


def server_environment(stored: dict[str, Any]) -> dict[str, str]:
    """The environment of the processes that serve a city."""
    return (
        dict(os.environ)
        | database.environment_for(stored)
        | {
            "OPENPES_ROLE": database.APP,
            "OPENPES_STATIC": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        }
    )


def on_stop_signals(stop: Callable[[], None]) -> None:
    """Turn the signals of a terminal or a supervisor into an orderly end."""

    def leave(number: int, frame: FrameType | None) -> None:
        stop()
        raise SystemExit(0)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
