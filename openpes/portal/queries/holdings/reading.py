"""Reading the own rows: each table once, under the person's own standing, raw and in words."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import JSONField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.access.models import Account
from openpes.audit.queries import Reading, event_title, readers_of
from openpes.codes.queries import code_label, industry_label, occupation_label, skill_label
from openpes.employers.queries import employer_names
from openpes.kernel import Actor, clock, within
from openpes.kernel.days import spoken_day, spoken_moment
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import unseal
from openpes.network.queries import area_full_name
from openpes.people.queries import evidence_title, group_title, relation_label
from openpes.portal.queries.holdings.catalogue import (
    BY_ACCOUNT,
    CATALOGUE,
    LEFT_OUT,
    SECTION_TITLES,
    Kept,
    Section,
    exported_columns,
)
from openpes.portal.queries.holdings.words import COLUMNS
from openpes.referrals.queries import ground_label
from openpes.registration.choices import CANCEL_SET, Document, EmploymentEnd, Status

ALL_READERS = 100_000
Raw = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """One fact: the column, what it is called, the value as it is stored, and in words."""

    column: str
    label: str
    value: Any
    words: str
    on_page: bool = True


@dataclass(frozen=True)
class Row:
    """One row about the person: since when it stands, and its facts that are not empty."""

    since: str
    cells: tuple[Cell, ...]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Labels and words, as a list of facts shows them; some stand only in the file that is taken along."""
        return [(cell.label, cell.words) for cell in self.cells if cell.words and cell.on_page]


