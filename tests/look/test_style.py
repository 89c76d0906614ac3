"""Guards over files: nothing inline, every string translated, colours that can be read; each with a planted mistake."""

import ast
import json
import re
from pathlib import Path

import polib
import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "openpes"
LOOK = PACKAGE / "look"
CSS = LOOK / "static" / "look" / "css"
CATALOGUE = PACKAGE.parent / "locale" / "zh_Hans" / "look.po"
INLINE = re.compile(
    r"""<[^>]+\s(style|on[a-z]+)\s*=|<style\b|<script(?![^>]*\bsrc=)(?![^>]*type="application/(ld\+)?json")|javascript:""",
    re.IGNORECASE,
)
TEMPLATE_TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
FOREIGN = re.compile(r"""(?:src|href|url\(|import)\s*=?\s*["'(]?\s*(?:https?:)?//[a-z]""", re.IGNORECASE)
TEXT_PAIRS = [
    ("ink", "page"), ("ink", "surface"), ("ink", "surface-soft"), ("ink", "surface-hover"), ("ink-soft", "page"),
    ("ink-soft", "surface"), ("ink-soft", "surface-soft"), ("ink-soft", "surface-hover"), ("link", "page"),
    ("link", "surface"), ("link", "surface-hover"), ("bar-ink", "bar"), ("bar-ink", "bar-deep"), ("bar-soft", "bar"),
    ("brand-ink", "brand"), ("brand-ink", "brand-hover"), ("accent-ink", "accent"), ("accent-ink", "accent-hover"),
    ("pay", "surface"), ("pay", "surface-hover"), ("ok-ink", "ok-bg"), ("wait-ink", "wait-bg"), ("bad-ink", "bad-bg"),
    ("bad-ink", "surface"), ("plain-ink", "plain-bg"), ("ink-soft", "plain-bg"), ("key-ink", "key-bg"),
]  # fmt: skip
BLOCKS = {
    "light": [":root {"],
    "dark": [":root {", ':root[data-bs-theme="dark"] {'],
    "contrast": [":root {", ':root[data-bs-theme="dark"] {', ':root[data-theme="contrast"] {'],
}


def templates() -> list[Path]:
    return sorted(PACKAGE.glob("*/templates/**/*.html"))


def inline_parts(html: str) -> list[str]:
    """What a policy of `default-src 'self'` would block."""
    return [found.group(0) for found in INLINE.finditer(TEMPLATE_TAG.sub("", html))]


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_has_anything_inline_or_from_elsewhere(path):
    html = path.read_text()
    assert inline_parts(html) == []
    assert not FOREIGN.search(html)


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color:red">',
        "<a onclick='x()'>",
        "<script>x</script>",
        "<style>p{}</style>",
        '<a href="javascript:x">',
    ],
)
def test_the_guard_of_inline_parts_catches_each_kind(planted):
    assert inline_parts(planted)


def test_the_guard_of_inline_parts_lets_good_ones_pass():
    good = '<script src="/a.js"></script><script type="application/ld+json">{}</script><p data-style="x" class="on">'
    assert inline_parts(good) == []


def test_styles_and_scripts_load_nothing_from_elsewhere():
    for path in [*CSS.glob("*.css"), *(LOOK / "static/look/js").glob("*.js")]:
        assert not FOREIGN.search(path.read_text()), path.name
        assert "data:image" not in path.read_text(), path.name
    assert FOREIGN.search('@import "https://example.org/a.css"')
    assert FOREIGN.search('<link href="//example.org/a.css">')


def test_every_image_that_a_style_names_is_there():
    for path in CSS.glob("*.css"):
        for address in re.findall(r'url\("([^"]+)"\)', path.read_text()):
            assert (CSS / address).resolve().is_file(), f"{path.name}: {address}"


def packages_named(source: str) -> list[str]:
    """Typst packages that would be fetched from the network."""
    return re.findall(r'"@[a-z]+/[^"]+"', source)


