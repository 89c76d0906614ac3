"""Rows in bulk: many inserted by one statement, under the same policies and constraints as one at a time."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

# What a column is sent as, when it is not sent as its own type: texts without a length are refused when they are too
# long instead of being cut, and an array of arrays would be unnested whole.
SENT_AS_TEXT = ("varchar", "text", "jsonb", "numeric")


def insert_rows(model: type[models.Model], columns: Mapping[str, Any], *, count: int) -> list[int]:
    """Insert `count` rows; returns their ids in the order of the rows.

    `columns` gives for every field by its attribute name a list of `count` values, or one value for all rows;
    arrays and JSON come as the text that PostgreSQL reads. What is left out gets the default of the database.
    """
    if not count:
        return []
    names, parts, lists, singles = [], [], [], []
    casts = []
    for name, values in columns.items():
        field = model._meta.get_field(name)
        kind = _type_of(field)
        names.append(connection.ops.quote_name(field.column))
        if isinstance(values, list):
            casts.append(f"%s::{_sent_as(kind)}[]")
            parts.append(f"x.c{len(lists)}" + _cast(kind))
            lists.append(array_text(values))
        else:
            parts.append(f"%s::{_sent_as(kind)}" + _cast(kind))
            singles.append(values)
    aliases = ", ".join(f"c{number}" for number in range(len(lists)))
    statement = (
        f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({', '.join(names)})"
        f" SELECT {', '.join(parts)} FROM unnest({', '.join(casts)}) WITH ORDINALITY AS x({aliases}, place)"
        f" ORDER BY x.place RETURNING {connection.ops.quote_name(model._meta.pk.column)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*singles, *lists])
        return [row[0] for row in cursor.fetchall()]


def any_of(model: type[models.Model], field: str, values: Sequence[Any] | str) -> RawSQL:
    """The condition that a field is one of many values, sent as one array: `in` would make a parameter of each.

    A text is an array as `array_text` writes it.
    """
    found = model._meta.get_field(field)
    column = f"{connection.ops.quote_name(model._meta.db_table)}.{connection.ops.quote_name(found.column)}"
    sql = f"{column} = ANY(%s::{_sent_as(_type_of(found))}[])"
    return RawSQL(sql, [values if isinstance(values, str) else array_text(values)], output_field=models.BooleanField())


def array_text(values: Sequence[Any]) -> str:
    """Values as the text of an array, as PostgreSQL reads it: many times faster than one parameter a value."""
    kinds = set(map(type, values))
    if kinds == {str} and (whole := _texts(values)) is not None:
        return whole
    if kinds == {int}:
        return "{" + ",".join(map(str, values)) + "}"
    return "{" + ",".join(["NULL" if value is None else _element(value) for value in values]) + "}"


def _texts(values: Sequence[str]) -> str | None:
    """Texts as an array, escaped all at once; None when one has the mark that stands between them here."""
    whole = "\0".join(values)
    if whole.count("\0") != len(values) - 1:
        return None
    return '{"' + whole.replace("\\", "\\\\").replace('"', '\\"').replace("\0", '","') + '"}'


def _element(value: Any) -> str:
    if type(value) is int:
        return str(value)
    if isinstance(value, bytes | memoryview):
        return '"\\\\x' + value.hex() + '"'
    words = value if isinstance(value, str) else _words(value)
    if "\\" in words or '"' in words:
        words = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + words + '"'


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.isoformat() if isinstance(value, date) else str(value)


def _type_of(field: models.Field) -> str:
    kind = field.rel_db_type(connection) if field.primary_key else field.db_type(connection)
    assert kind
    return kind


def _sent_as(kind: str) -> str:
    return "text" if kind.endswith("[]") or kind.startswith(SENT_AS_TEXT) else kind.partition(" CHECK")[0]


def _cast(kind: str) -> str:
    """Texts of a limited length are assigned, which refuses what is too long; the rest is cast to its type."""
    return f"::{kind}" if kind.endswith("[]") or kind.startswith(("jsonb", "numeric")) else ""
