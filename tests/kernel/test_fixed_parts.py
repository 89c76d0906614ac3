"""Fixed parts of templates are drawn once a language, and nothing that a reader could see of another is in them."""

from pathlib import Path

import pytest
from django.apps import apps
from django.template import Context, Engine, TemplateDoesNotExist, engines
from django.template.base import TextNode, VariableNode
from django.template.defaulttags import URLNode
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import override

from openpes.kernel import fixed_parts
from openpes.kernel.fixed_parts import FixedPart, Loader

FRAMEWORK = "django.template.loaders.cached.Loader"
OURS = "openpes.kernel.fixed_parts.Loader"
TEXTS = {
    "frame": "{% load i18n static %}<a href=\"{% url 'home' %}\">{% translate 'Counter' %} 100%</a>{% static 'x.css' %}"
    "{% block body %}<p>{% translate 'Network' %}</p>{% endblock %}{% include 'icon' %}{% comment %}no{% endcomment %}",
    "page": "{% extends 'frame' %}{% load i18n %}{% block body %}{{ block.super }}{% if name %}"
    "{% translate 'Counter' %} {{ name }}{% translate 'Network' %}{% else %}{% translate 'Journal' %}{% endif %}"
    "{% for one in many %}<b>{% translate 'Counter' %}</b>{{ one }}{% include 'row' %}{% endfor %}{% endblock %}",
    "row": "{% load i18n %}{% translate 'Accounts' %}{{ one }}{% if one.below %}{% include 'row' %}{% endif %}",
    "icon": "<svg></svg>",
    "lost": "a{% include 'nowhere' %}",
    "loop": "b{% include 'loop' %}",
}


def _engine(loader: str) -> Engine:
    libraries = {"i18n": "django.templatetags.i18n", "static": "django.templatetags.static"}
    return Engine(loaders=[(loader, [("django.template.loaders.locmem.Loader", TEXTS)])], libraries=libraries)


def _drawn(engine: Engine, name: str) -> str:
    return engine.get_template("page").render(Context({"name": name, "many": ["<x>", name]}))


def _refuse_another_page(engine: Engine) -> None:
    """Readers and languages by turns, each twice: every page as the framework draws it."""
    plain = _engine(FRAMEWORK)
    for language in ("zh-hans", "en", "zh-hans", "en"):
        with override(language):
            for name in ("覃甲", "", "<b>韦乙</b>", "覃甲"):
                assert _drawn(engine, name) == _drawn(plain, name)


def test_each_reader_gets_the_page_that_the_framework_draws():
    _refuse_another_page(_engine(OURS))


def test_a_name_taken_for_a_fixed_part_would_be_noticed(monkeypatch):
    really = fixed_parts._is_fixed
    monkeypatch.setattr(fixed_parts, "_is_fixed", lambda node: isinstance(node, VariableNode) or really(node))
    with pytest.raises(AssertionError):
        _refuse_another_page(_engine(OURS))


def test_a_part_kept_for_one_language_would_be_noticed(monkeypatch):
    monkeypatch.setattr(fixed_parts, "get_language", lambda: "en")
    with pytest.raises(AssertionError):
        _refuse_another_page(_engine(OURS))


def test_a_run_is_one_text_and_is_drawn_once():
    frame = _engine(OURS).get_template("frame")
    (before, _block, behind) = frame.nodelist
    assert isinstance(before, FixedPart) and {type(node) for node in before.nodes} == {
        TextNode, URLNode, TranslateNode, StaticNode
    }  # fmt: skip
    assert isinstance(behind, TextNode) and behind.s == "<svg></svg>"
    with override("en"):
        frame.render(Context())
        before.nodes = ()  # whatever drew it is not asked again
        assert "Counter 100%" in frame.render(Context())


def test_a_template_that_includes_itself_or_nothing_is_left_as_it_is():
    engine = _engine(OURS)
    with pytest.raises(TemplateDoesNotExist):
        engine.get_template("lost").render(Context())
    with pytest.raises(RecursionError):
        engine.get_template("loop").render(Context())


def test_nothing_but_words_addresses_and_files_is_fixed_in_any_template():
    """Every template of every room, through the loader of the city."""
    engine = engines["django"].engine
    assert isinstance(engine.template_loaders[0], Loader)
    folders = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.name.startswith("openpes.")]
    names = {str(file.relative_to(folder)) for folder in folders for file in folder.rglob("*.html")}
    assert len(names) > 200
    parts = [part for name in sorted(names) for part in engine.get_template(name).nodelist.get_nodes_by_type(FixedPart)]
    assert len(parts) > 1000
    for part in parts:
        assert {type(node) for node in part.nodes} <= {TextNode, TranslateNode, StaticNode, URLNode}
        assert not any(getattr(node, "asvar", None) or getattr(node, "args", None) for node in part.nodes)
