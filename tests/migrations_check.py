"""Checks that the models need no new migration and that the database can be made from nothing."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Make a database from nothing as the owner, then ask for missing migrations."""
    os.environ.setdefault("OPENPES_VAR", str(ROOT / "var" / "test"))
    from openpes.config import database

    server = database.find_server()
    name = f"openpes_migrations_{os.getpid()}"
    with server.admin("postgres" if server.embedded else server.name) as connection:
        connection.execute("SELECT pg_advisory_lock(450100)")  # as tests/conftest.py does: roles are the server's
        stored = database.set_up(server, name)
    try:
        database.migrate(stored)
        database.run_as(database.OWNER, stored, ["makemigrations", "--check", "--dry-run", "-v", "1"])
    finally:
        with server.admin("postgres" if server.embedded else server.name) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    return 0


if __name__ == "__main__":
    sys.exit(main())
