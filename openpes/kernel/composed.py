"""Statements of the busiest doors: composed by the ORM once a process, sent with other values each time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model, QuerySet
from django.db.models.sql import InsertQuery

M = TypeVar("M", bound=Model)
_all_questions: list["_Questions"] = []
MOST_KEPT = 64  # forms of one question: kinds of rights on the days that somebody works with


class Composed(Generic[M]):
    """A queryset of rows of one model, whole or without deferred columns, whose SQL is kept.

    `build` gives the queryset for values, which only stand in it: each as it is, or as the end of an area
    (`scope + "~"`). To know where, it is composed for the samples, which are values of the same types, and for others;
    where the two differ otherwise, or where the statement itself does, it is refused. What is asked, and so who may
    see what, stays defined in the one queryset.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], samples: dict[str, Any]) -> None:
        self._kept = _Questions(build, samples)

    def __call__(self, **values: Any) -> list[M]:
        """The rows for these values, in the order of the queryset."""
        question = self._kept.question(())
        with connection.cursor() as cursor:
            cursor.execute(question.statement, question.filled(values))
            model, names = question.model, question.names
            return [model.from_db(connection.alias, names, question.read_row(row)) for row in cursor.fetchall()]


class ComposedColumns:
    """A question for columns (`values`, also several in union), whose SQL is kept for each `asked`.

    `build` gives the queryset for what is asked, which shapes the statement (a day, the kinds that are counted), and
    for values, which only stand in it, as `Composed` has them.
    """

    def __init__(self, build: Callable[..., QuerySet], samples: dict[str, Any]) -> None:
        self._kept = _Questions(build, samples)

    def __call__(self, *asked: Hashable, **values: Any) -> list[dict[str, Any]]:
        """The rows for these values, as `values` gives them."""
        if "" in values.values():  # an empty scope sees nothing, and is another statement
            return list(self._kept.build(*asked, **values))
        question = self._kept.question(asked)
        with connection.cursor() as cursor:
            cursor.execute(question.statement, question.filled(values))
            return [dict(zip(question.names, question.read_row(row), strict=True)) for row in cursor.fetchall()]


class _Questions:
    """The composed forms of one question, by what is asked; the oldest is dropped first."""

    def __init__(self, build: Callable[..., QuerySet], samples: dict[str, Any]) -> None:
        self.build, self.samples = build, samples
        self.kept: OrderedDict[tuple[Hashable, ...], _Question] = OrderedDict()
        _all_questions.append(self)

    def question(self, asked: tuple[Hashable, ...]) -> "_Question":
        """The form for what is asked, composed when it is asked first."""
        question = self.kept.get(asked)
        if question is None:
            question = self.kept[asked] = self._composed(asked)
            if len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
        return question

    def _composed(self, asked: tuple[Hashable, ...]) -> "_Question":
        others = {name: _another(value) for name, value in self.samples.items()}
        first, second = _question_of(self.build(*asked, **self.samples)), _question_of(self.build(*asked, **others))
        assert first.statement == second.statement, "the statement depends on a value"
        pairs = zip(first.parameters, second.parameters, strict=True)
        return replace(first, parameters=[self._part(one, other, others) for one, other in pairs])

    def _part(self, one: Any, other: Any, others: dict[str, Any]) -> Any:
        if one == other and type(one) is type(other):
            return one
        for name, sample in self.samples.items():
            if (one, other) == (sample, others[name]):
                return _Place(name)
            if isinstance(sample, str) and (one, other) == (f"{sample}~", f"{others[name]}~"):
                return _Place(name, "~")
        raise AssertionError(f"{one!r} stands in the statement, which is no sample as it is")


def _another(sample: Any) -> Any:
    """A value of the same type that differs from its first to its last sign, and in its length."""
    if isinstance(sample, str):
        return f"x{sample}x"
    if isinstance(sample, date):
        return sample + timedelta(days=400)
    return sample - 21


# How the ORM reads columns that the driver does not give as they are meant, by their place.
_Read = dict[int, tuple[list[Callable[..., Any]], Any]]


@dataclass(frozen=True)
class _Question:
    """A composed statement, its parameters with places for values, its model and columns, and how some are read."""

    statement: str
    parameters: list[Any]
    model: type[Model]
    names: list[str]
    read: _Read

    def filled(self, values: dict[str, Any]) -> list[Any]:
        """The parameters for these values."""
        return [each.filled(values) if isinstance(each, _Place) else each for each in self.parameters]

    def read_row(self, row: Sequence[Any]) -> Sequence[Any]:
        """A row with its columns as the ORM reads them."""
        if not self.read:
            return row
        found = list(row)
        for place, (converters, expression) in self.read.items():
            for convert in converters:
                found[place] = convert(found[place], expression, connection)
        return found


def _question_of(found: QuerySet) -> _Question:
    query = found.query
    assert not query.select_related, "rows of one model only"
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    statement, parameters = compiler.as_sql()
    columns = [column for column, _sql, _name in compiler.select or ()]
    whole = found._fields is None  # type: ignore[attr-defined]  # rows of the model, not `values`
    named = [column.target.attname for column in columns] if whole else list(
        query.selected or (*query.values_select, *query.annotation_select)
    )  # fmt: skip
    return _Question(statement, list(parameters), found.model, named, compiler.get_converters(columns))


@dataclass(frozen=True)
class _Place:
    """Where a value comes in a statement, with what stands behind it."""

    name: str
    end: str = ""

    def filled(self, values: dict[str, Any]) -> Any:
        """What stands there for these values."""
        return f"{values[self.name]}{self.end}" if self.end else values[self.name]


def forget_composed() -> None:
    """Compose anew what is asked next, as a process does that has just begun."""
    for questions in _all_questions:
        questions.kept.clear()


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
