"""A real city behind a real server, seen by a real browser."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import own_city, point_at

SHOTS = Path(os.environ.get("OPENPES_SHOTS", Path(__file__).resolve().parents[2] / "var" / "test" / "shots"))
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}


@contextmanager
def served(stored: dict) -> Iterator[str]:
    """A server of its own on that database, on a free port of the loopback; gives its URL."""
    from openpes.config import processes

    environment = processes.server_environment(stored) | {"OPENPES_STATIC": "", "OPENPES_LOG": "ERROR"}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    city = processes.CityProcesses(environment, "127.0.0.1", port)
    try:
        city.start(worker=False)
        city.wait()
        yield city.url
    finally:
        city.stop()
