"""The test city: a real PostgreSQL database, made once for a state of the schema and copied for each worker."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("OPENPES_VAR", str(Path(__file__).resolve().parents[1] / "var" / "test"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from openpes.config import database, translations

# No test is timed: the first example of a compiled kernel takes as long as its compiler.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parents[1]
LONGEST_WAIT_MS = 60_000


def schema_state() -> str:
    """A digest of everything that the template database is made of."""
    digest = hashlib.sha256()
    for pattern in ("openpes/**/migrations/*.py", "openpes/kernel/policies.py", "openpes/config/database.py"):
        for file in sorted(ROOT.glob(pattern)):
            digest.update(file.read_bytes())
    for file in sorted((ROOT / "openpes" / "data").glob("area*")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def template_database(server: database.Server) -> str:
    """The name of the migrated template with the city's areas, made when this state of the schema has none yet."""
    name = f"openpes_template_{schema_state()}"
    with server.admin("postgres" if server.embedded else server.name) as connection:
        connection.execute("SELECT pg_advisory_lock(450100)")
        done = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", [name]).fetchone()
        if not done:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
            stored = database.set_up(server, name)
            database.migrate(stored)
            database.run_as(database.OWNER, stored, ["shell", "-c", "import tests.template as t; t.fill()"])
            connection.execute(f'ALTER DATABASE "{name}" IS_TEMPLATE true')
    return name


def copy_of_template(name: str) -> dict:
    server = database.find_server()
    template = template_database(server)
    with server.admin("postgres" if server.embedded else server.name) as connection:
        connection.execute("SELECT pg_advisory_lock(450100)")  # roles are the server's: one process sets up at a time
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        for limit in ("lock_timeout", "statement_timeout"):  # what waits for ever here would be waited for in a city
            connection.execute(f'ALTER DATABASE "{name}" SET {limit} = {LONGEST_WAIT_MS}')
        return database.set_up(server, name)


def drop(name: str) -> None:
    server = database.find_server()
    with server.admin("postgres" if server.embedded else server.name) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _worker_database() -> str:
    return f"openpes_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


def pytest_configure(config: pytest.Config) -> None:
    """Make the framework ready before any test module is imported."""
    translations.compile_all()
    os.environ["OPENPES_DATABASE"] = "{}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openpes.config.settings")
    import django
    from django.conf import settings
    from django.contrib.auth.hashers import Argon2PasswordHasher

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    django.setup()
    settings.WHITENOISE_USE_FINDERS = False  # else every test client looks through all files of the look
    # The same hash as in a city at the least cost: the tests guess no password.
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """Point the framework at this worker's own copy of the template."""
    name = _worker_database()
    stored = copy_of_template(name)
    with django_db_blocker.unblock():
        point_at(stored)
        yield
        from django.db import connections

        connections.close_all()
    drop(name)


def point_at(stored: dict) -> None:
    from django.db import connections

    connections.close_all()
    settings = connections["default"].settings_dict
    settings.update(
        HOST=stored["host"], PORT=stored["port"], NAME=stored["name"], USER=database.APP,
        PASSWORD=stored["passwords"][database.APP],
    )
    settings["TEST"]["NAME"] = stored["name"]


@contextmanager
def own_city(tag: str) -> Iterator[dict]:
    """A database of its own with real commits, for races and servers; gone afterwards."""
    name = f"openpes_{tag}_{os.getpid()}"
    stored = copy_of_template(name)
    try:
        yield stored
    finally:
        drop(name)


@pytest.fixture
def city(request, django_db_setup, django_db_blocker) -> Iterator[dict]:
    """The framework on a database of its own in which transactions commit; threads may use it."""
    from django.db import connections

    before = dict(connections["default"].settings_dict)
    with own_city("own") as stored, django_db_blocker.unblock():
        point_at(stored)
        try:
            yield stored
        finally:
            connections.close_all()
            connections["default"].settings_dict.update(before)


@pytest.fixture
def at():
    """The moment at which the tests play: a Monday morning in Nanning."""
    from datetime import datetime

    from openpes.kernel.clock import BUSINESS_ZONE

    return datetime(2026, 11, 23, 9, 30, tzinfo=BUSINESS_ZONE)


@pytest.fixture(autouse=True)
def _stopped_clock(at) -> Iterator[None]:
    from openpes.kernel.clock import stopped

    with stopped(at):
        yield


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch) -> None:
    """Every test begins like a new process, and every look at what was written looks."""
    from openpes.kernel import composed, kept_answers

    composed.forget_composed()
    monkeypatch.setattr(kept_answers, "LOOK_EVERY", 0)
    for kept in kept_answers._kept.values():
        kept.forget()


@pytest.fixture
def cast(db, at):
    """The fixed cast of every story (see tests/cast.py)."""
    from tests.cast import assemble

    return assemble(at)


CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}
