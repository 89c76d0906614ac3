"""The naive tables beside the city's own: one plain row a person and one wide row a vacancy, without indexes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import psycopg
from django.db import connection, models

from bench.plain_tables import PlainPerson, WideVacancy
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.matching.choices import PayBand
from openpes.people.models import Person
from openpes.vacancies.models import PublishedVacancy

AT_ONCE = 5_000


def make(owner: psycopg.Connection, model: type[models.Model], rows: Iterable[models.Model] = ()) -> int:
    """Make the table of a plain model anew and fill it; returns how many rows it holds."""
    table = model._meta.db_table
    with connection.schema_editor(collect_sql=True) as editor:
        editor.create_model(model)
    for statement in [f"DROP TABLE IF EXISTS {table}", *editor.collected_sql]:
        owner.execute(statement)  # type: ignore[arg-type]
    given = iter(rows)
    while batch := list(islice(given, AT_ONCE)):  # a city of millions does not fit into memory as rows
        model._default_manager.bulk_create(batch)
    owner.execute(f"VACUUM ANALYZE {table}")  # type: ignore[arg-type]
    return model._default_manager.count()


def plain_persons() -> Iterator[PlainPerson]:
    """The city's persons with their identifiers unsealed."""
    copied = ("area", "name", "initials", "sex", "born_on", "education")
    with within(CITY):
        for person in Person.objects.order_by("id").iterator(AT_ONCE):
            phone = person.phone()
            yield PlainPerson(
                id=person.pk,
                id_number=person.id_number().reveal(),
                phone=phone.reveal() if phone else "",
                **{name: getattr(person, name) for name in copied},
            )


def wide_vacancies() -> Iterator[WideVacancy]:
    """The city's published vacancies, as they are public."""
    with within(role="openpes_public"):
        rows = list(PublishedVacancy.objects.defer("terms").order_by("vacancy_id"))
    for row in rows:
        band = next(b.value for b in PayBand if b.bounds[0] <= row.pay_max_fen < b.bounds[1])
        yield WideVacancy(id=row.vacancy_id, benefits=",".join(row.benefits), pay_band=band, **_copied(row))


def _copied(row: PublishedVacancy) -> dict[str, Any]:
    left_out = {"id", "benefits", "pay_band"}
    return {f.name: getattr(row, f.name) for f in WideVacancy._meta.fields if f.name not in left_out}
