"""Statements of the busiest doors: composed by the ORM once a process, sent with other values each time."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.models.sql import InsertQuery

M = TypeVar("M", bound=Model)


@dataclass
class Composed(Generic[M]):
    """A queryset of whole rows of one model, whose SQL is kept.

    `build` gives the queryset for values; `samples` are values of the same types, each of which stands in the queryset
    for its name and for nothing else. What is asked, and so who may see what, stays defined in the one queryset.
    """

    build: Callable[..., QuerySet[M]]
    samples: dict[str, Any]

    def __call__(self, **values: Any) -> list[M]:
        """The rows for these values, in the order of the queryset."""
        statement, parameters, model, columns = self._composed
        with connection.cursor() as cursor:
            cursor.execute(statement, [values[each.name] if isinstance(each, _Place) else each for each in parameters])
            return [model.from_db(connection.alias, columns, row) for row in cursor.fetchall()]

    @cached_property
    def _composed(self) -> tuple[str, list[Any], type[M], list[str]]:
        found = self.build(**self.samples)
        assert not found.query.select_related, "whole rows of one model only"
        statement, sent = found.query.sql_with_params()
        places = {sample: _Place(name) for name, sample in self.samples.items()}
        assert set(places) <= set(sent), "a sample does not stand in the queryset as it is"
        fields = found.model._meta.concrete_fields
        assert not any(hasattr(field, "from_db_value") for field in fields), "columns as the driver reads them only"
        return statement, [places.get(value, value) for value in sent], found.model, [field.attname for field in fields]


@dataclass(frozen=True)
class _Place:
    """Where a value comes in a statement."""

    name: str


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
