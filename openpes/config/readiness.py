"""What a city was last made ready from, so that a warm start makes nothing twice.

The tables note it themselves (a comment on the city's schema), the collected static files beside them in `var`: a
backup that is put back, or a folder that is removed, takes its note along.
"""

import hashlib
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from openpes.config import database

TABLES = (
    "openpes/*/migrations/*.py", "openpes/kernel/policies.py", "openpes/config/database.py",
    "openpes/network/**/*.py", "openpes/engine/areas.py", "openpes/data/area*",
)  # fmt: skip
STATIC = ("openpes/*/static/**/*", "openpes/config/settings.py")
NOTE = "SELECT obj_description(to_regnamespace(%s), 'pg_namespace')"


def tables_are_ready(stored: dict[str, Any]) -> bool:
    """Whether tables and areas were made from exactly this code and these packages, and no migration was undone."""
    with _owner(stored) as connection:
        row = connection.execute(NOTE, [database.SCHEMA]).fetchone()
        return row is not None and bool(row[0]) and row[0] == _tables_note(connection)


def note_tables(stored: dict[str, Any]) -> None:
    """Note that tables and areas are those of this code."""
    with _owner(stored) as connection:
        schema, note = sql.Identifier(database.SCHEMA), sql.Literal(_tables_note(connection))
        connection.execute(sql.SQL("COMMENT ON SCHEMA {} IS {}").format(schema, note))


def somebody_lives_here(stored: dict[str, Any]) -> bool:
    """Whether the city has persons, asked without the framework."""
    with psycopg.connect(database.conninfo_for(stored, database.APP)) as connection:
        connection.execute("SELECT set_config('app.scope', %s, true)", [database.CITY])
        row = connection.execute("SELECT EXISTS (SELECT FROM people_person)").fetchone()
    return bool(row and row[0])


class StaticFiles:
    """The files that browsers fetch, collected in a process of its own only when one of them has changed."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.note = database.VAR / "static.note"
        self.state = _digest(STATIC)
        self.collecting: subprocess.Popen | None = None
        if not self._are_ready():
            self.note.unlink(missing_ok=True)
            command = [sys.executable, "-W", "ignore", "-m", "django", "collectstatic", "--no-input", "-v", "0"]
            self.collecting = subprocess.Popen(command, env=environment, cwd=database.ROOT)

    def wait(self) -> None:
        """Stay until the files are there.

        :raises subprocess.CalledProcessError: when they cannot be collected
        """
        if self.collecting is None:
            return
        if code := self.collecting.wait():
            raise subprocess.CalledProcessError(code, self.collecting.args)
        self.note.write_text(self.state)

    def _are_ready(self) -> bool:
        listed = database.VAR / "static" / "staticfiles.json"
        return listed.exists() and self.note.exists() and self.note.read_text() == self.state


def _owner(stored: dict[str, Any]) -> psycopg.Connection:
    return psycopg.connect(database.conninfo_for(stored, database.OWNER), autocommit=True)


def _tables_note(connection: psycopg.Connection) -> str:
    if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
        return ""
    applied = connection.execute("SELECT count(*) FROM django_migrations").fetchone()
    return f"OpenPES {_digest(TABLES)}, {applied[0] if applied else 0} migrations"


def _digest(patterns: Iterable[str]) -> str:
    """A digest of the files of these patterns and of the names and versions of all installed packages."""
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    digest = hashlib.sha256("\n".join(sorted(package.name for package in packages)).encode())
    files = {file for pattern in patterns for file in database.ROOT.glob(pattern) if file.is_file()}
    for file in sorted(files):
        content = file.read_bytes()
        digest.update(f"\0{file.relative_to(database.ROOT)}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:32]
