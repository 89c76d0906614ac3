"""The translations: one PO file a room, compiled into the one catalogue that the framework reads."""

from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]


def compile_all(folder: Path = ROOT / "locale") -> Path:
    """Merge `locale/zh_Hans/*.po` into `LC_MESSAGES/django.mo`, when any of them is newer."""
    target = folder / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    sources = sorted((folder / "zh_Hans").glob("*.po"))
    if target.exists() and all(target.stat().st_mtime > source.stat().st_mtime for source in sources):
        return target
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=1; plural=0;"}
    seen: set[tuple[str | None, str]] = set()
    for entry in (entry for source in sources for entry in polib.pofile(str(source))):
        if (entry.msgctxt, entry.msgid) not in seen:
            seen.add((entry.msgctxt, entry.msgid))
            catalogue.append(entry)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    catalogue.save_as_mofile(str(partial))
    partial.replace(target)
    return target


def conflicts(folder: Path = ROOT / "locale") -> Iterator[str]:
    """Messages that two rooms translate differently, empty or fuzzy translations."""
    known: dict[tuple[str | None, str], tuple[str, str]] = {}
    for source in sorted((folder / "zh_Hans").glob("*.po")):
        for entry in polib.pofile(str(source)):
            text = entry.msgstr or "".join(entry.msgstr_plural.values())
            if not text or entry.fuzzy:
                yield f"{source.name}: “{entry.msgid}” has no finished translation"
            first = known.setdefault((entry.msgctxt, entry.msgid), (source.name, text))
            if first[1] != text:
                yield f"“{entry.msgid}”: {first[0]} says “{first[1]}”, {source.name} says “{text}”"
