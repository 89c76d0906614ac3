"""The documents are fresh: events, glossary, recipes, decisions."""

import re

import pytest

from openpes.config import catalogue
from tests.architecture.house import ROOT, python_files

DOCS = ROOT / "docs"
RECIPES = (
    "add-a-room",
    "add-a-model",
    "add-an-action",
    "add-an-event",
    "add-a-parameter",
    "add-an-indicator",
    "add-a-screen",
)


def test_the_catalogue_of_events_is_fresh():
    assert catalogue.TARGET.read_text() == catalogue.events_page(), "run `make events`"


def test_every_event_says_what_happened():
    from openpes.kernel.events import event_kinds

    assert [kind.name() for kind in event_kinds() if not (kind.__doc__ or "").strip().endswith(".")] == []


def model_names() -> set[str]:
    from django.apps import apps

    kinds = [m for m in apps.get_models() if m.__module__.startswith("openpes.") and not m.__name__.endswith("Event")]
    return {kind.__name__ for kind in kinds}


def missing_from_glossary(text: str, names: set[str]) -> list[str]:
    """Models whose name, as words, is no entry of the glossary."""
    entries = {re.sub(r"[^a-z]", "", line.split("|")[1].lower()) for line in text.splitlines() if line.count("|") > 3}
    return sorted(name for name in names if name.lower() not in entries)


def test_every_model_is_a_term_of_the_glossary():
    assert missing_from_glossary((DOCS / "GLOSSARY.md").read_text(), model_names()) == []


def test_a_term_that_is_missing_is_found():
    assert missing_from_glossary("| person | 人员 | law | people |\n", {"Person", "Golem"}) == ["Golem"]


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_recipe_is_there(recipe):
    text = (DOCS / "how-to" / f"{recipe}.md").read_text()
    assert len(text.splitlines()) > 7


@pytest.mark.parametrize(
    "name", ["README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE", "docs/ARCHITECTURE.md", "docs/SOURCES.md"]
)
def test_the_documents_are_there(name):
    assert (ROOT / name).stat().st_size > 500


def test_the_documents_name_only_files_that_exist():
    missing = []
    for page in [ROOT / "README.md", ROOT / "README.zh-CN.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text()):
            if not (page.parent / target).exists():
                missing.append(f"{page.relative_to(ROOT)}: {target}")
    assert missing == []


def test_every_module_says_what_one_may_ask_here():
    import ast

    bare = [
        str(file.relative_to(ROOT))
        for file in python_files(ROOT)
        if file.read_text().strip() and not ast.get_docstring(ast.parse(file.read_text()))
    ]
    assert bare == []
