"""A warm start makes nothing twice, and everything anew that has changed."""

from pathlib import Path

import psycopg
import pytest

from openpes.config import database, readiness


@pytest.fixture
def code(tmp_path, monkeypatch) -> Path:
    """A copy of nothing but one migration, as the code that the tables are made from."""
    migration = tmp_path / "openpes" / "people" / "migrations" / "0001_initial.py"
    migration.parent.mkdir(parents=True)
    migration.write_text("first")
    monkeypatch.setattr(database, "ROOT", tmp_path)
    return migration


def as_owner(stored: dict, statement: str) -> None:
    with psycopg.connect(database.conninfo_for(stored, database.OWNER), autocommit=True) as connection:
        connection.execute(statement)


def test_tables_are_ready_when_it_was_noted_and_not_before(city, code):
    assert not readiness.tables_are_ready(city)
    readiness.note_tables(city)
    assert readiness.tables_are_ready(city)


def test_another_migration_makes_the_note_worthless(city, code):
    readiness.note_tables(city)
    code.write_text("second")
    assert not readiness.tables_are_ready(city)


def test_a_migration_that_was_undone_makes_the_note_worthless(city, code):
    readiness.note_tables(city)
    as_owner(city, "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)")
    assert not readiness.tables_are_ready(city)


def test_a_database_without_tables_is_not_ready(city, code):
    readiness.note_tables(city)
    as_owner(city, "DROP TABLE django_migrations")
    assert not readiness.tables_are_ready(city)


def test_the_city_is_inhabited_once_a_person_is_registered(city, at):
    from tests.cast import assemble
    from tests.people.factories import a_person

    assert not readiness.somebody_lives_here(city)
    a_person(by=assemble(at).county_clerk.actor, at=at)
    assert readiness.somebody_lives_here(city)


def test_static_files_are_collected_once_for_a_state_of_them(tmp_path, monkeypatch):
    files = tmp_path / "openpes" / "look" / "static"
    files.mkdir(parents=True)
    (files / "page.css").write_text("a {}")
    monkeypatch.setattr(database, "ROOT", tmp_path)
    monkeypatch.setattr(database, "VAR", tmp_path / "var")
    (tmp_path / "var" / "static").mkdir(parents=True)
    (tmp_path / "var" / "static" / "staticfiles.json").write_text("{}")
    (tmp_path / "var" / "static.note").write_text(readiness._digest(readiness.STATIC))
    readiness.StaticFiles({}).wait()  # starts nothing: an empty environment would find no settings
    (files / "page.css").write_text("b {}")
    with pytest.raises(Exception, match="returned non-zero"):
        readiness.StaticFiles({"PATH": ""}).wait()
    assert not (tmp_path / "var" / "static.note").exists()
