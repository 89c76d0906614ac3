"""A real city behind a real server, for tests with a browser or with clients of their own."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from openpes.access.models import Account
from openpes.config import processes

PASSWORD = "nanning-in-the-rain"


@contextmanager
def served(stored: dict, *, at: datetime | None = None) -> Iterator[str]:
    """A server on that database, on a free port of the loopback, its clock stopped at `at`; gives its URL."""
    environment = processes.server_environment(stored) | {"OPENPES_STATIC": "", "OPENPES_LOG": "ERROR"}
    if at:
        environment["OPENPES_CLOCK"] = at.isoformat()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    city = processes.CityProcesses(environment, "127.0.0.1", port)
    try:
        city.start(worker=False)
        city.wait()
        yield city.url.rstrip("/")
    finally:
        city.stop()


def give_password(*accounts: Account) -> None:
    """Let these accounts sign in with the password of the tests."""
    for account in accounts:
        account.set_password(PASSWORD)
        account.save()
