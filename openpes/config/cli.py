"""The command line `openpes`: everything that is done to a city from a terminal."""

import os
import sys
from typing import Any

import click

from openpes.config import database, translations


def prepare(role: str = database.APP) -> dict[str, Any]:
    """Find and set up the database, bring its tables up to date, and make this process work as `role`."""
    stored = database.set_up(database.find_server())
    translations.compile_all()
    database.migrate(stored)
    enter(stored, role)
    return stored


def enter(stored: dict[str, Any], role: str = database.APP) -> None:
    """Start the framework in this process on a database that is ready."""
    os.environ.update(database.environment_for(stored))
    os.environ["OPENPES_ROLE"] = role
    import django

    django.setup()


@click.group()
def main() -> None:
    """OpenPES, an open platform for public employment services."""


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    prepare()
    click.echo("The database is up to date.")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--as-owner", is_flag=True, help="Work as the owner of the tables.")
def django(arguments: tuple[str, ...], as_owner: bool) -> None:
    """Run a command of the framework, for developers."""
    stored = database.set_up(database.find_server())
    enter(stored, database.OWNER if as_owner else database.APP)
    from django.core.management import call_command

    call_command(*arguments)


if __name__ == "__main__":
    sys.exit(main())
