"""Every column that names a person goes with a merge or says why it remains; a forgotten one is found."""

from django.apps import apps
from django.db import models

from openpes.people.models import Person, tie_named, tied_columns

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
