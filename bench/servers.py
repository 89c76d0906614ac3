"""Sites under measurement: a web server as a child process on a free loopback port, stopped at the end."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from bench.city import AT
from openpes.config import database, processes

HOST = "127.0.0.1"
START_SECONDS = 60


@contextmanager
def our_site(stored: dict[str, Any]) -> Iterator[int]:
    """OpenPES as `./run` serves it, without the worker; yields its port."""
    environment = processes.server_environment(stored) | {"OPENPES_CLOCK": AT.isoformat()}
    command = [sys.executable, "-W", "ignore", "-m", "django", "collectstatic", "--no-input", "-v", "0"]
    subprocess.run(command, env=environment, check=True, cwd=database.ROOT)
    city = processes.CityProcesses(environment, HOST, processes.free_port(HOST, 0))
    try:
        city.start(worker=False)
        city.wait()
        yield city.port
    finally:
        city.stop()


@contextmanager
def plain_site(settings: Mapping[str, Any]) -> Iterator[int]:
    """The plainest site with the same settings of the server; yields its port."""
    port = processes.free_port(HOST, 0)
    process = start_plain_site(settings, port)
    try:
        wait_for(f"http://{HOST}:{port}/health", process)
        yield port
    finally:
        stop(process)


def start_plain_site(settings: Mapping[str, Any], port: int) -> subprocess.Popen:
    """The web server of `bench.plain_site` with the options of `openpes.config.processes`."""
    command = [
        sys.executable, "-W", "ignore", "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
        "--workers", str(processes.WEB_PROCESSES), "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        "--no-access-log",
        "bench.plain_site:application",
    ]  # fmt: skip
    environment = os.environ | {"BENCH_PLAIN_DATABASE": json.dumps(dict(settings))}
    return subprocess.Popen(command, env=environment, cwd=database.ROOT)


def wait_for(url: str, process: subprocess.Popen) -> str:
    """What an address answers, as soon as it does.

    :raises TimeoutError: it does not in time, or the process ended
    """
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer.")


def stop(process: subprocess.Popen) -> None:
    """End a process, gently first."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