@dataclass(frozen=True)
class Table:
    """A table with its rows about the person."""

    kept: Kept
    title: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Holdings:
    """Everything that the platform holds about a person, by section; who read the file; what is left out, and why."""

    sections: tuple[tuple[Section, str, tuple[Table, ...]], ...]
    readers: tuple[Reading, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, with rows or without."""
        return tuple(table for _section, _title, tables in self.sections for table in tables)


@dataclass(frozen=True)
class _Names:
    """Names of what rows point to: accounts, employers."""

    accounts: Mapping[int, str]
    employers: Mapping[int, str]


def own_holdings(*, actor: Actor) -> Holdings:
    """Everything about the person that a self-service account stands for; the database shows the own rows only."""
    assert actor.person is not None
    raw = {kept.table: _read(kept, actor) for kept in CATALOGUE}
    names = _names(raw.values())
    tables = {kept.table: _table(kept, raw[kept.table], names) for kept in CATALOGUE}
    sections = tuple(
        (section, str(title), tuple(tables[kept.table] for kept in CATALOGUE if kept.section == section))
        for section, title in SECTION_TITLES.items()
    )
    readers = tuple(readers_of(actor.person, limit=ALL_READERS))
    return Holdings(sections, readers, tuple((table, str(why)) for table, why in sorted(LEFT_OUT.items())))


def _read(kept: Kept, actor: Actor) -> list[Raw]:
    """The rows of a table, the columns that a person reads; sealed ones stay sealed until they are put in words."""
    columns = exported_columns(kept.table, _columns_of(kept.table))
    listed, texts = ", ".join(f't."{column}"' for column in columns), _json_columns(kept.table)
    condition, value = _condition(kept, actor)
    with within(CITY) if kept.beyond else nullcontext(), connection.cursor() as cursor:
        cursor.execute(f'SELECT {listed} FROM "{kept.table}" t WHERE {condition} ORDER BY 1', [value])
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row.update({name: json.loads(row[name]) for name in texts if isinstance(row[name], str)})
    return rows


def _condition(kept: Kept, actor: Actor) -> tuple[str, Any]:
    if kept.through:
        table, theirs, ours = kept.through
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT o."{theirs}" FROM "{table}" o WHERE o.person_id = %s', [actor.person])
            return f't."{ours}" = ANY(%s)', [number for (number,) in cursor.fetchall()]
    if kept.whose == "username":
        return "t.username = %s", Account.objects.values_list("username", flat=True).get(pk=actor.id)
    if kept.table == Account._meta.db_table:
        return 't."id" = %s', actor.id
    return f't."{kept.whose}" = %s', actor.id if kept.whose in BY_ACCOUNT else actor.person


def _columns_of(table: str) -> tuple[str, ...]:
    model = _models()[table]
    return tuple(str(field.column) for field in model._meta.concrete_fields)


def _json_columns(table: str) -> list[str]:
    fields = _models()[table]._meta.concrete_fields
    return [str(field.column) for field in fields if isinstance(field, JSONField)]


def _models() -> dict[str, Any]:
    return {str(model._meta.db_table): model for model in apps.get_models(include_auto_created=True)}


def _names(tables: Iterable[list[Raw]]) -> _Names:
    accounts, employers = set[int](), set[int]()
    for row in (row for rows in tables for row in rows):
        accounts |= {value for name, value in row.items() if _names_officer(name) and isinstance(value, int)}
        accounts |= {hand for name, value in row.items() if name.endswith(HANDS) for hand in value or ()}
        employers |= {value for name, value in row.items() if name == "employer_id" and value}
    found = Account.objects.filter(pk__in=accounts).order_by("pk").values_list("pk", "name")
    return _Names(dict(found), employer_names(pks=employers) if employers else {})


def _table(kept: Kept, rows: list[Raw], names: _Names) -> Table:
    columns = exported_columns(kept.table, _columns_of(kept.table))
    called = tuple(kept.opened.get(column, (column, ""))[0] for column in columns)
    shown = tuple(_row(kept, row, names) for row in reversed(rows))
    return Table(kept, str(kept.title), str(kept.source), tuple(dict.fromkeys(called)), shown)


def _row(kept: Kept, raw: Raw, names: _Names) -> Row:
    choices = _choices_of(kept.table)
    cells = []
    for column, value in raw.items():
        called, context = kept.opened.get(column, (column, ""))
        told = _opened(value, context) if context and value is not None else value
        label = str(COLUMNS.get(called, called))
        words = _end_words(kept, called, raw) or _in_words(kept, called, told, choices, names)
        cells.append(Cell(called, label, _plain(told), words, _is_on_page(called, told, context)))
    return Row(_spoken(raw.get(kept.since)) if kept.since else "", tuple(cells))


def _opened(value: Any, context: str) -> Any:
    """A sealed value in the clear; answers of a survey are sealed as JSON."""
    told = unseal(value, context=context)
    return json.loads(told) if context == "survey.answer" else told


def _choices_of(table: str) -> dict[str, dict[Any, Any]]:
    fields = _models()[table]._meta.concrete_fields
    return {str(field.column): dict(field.flatchoices) for field in fields if field.choices}


def _in_words(kept: Kept, column: str, value: Any, choices: Mapping[str, Mapping[Any, Any]], names: _Names) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if column in kept.codes:
        codes = value if isinstance(value, list) else [value]
        return _(", ").join(code_label(kept.codes[column], str(code)) for code in codes)
    if column in choices and value in choices[column]:
        return str(choices[column][value])
    special = SPECIAL.get((kept.table, column)) or ANYWHERE.get(column)
    if special:
        return special(value)
    if column == "employer_id":
        return names.employers.get(value, str(value))
    if column.endswith(HANDS):
        return _(", ").join(names.accounts.get(hand, _("The platform") if not hand else str(hand)) for hand in value)
    if _names_officer(column):
        return names.accounts.get(value, _("The platform") if not value else str(value))
    return _spoken(value)


def _end_words(kept: Kept, column: str, raw: Raw) -> str:
    """Why a registration ended: employment and unemployment end by other lists, so the row tells which one."""
    if kept.table != "registration_statusperiod" or column != "end_reason" or not raw[column]:
        return ""
    code = str(raw[column])
    if raw["status"] != Status.EMPLOYED:
        return code_label(CANCEL_SET, code)
    return str(EmploymentEnd(code).label) if code in EmploymentEnd.values else code


def _documents(codes: Any) -> str:
    return _(", ").join(str(Document(code).label) if code in Document.values else str(code) for code in codes)


def _spoken(value: Any) -> str:
    if isinstance(value, bool):
        return pgettext("journal", "yes") if value else pgettext("journal", "no")
    if isinstance(value, datetime):
        return spoken_moment(value)
    if isinstance(value, date):
        return spoken_day(value)
    if isinstance(value, list | tuple) and all(isinstance(part, str | int | date) for part in value):
        return _(", ").join(_spoken(part) if isinstance(part, date) else str(part) for part in value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict | list) else str(value or "")


def _plain(value: Any) -> Any:
    """A value as JSON and a spreadsheet keep it."""
    if isinstance(value, datetime):
        return value.astimezone(clock.BUSINESS_ZONE).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, memoryview | bytes):
        return None
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Decimal | Promise) or not _is_json(value) else value


def _is_json(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | str | list | dict)


def _names_officer(column: str) -> bool:
    return column == "by" or column.endswith(("_by", "officer_id"))


def _is_on_page(column: str, value: Any, context: str) -> bool:
    """Whether the page shows a fact: no numbers of rows, nothing nested, and identifiers only as their masks."""
    parts = value if isinstance(value, list) else []
    nested = isinstance(value, dict) or any(isinstance(part, dict | list) for part in parts)
    number = column in ("id", "person", "person_id") or (column.endswith("_id") and column != "employer_id")
    hands = column.endswith(HANDS)  # who acted stands beside them; the copy tells on whose behalf
    return not nested and not number and not hands and context not in MASKED and value != UNKNOWN


def _each(words: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda values: _(", ").join(words(value) for value in values)


def _yuan(fen: int) -> str:
    return _("%(yuan)s yuan") % {"yuan": f"{fen // 100:,}"}


HANDS = "_hands"  # the accounts of an act of two persons
MASKED = frozenset({"person.id_number", "person.phone", "paper.number"})  # sealed values whose mask stands beside them
UNKNOWN = "<unknown>"  # what the library of sign-ins writes when it does not know


def _columns_in_words(names: Any) -> str:
    """Names of columns as readers know them; anything else as it stands."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return _spoken(names)
    return _(", ").join(str(COLUMNS.get(name, name)) for name in names)


ANYWHERE: dict[str, Callable[[Any], str]] = {
    "area": area_full_name,
    "from_area": area_full_name,
    "places": _each(area_full_name),
    "occupation": occupation_label,
    "occupations": _each(occupation_label),
    "skill": skill_label,
    "skills": _each(skill_label),
    "industry": industry_label,
    "pay_fen": _yuan,
    "min_pay_fen": _yuan,
    "amount_fen": _yuan,
    "income_fen": _yuan,
    "event": event_title,
    "changed": _columns_in_words,
}
SPECIAL: dict[tuple[str, str], Callable[[Any], str]] = {
    ("referrals_referral", "free_ground"): ground_label,
    ("people_groupmembership", "group"): group_title,
    ("people_groupmembership", "evidence"): evidence_title,
    ("people_householdmember", "relation"): relation_label,
    ("registration_preferencecertificate", "documents"): _documents,
}
