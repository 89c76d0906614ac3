"""The rows of a demo city by COPY, against the same rows through the framework's own bulk insert."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.city import AT, ON, BenchCity
from bench.table import Line, rated
from bench.timing import Times, refuse_difference
from openpes.config import database

LARGEST, ROUNDS = 10_000, 3
BATCH = 2000
PEER = "the same rows, sealed already and without the journal, through bulk_create in batches of 2,000"
Rows = list[tuple[Any, list[dict[str, Any]]]]


def measure(city: BenchCity) -> list[Line]:
    """Both ways fill an empty, migrated database; ours also seals the identifiers and writes the journal, uncounted."""
    from openpes.demo.rules import CityPlan, invent_city

    invented = invent_city(CityPlan(min(city.sizes.people, LARGEST), city.sizes.seed, ON))
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        copied, rows = _copied(city, invented)
        inserted, again = _inserted(city, rows)
        for (model, ours), (_, plain) in zip(rows, again, strict=True):
            refuse_difference(model.__name__, ours, plain)
        spent[0].append(copied)
        spent[1].append(inserted)
    amount = sum(len(found) for _, found in rows)
    what = f"demo city of {invented.people.count:,} persons, {amount:,} rows"
    times = Times(tuple(spent[0])), Times(tuple(spent[1]))
    return [rated(what, amount, times, PEER, f"the same rows in {len(rows)} tables, {ROUNDS} cities each")]


def _copied(city: BenchCity, invented: Any) -> tuple[float, Rows]:
    from openpes.demo.actions.building import copy_city
    from openpes.kernel.action import PLATFORM

    with empty_city(city, "demo_copied") as owner:
        began = time.perf_counter()
        copy_city(city=invented, owner=owner, by=PLATFORM, at=AT)
        return time.perf_counter() - began, stored_rows()


def _inserted(city: BenchCity, rows: Rows) -> tuple[float, Rows]:
    with empty_city(city, "demo_inserted"):
        began = time.perf_counter()
        insert(rows)
        return time.perf_counter() - began, stored_rows()


@contextmanager
def empty_city(city: BenchCity, name: str) -> Iterator[str]:
    """The framework on an empty database of its own, dropped afterwards; gives its owner's connection string."""
    from django.db import connections

    server = database.find_server()
    stored = database.set_up(server, name)
    database.migrate(stored)
    settings = connections["default"].settings_dict
    before = dict(settings)
    connections.close_all()
    settings["NAME"] = name
    try:
        yield database.conninfo_for(stored, database.OWNER)
    finally:
        connections.close_all()
        settings.update(before)
        with server.admin("postgres" if server.embedded else server.name) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def stored_rows() -> Rows:
    """Every row of the city's tables as plain values, each table after those that it points to."""
    from openpes.kernel import within
    from openpes.kernel.scope import CITY

    with within(CITY):
        return [(model, list(model.objects.order_by("pk").values())) for model in models()]


def insert(rows: Rows) -> None:
    """Write the rows as anybody would with the framework: objects in batches, one transaction."""
    from openpes.kernel import within
    from openpes.kernel.scope import CITY

    with within(CITY):
        for model, values in rows:
            model.objects.bulk_create((model(**row) for row in values), batch_size=BATCH)


def models() -> list[Any]:
    """The models of the rows, in the order of their foreign keys."""
    from openpes.employers.models import Employer
    from openpes.people.models import Household, HouseholdMember, Person, Residence
    from openpes.referrals.models import Hire, LetterProof, Referral
    from openpes.registration.models import JobWish, StatusPeriod
    from openpes.vacancies.models import Fill, PublishedVacancy, Vacancy

    return [
        Person, Household, Residence, HouseholdMember, Employer, StatusPeriod, JobWish, Vacancy, Fill, PublishedVacancy,
        Referral, LetterProof, Hire,
    ]  # fmt: skip
