"""What the framework knows of the rooms: foreign keys, views, policies, roles, translations."""

import re

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import URLPattern, URLResolver, get_resolver

from openpes.config import roles, translations
from tests.architecture.house import ROOT, floors

FLOORS = floors()
FRAMEWORK_VIEWS = ("allauth.", "django.views.i18n")


def foreign_keys_that_climb(kinds) -> list[str]:
    """Foreign keys to a higher floor, or with a way back."""
    found = []
    for kind in kinds:
        room = kind._meta.app_label
        for field in kind._meta.get_fields():
            if not isinstance(field, models.ForeignKey) or room not in FLOORS or "pgh" in field.name:
                continue
            other = field.related_model._meta.app_label
            if other in FLOORS and FLOORS[other] > FLOORS[room]:
                found.append(f"{kind.__name__}.{field.name} points up")
            if field.remote_field.related_name != "+" and not kind.__name__.endswith("Event"):
                found.append(f"{kind.__name__}.{field.name} has a way back")
    return found


def unmarked_views(patterns, prefix="") -> list[str]:
    """Views that carry neither a permission nor the mark of a public page."""
    found = []
    for pattern in patterns:
        where = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += unmarked_views(pattern.url_patterns, where)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            framework = view.__module__.startswith(FRAMEWORK_VIEWS)
            if not framework and not hasattr(view, "permission"):
                found.append(where)
    return found


def test_foreign_keys_point_down_and_have_no_way_back():
    assert foreign_keys_that_climb(apps.get_models()) == []


def test_a_foreign_key_that_climbs_is_found():
    class Climber(models.Model):
        vacancy = models.ForeignKey("vacancies.Vacancy", models.CASCADE)

        class Meta:
            app_label = "people"

    try:
        assert foreign_keys_that_climb([Climber]) == ["Climber.vacancy points up", "Climber.vacancy has a way back"]
    finally:
        del apps.all_models["people"]["climber"]
        apps.clear_cache()


def test_every_view_carries_a_permission_or_is_public():
    assert unmarked_views(get_resolver().url_patterns) == []


def test_a_view_without_a_mark_is_found():
    from django.urls import path

    assert unmarked_views([path("bare", lambda request: None)]) == ["bare"]


def tables_without_policy(cursor, schema: str) -> list[str]:
    cursor.execute(
        f"""
        SELECT c.relname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'area' AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = {schema}
          AND (NOT c.relrowsecurity OR NOT c.relforcerowsecurity
               OR NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
        ORDER BY 1
        """
    )
    return [name for (name,) in cursor.fetchall()]


def test_every_table_with_an_area_has_its_forced_policy(db):
    with connection.cursor() as cursor:
        assert tables_without_policy(cursor, "current_schema()::regnamespace") == []


def test_a_table_without_policy_is_found(db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE planted (area text)")
        assert tables_without_policy(cursor, "pg_my_temp_schema()") == ["planted"]


def test_every_right_that_a_role_names_exists():
    assert roles.UNKNOWN == []


def test_every_declared_permission_is_somebodys():
    held = {permission.code for role in roles.ROLES for permission in role.permissions}
    assert sorted(set(roles.DECLARED) - held) == []


def test_translations_are_finished_and_agree():
    assert list(translations.conflicts()) == []


def test_a_conflict_between_two_rooms_is_found(tmp_path):
    folder = tmp_path / "zh_Hans"
    folder.mkdir()
    (folder / "a.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Save"\nmsgstr "保存"\n')
    (folder / "b.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Save"\nmsgstr "存"\n\nmsgid "x"\nmsgstr ""\n')
    assert len(list(translations.conflicts(tmp_path))) == 2


def test_contracts_name_every_room():
    rooms = {p.name for p in (ROOT / "openpes").iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    assert rooms <= FLOORS.keys()
    assert re.search(r"exhaustive = true", (ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("role", roles.ROLES, ids=lambda role: role.code)
def test_every_role_says_what_it_is_for(role):
    assert str(role.name)
    assert str(role.description).endswith((".", "。"))
