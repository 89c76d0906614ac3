"""What a code means, which codes a form offers, which occupations a text may mean, what the law says on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.utils.translation import get_language, gettext

from openpes.engine.files import document, rows
from openpes.engine.message import Message
from openpes.engine.occupations import Occupation, UnknownOccupation, occupations
from openpes.engine.parameters import Parameter, parameters
from openpes.engine.words import search_line


class UnknownCodeSet(LookupError):
    """A code set that the platform does not have."""


@dataclass(frozen=True)
class CodeItem:
    """One code of a set, with its names; `ended_on` is the first day on which it is no longer given."""

    code: str
    name_zh: str
    name_en: str
    rank: int | None = None
    ended_on: date | None = None

    @property
    def label(self) -> str:
        """The name in the language of the reader."""
        return in_language(self.name_zh, self.name_en)


@dataclass(frozen=True)
class CodeSet:
    """A small national list of codes."""

    name: str
    title_zh: str
    title_en: str
    field: str
    source: str
    note: str
    items: tuple[CodeItem, ...]

    @property
    def title(self) -> str:
        """The title in the language of the reader."""
        return in_language(self.title_zh, self.title_en)


@dataclass(frozen=True)
class OccupationOption:
    """An occupation as a picker offers it."""

    code: str
    name: str
    path: str


def in_language(zh: str, en: str) -> str:
    """The Chinese text for readers of Chinese, else the English one; the other when one is missing."""
    chinese = (get_language() or "zh").startswith("zh")
    return (zh or en) if chinese else (en or zh)


def in_words(message: Message) -> str:
    """A sentence of the engine in the language of the reader."""
    return message.translated(gettext)


def code_sets() -> tuple[CodeSet, ...]:
    """Every small code set, in the order of the file."""
    return tuple(_code_sets().values())


def code_set(set_name: str) -> CodeSet:
    """A code set by its name.

    :raises UnknownCodeSet: there is no such set
    """
    try:
        return _code_sets()[set_name]
    except KeyError:
        raise UnknownCodeSet(f"There is no code set '{set_name}'.") from None


def code_items(set_name: str, *, on: date | None = None) -> tuple[CodeItem, ...]:
    """The codes of a set; with a day, only those that are given on it.

    :raises UnknownCodeSet: there is no such set
    """
    items = code_set(set_name).items
    return tuple(item for item in items if on is None or item.ended_on is None or on < item.ended_on)


def code_label(set_name: str, code: str) -> str:
    """The name of a code in the language of the reader; the code itself when the set does not have it.

    :raises UnknownCodeSet: there is no such set
    """
    code_set(set_name)
    item = _items_by_code(set_name).get(code)
    return item.label if item else code


def code_exists(set_name: str, code: str, *, on: date | None = None) -> bool:
    """Whether a set has a code, with a day: whether it is given on it.

    :raises UnknownCodeSet: there is no such set
    """
    return any(item.code == code for item in code_items(set_name, on=on))


def code_rank(set_name: str, code: str) -> int | None:
    """The place of a code in the order of its set (education, skill grade), higher is more; None where unranked.

    :raises UnknownCodeSet: there is no such set
    """
    code_set(set_name)
    item = _items_by_code(set_name).get(code)
    return item.rank if item else None


def choices_of(set_name: str, *, on: date | None = None, codes: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The codes of a set for a form field, in the language of the reader; with `codes` only these.

    Give the function to a field, not its result (`choices=partial(choices_of, "sex")`), so that it follows the
    language of each request.

    :raises UnknownCodeSet: there is no such set
    """
    return [(item.code, item.label) for item in code_items(set_name, on=on) if not codes or item.code in codes]


def occupation_label(code: str) -> str:
    """The name of an occupation or wider class; the code itself when the classification does not have it.

    The classification has English names for the eight major classes only; all others read in Chinese.
    """
    if code not in occupations():
        return code
    occupation = occupations()[code]
    return in_language(occupation.name, occupation.name_en)


def occupation_words(code: str) -> str:
    """What an occupation field shows of a stored code: name and code, as `occupation_code_of` reads it back."""
    return f"{occupation_label(code)} {code}" if code in occupations() else code


def occupation_exists(code: str) -> bool:
    """Whether the classification of 2022 has a code, on any level."""
    return code in occupations()


