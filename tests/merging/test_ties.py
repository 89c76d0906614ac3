"""Every column that names a person goes with a merge or says why it remains; a forgotten one is found."""

from django.apps import apps
from django.db import connection, models

from openpes.audit.models import JournalEntry
from openpes.people.choices import Clash
from openpes.people.models import Person, Tie, tie_named, tied_columns, ties

# Numbers of persons that are not called so would be missed: the names under which a column may hold one.
NAMES = ("person", "person_id", "stays", "goes", "head_id", "seeker_id", "holder_id")


def naming_columns(kinds) -> list[str]:
    """Columns `table.column` that name a person: foreign keys, and whole numbers called like one."""
    found = []
    for kind in kinds:
        ours = kind.__module__.startswith(("openpes.", "tests."))
        if kind._meta.proxy or not ours or hasattr(kind, "pgh_tracked_model"):
            continue
        for field in kind._meta.concrete_fields:
            points = isinstance(field, models.ForeignKey) and field.related_model is Person
            plain = isinstance(field, models.IntegerField) and (
                field.column in NAMES or field.column.endswith(("_person", "_person_id"))
            )
            if points or plain:
                found.append(f"{kind._meta.db_table}.{field.column}")
    return found


def uncovered(kinds) -> list[str]:
    """Columns that name a person and that no room has tied."""
    return sorted(set(naming_columns(kinds)) - set(tied_columns()))


def test_every_column_that_names_a_person_is_tied():
    assert uncovered(apps.get_models()) == [], (
        "Tell in the subscriptions of the room what happens to these columns when two files are merged:"
        " hold_ties(Tie(model=…, title=…)), see openpes/people/models/ties.py"
    )


def test_a_forgotten_column_is_found():
    class Forgotten(models.Model):
        person = models.ForeignKey(Person, models.PROTECT, related_name="+")
        first_person = models.BigIntegerField()

        class Meta:
            app_label = "people"

    try:
        assert uncovered([Forgotten]) == ["people_forgotten.first_person", "people_forgotten.person_id"]
    finally:
        del apps.all_models["people"]["forgotten"]
        apps.clear_cache()


def test_ties_name_columns_that_exist():
    for name in tied_columns():
        tie = tie_named(name)
        assert tie.column in {field.column for field in tie.model._meta.concrete_fields}, name


def test_every_key_to_a_tied_table_is_tied_or_hangs_on_its_row():
    """Rows that go aside take along what points at them, or the database would refuse the merge."""
    aside = {tie.model: tie for name in tied_columns() if (tie := tie_named(name)) and tie.apart and not tie.detach}
    for kind in apps.get_models():
        for field in kind._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in aside and "pgh" not in field.name:
                tie = aside[field.related_model]
                refused = tie.clash == "refuse"
                parts = {(part.model, part.column) for part in tie.parts}
                assert refused or (kind, field.column) in parts, f"{kind.__name__}.{field.name}"


def immovable() -> list[str]:
    """Columns and tables that the role of the city may not move or lay aside."""
    found = []
    with connection.cursor() as cursor:
        for tie in ties():
            wanted = [(tie.table, tie.column, "UPDATE")]
            lays_aside = tie.apart and tie.clash != "refuse" and not tie.detach
            parts = [(part.model._meta.db_table, "DELETE") for part in tie.parts] if lays_aside else []
            for table, column, right in wanted:
                cursor.execute("SELECT has_column_privilege(%s, %s, %s)", [table, column, right])
                found += [] if cursor.fetchone()[0] else [f"{table}.{column} {right}"]
            for table, right in [*([(tie.table, "DELETE")] if lays_aside else []), *parts]:
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                found += [] if cursor.fetchone()[0] else [f"{table} {right}"]
    return found


def test_every_tied_row_can_be_moved_and_what_goes_aside_can_be_taken_out(db):
    assert immovable() == [], "grant it in a migration of the room, as registration 0010 does"


def test_a_tie_to_a_table_that_nobody_changes_is_found(db, monkeypatch):
    journal = Tie(model=JournalEntry, title="", column="person", apart="true", clash=Clash.CHOOSE)
    monkeypatch.setattr("tests.merging.test_ties.ties", lambda: iter([journal]))
    assert immovable() == ["audit_journalentry.person UPDATE", "audit_journalentry DELETE"]
