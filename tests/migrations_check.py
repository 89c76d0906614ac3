"""Checks that the models need no new migration and that the database can be made from nothing."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Make the template of all test databases from nothing, as the owner, then ask a copy for missing migrations."""
    os.environ.setdefault("OPENPES_VAR", str(ROOT / "var" / "test"))
    from openpes.config import database
    from tests.conftest import copy_of_template, drop

    name = f"openpes_migrations_{os.getpid()}"
    stored = copy_of_template(name)
    try:
        database.run_as(database.OWNER, stored, ["makemigrations", "--check", "--dry-run", "-v", "1"])
    finally:
        drop(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