def occupation_code_of(text: str) -> str | None:
    """The code that somebody wrote into an occupation field: a code in any form, the exact name, or both; else None."""
    try:
        return occupations().normalise(text)
    except UnknownOccupation:
        wanted = text.strip()
        name, _between, code = wanted.rpartition(" ")
        if code in occupations() and name in (occupations()[code].name, occupations()[code].name_en):
            return code
        named = [o.code for o in occupations().search(wanted, limit=3) if o.name == wanted]
        return named[0] if wanted and named else None


def occupation_options(text: str, limit: int = 12, *, wide: bool = False) -> list[OccupationOption]:
    """Occupations that a text may mean, best first: by code prefix, name and other names.

    `wide` also offers the classes of levels 2 and 3, for a job wish.
    """
    levels = (2, 3, 4) if wide else (4,)
    return [_option(occupation) for occupation in occupations().search(text, limit, levels)]


def skill_options(*, occupation: str = "") -> list[tuple[str, str]]:
    """Skills as (code, name) in the language of the reader; those typical of an occupation first."""
    skills = [(not _is_typical(row, occupation), row) for row in _skills().values()]
    ordered = [row for _, row in sorted(skills, key=lambda pair: pair[0])]
    return [(row["code"], in_language(row["name"], row["name_en"])) for row in ordered]


def skill_codes() -> tuple[str, ...]:
    """Every skill code, in the order that numbers the bits of the matching engine."""
    return tuple(_skills())


@lru_cache(maxsize=1)
def skill_search_lines() -> Mapping[str, str]:
    """Under what each skill is found by typing, by its code: both names, pinyin and initials, lower case."""
    return MappingProxyType({code: search_line(row["name"], row["name_en"]) for code, row in _skills().items()})


def skill_label(code: str) -> str:
    """The name of a skill in the language of the reader; the code itself when it is unknown."""
    row = _skills().get(code)
    return in_language(row["name"], row["name_en"]) if row else code


def industry_label(code: str) -> str:
    """The name of an industry (GB/T 4754-2011), of a section in the language of the reader; an unknown code itself."""
    row = _industries().get(code)
    return in_language(row["name"], row["name_en"] or row["name"]) if row else code


def industry_choices(level: int = 1) -> list[tuple[str, str]]:
    """Industries of a level (1 sections, 2 divisions) for a form field."""
    length = {1: 1, 2: 3}[level]
    return [(code, industry_label(code)) for code in _industries() if len(code) == length]


def industry_sections() -> list[tuple[str, str, str]]:
    """The sections of industries as (code, Chinese name, English name), whatever the reader's language."""
    return [(code, row["name"], row["name_en"] or row["name"]) for code, row in _industries().items() if len(code) == 1]


def parameter_groups() -> list[tuple[str, list[Parameter]]]:
    """The dated parameters by group, for the page that shows them."""
    groups: dict[str, list[Parameter]] = {}
    for parameter in parameters().all():
        groups.setdefault(parameter.group, []).append(parameter)
    return list(groups.items())


def _option(occupation: Occupation) -> OccupationOption:
    above = " › ".join(wider.name for wider in occupations().ancestors(occupation.code)[1:])
    return OccupationOption(occupation.code, occupation.name, above)


def _is_typical(row: Mapping[str, str], occupation: str) -> bool:
    return bool(occupation) and bool(row["occupation"]) and occupation.startswith(row["occupation"])


@lru_cache(maxsize=1)
def _code_sets() -> Mapping[str, CodeSet]:
    return MappingProxyType({name: _code_set(name, entry) for name, entry in document("code_sets.toml").items()})


def _code_set(name: str, entry: Mapping[str, Any]) -> CodeSet:
    rank, ended = entry.get("rank", {}), entry.get("ended", {})
    items = tuple(CodeItem(code, zh, en, rank.get(code), ended.get(code)) for code, zh, en in entry["items"])
    return CodeSet(
        name=name,
        title_zh=entry["title_zh"],
        title_en=entry["title_en"],
        field=entry["field"],
        source=entry["source"],
        note=entry.get("note", ""),
        items=items,
    )


@lru_cache(maxsize=100)
def _items_by_code(set_name: str) -> Mapping[str, CodeItem]:
    return {item.code: item for item in code_set(set_name).items}


@lru_cache(maxsize=1)
def _skills() -> Mapping[str, dict[str, str]]:
    return {row["code"]: row for row in rows("skills.csv")}


@lru_cache(maxsize=1)
def _industries() -> Mapping[str, dict[str, str]]:
    return {row["code"]: row for row in rows("industries.csv")}