def test_no_print_template_needs_a_package():
    found = sorted(PACKAGE.glob("*/templates/**/*.typ"))
    assert found
    assert [name for path in found for name in packages_named(path.read_text())] == []
    assert packages_named('#import "@preview/cetz:0.3.0": canvas')


def test_htmx_is_told_to_keep_nothing_and_evaluate_nothing():
    html = (LOOK / "templates/look/base.html").read_text()
    told = json.loads(re.search(r"name=\"htmx-config\" content='([^']+)'", html)[1])
    assert told["historyCacheSize"] == 0
    assert told["refreshOnHistoryMiss"] is True
    assert told["includeIndicatorStyles"] is told["allowEval"] is told["allowScriptTags"] is False
    assert {"code": "422", "swap": True, "error": False} in told["responseHandling"]


def colours(theme: str, css: str) -> dict[str, str]:
    """The colour names of a theme, later blocks over earlier ones."""
    found: dict[str, str] = {}
    for head in BLOCKS[theme]:
        block = css.split(head, 1)[1].split("}", 1)[0]
        found |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
    return found


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours."""

    def light(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def unreadable(theme: str, css: str, least: float) -> list[str]:
    named = colours(theme, css)
    pairs = [(ink, ground, least) for ink, ground in TEXT_PAIRS]
    pairs += [("line-strong", "surface", 3), ("line-strong", "page", 3), ("link", "surface", 3)]
    return [f"{i} on {g}" for i, g, needed in pairs if contrast(named[i], named[g]) < needed]


@pytest.mark.parametrize(("theme", "least"), [("light", 4.5), ("dark", 4.5), ("contrast", 7)])
def test_every_text_can_be_read_on_its_ground(theme, least):
    assert unreadable(theme, (CSS / "tokens.css").read_text(), least) == []


def test_the_guard_of_colours_catches_a_pale_text():
    css = (CSS / "tokens.css").read_text()
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert "ink-soft on surface" in unreadable(
        "light", css.replace("--ink-soft: #525d6d", "--ink-soft: #a0a8b4", 1), 4.5
    )


def test_no_other_style_sheet_names_a_colour_of_its_own():
    for name in ("parts.css", "forms.css"):
        text = re.sub(r"rgb\(255 255 255[^)]*\)|rgb\(8 16 32[^)]*\)", "", (CSS / name).read_text())
        assert set(re.findall(r":[^;{]*(#[0-9a-f]{3,6})\b", text)) <= {"#fff", "#000"}, name


def messages(source: str, is_python: bool) -> set[str]:
    """Every message of a source that people can see."""
    if is_python:
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
        named = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id in ("_", "pgettext") and c.args]
        return {call.args[-1].value for call in named if isinstance(call.args[-1], ast.Constant)}
    plain = re.findall(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""", source)
    blocks = re.findall(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*(?:plural|endblocktranslate)", source, re.DOTALL)
    return {one or other for one, other in plain} | {
        re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block) for block in blocks
    }


def test_every_message_of_the_look_is_translated_and_none_is_left_over():
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.msgstr or entry.msgstr_plural}
    used: set[str] = set()
    for path in [*LOOK.rglob("*.html"), *LOOK.rglob("*.py")]:
        used |= messages(path.read_text(), path.suffix == ".py")
    assert used - known == set()
    assert known - used == set()


def test_the_guard_of_messages_sees_every_way_to_write_one():
    assert messages('{% translate "One" %}{% blocktranslate with n=1 %}{{ n }} two{% endblocktranslate %}', False) == {
        "One", "%(n)s two",
    }  # fmt: skip
    assert messages('_("One"); pgettext("duration", "Two")', True) == {"One", "Two"}


def test_the_vendored_style_sheet_carries_its_licence_and_no_map():
    folder = LOOK / "static/look/vendor/bootstrap"
    assert "MIT" in (folder / "LICENSE").read_text()
    assert "sourceMappingURL" not in (folder / "bootstrap.min.css").read_text()
