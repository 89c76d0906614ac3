"""Statements of the busiest doors: composed by the ORM once a process, sent with other values each time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model, QuerySet
from django.db.models.sql import InsertQuery
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
_all_kept: list["ComposedColumns"] = []
MOST_KEPT = 64  # forms of one question: kinds of rights on the days that somebody works with


@dataclass
class Composed(Generic[M]):
    """A queryset of rows of one model, whole or without deferred columns, whose SQL is kept.

    `build` gives the queryset for values; `samples` are values of the same types, each of which stands in the queryset
    for its name and for nothing else. What is asked, and so who may see what, stays defined in the one queryset.
    """

    build: Callable[..., QuerySet[M]]
    samples: dict[str, Any]

    def __call__(self, **values: Any) -> list[M]:
        """The rows for these values, in the order of the queryset."""
        statement, parameters, model, columns, read = self._composed
        with connection.cursor() as cursor:
            cursor.execute(statement, [_filled(each, values) for each in parameters])
            return [model.from_db(connection.alias, columns, _as_read(row, read)) for row in cursor.fetchall()]

    @cached_property
    def _composed(self) -> tuple[str, list[Any], type[M], list[str], "_Read"]:
        found = self.build(**self.samples)
        assert not found.query.select_related, "rows of one model only"
        compiler = found.query.get_compiler(DEFAULT_DB_ALIAS)
        statement, sent = compiler.as_sql()
        places: dict[Any, Any] = {sample: _Place(name) for name, sample in self.samples.items()}
        assert set(places) <= set(sent), "a sample does not stand in the queryset as it is"
        places |= {f"{sample}~": _Place(name, "~") for name, sample in self.samples.items() if isinstance(sample, str)}
        parameters = [places.get(value, value) for value in sent]
        columns = [column.target.attname for column, _sql, _name in compiler.select or ()]
        return statement, parameters, found.model, columns, _reading(compiler)


@dataclass(eq=False)
class ComposedColumns:
    """A question for columns (`values`, also several in union), whose SQL is kept for each `asked`.

    `build` gives the queryset for what is asked, which shapes the statement (a day, the kinds that are counted), and
    for values, which only stand in it: each as it is, or as the end of an area (`scope + "~"`). To know where, it is
    composed for two samples; where they differ otherwise, or where the statement itself does, it is refused.
    """

    build: Callable[..., QuerySet]
    samples: tuple[dict[str, Any], dict[str, Any]]
    kept: OrderedDict[tuple[Hashable, ...], "_Question"] = dataclass_field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        _all_kept.append(self)

    def __call__(self, *asked: Hashable, **values: Any) -> list[dict[str, Any]]:
        """The rows for these values, as `values` gives them."""
        if "" in values.values():  # an empty scope sees nothing, and is another statement
            return list(self.build(*asked, **values))
        question = self._question(asked)
        with connection.cursor() as cursor:
            cursor.execute(question.statement, [_filled(each, values) for each in question.parameters])
            return [question.named(row) for row in cursor.fetchall()]

    def _question(self, asked: tuple[Hashable, ...]) -> "_Question":
        question = self.kept.get(asked)
        if question is None:
            question = self.kept[asked] = self._composed(asked)
            if len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
        return question

    def _composed(self, asked: tuple[Hashable, ...]) -> "_Question":
        first, second = (self._sent(asked, sample) for sample in self.samples)
        assert first[0] == second[0], "the statement depends on a value"
        parameters = [self._part(one, other) for one, other in zip(first[1], second[1], strict=True)]
        named = {part.name for part in parameters if isinstance(part, _Place)}
        assert named <= set(self.samples[0])
        return _Question(first[0], parameters, first[2], first[3])

    def _sent(self, asked: tuple[Hashable, ...], sample: dict[str, Any]) -> tuple[str, Any, list[str], "_Read"]:
        query = self.build(*asked, **sample).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        statement, parameters = compiler.as_sql()
        names = list(query.selected or (*query.values_select, *query.annotation_select))
        return statement, parameters, names, _reading(compiler)

    def _part(self, one: Any, other: Any) -> Any:
        if one == other and type(one) is type(other):
            return one
        for name in self.samples[0]:
            sampled = tuple(sample[name] for sample in self.samples)
            if (one, other) == sampled:
                return _Place(name)
            if isinstance(one, str) and (one, other) == tuple(f"{value}~" for value in sampled):
                return _Place(name, "~")
        raise AssertionError(f"{one!r} and {other!r} stand in the statement, which are no samples")


@dataclass(frozen=True)
class _Question:
    """A composed statement, its parameters with places for values, the names of its columns, and how some are read."""

    statement: str
    parameters: list[Any]
    names: list[str]
    read: "_Read"

    def named(self, row: tuple[Any, ...]) -> dict[str, Any]:
        """A row as `values` gives it."""
        return dict(zip(self.names, _as_read(row, self.read), strict=True))


# How the ORM reads columns that the driver does not give as they are meant, by their place.
_Read = dict[int, tuple[list[Callable[..., Any]], Any]]


def _reading(compiler: SQLCompiler) -> _Read:
    read: _Read = compiler.get_converters([column for column, _sql, _name in compiler.select or ()])
    return read


def _as_read(row: Sequence[Any], read: _Read) -> Sequence[Any]:
    if not read:
        return row
    found = list(row)
    for place, (converters, expression) in read.items():
        for convert in converters:
            found[place] = convert(found[place], expression, connection)
    return found


@dataclass(frozen=True)
class _Place:
    """Where a value comes in a statement, with what stands behind it."""

    name: str
    end: str = ""


def _filled(part: Any, values: dict[str, Any]) -> Any:
    if not isinstance(part, _Place):
        return part
    return f"{values[part.name]}{part.end}" if part.end else values[part.name]


def forget_composed() -> None:
    """Compose anew what is asked next, as a process does that has just begun."""
    for each in _all_kept:
        each.kept.clear()


def insert(row: M) -> M:
    """Insert a new row, as `save(force_insert=True)` would, and give it its id; no signals are sent."""
    statement, fields = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(statement, [_sent(field, row) for field in fields])
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row


@cache
def _insertion(model: type[Model]) -> tuple[str, list[Field]]:
    """The statement for a model whose id the database gives and whose other columns it does not."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    assert model._meta.db_returning_fields == [model._meta.pk], "the database gives the id and nothing else"
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(connection=connection)
    compiler.returning_fields = [model._meta.pk]
    ((statement, _sample),) = compiler.as_sql()
    return statement, fields


def _sent(field: Field, row: Model) -> object:
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)
