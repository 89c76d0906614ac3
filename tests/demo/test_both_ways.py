"""A city act by act and the same city in bulk hold the same rows and the same journal."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from openpes.demo.actions import build_city, open_demo_accounts
from openpes.demo.queries import staff_accounts
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.registration.models import StatusPeriod
from tests.conftest import own_city, point_at
from tests.demo.factories import SEED, owner_of
from tests.demo.snapshots import TABLES, snapshot

PEOPLE = 300
STAY_EMPTY = {
    "people_personevent", "people_ledgerentry", "employers_employerevent", "registration_withdrawnregistration",
    "referrals_hirereport",
}  # fmt: skip


@contextmanager
def another_city(tag: str) -> Iterator[dict]:
    """A second database beside the one of the `city` fixture."""
    from django.db import connections

    with own_city(tag) as stored:
        point_at(stored)
        try:
            yield stored
        finally:
            connections.close_all()


@pytest.mark.city
def test_both_ways_of_building_give_the_same_tables(city, at):
    open_demo_accounts(by=PLATFORM, at=at)
    build_city(people=PEOPLE, seed=SEED, owner=owner_of(city), by=PLATFORM, at=at)
    in_bulk, recorded_by = snapshot(), who_registered()
    with another_city("played"):
        open_demo_accounts(by=PLATFORM, at=at)
        build_city(people=PEOPLE, seed=SEED, by=PLATFORM, at=at)
        played = snapshot()
    assert {"city_clerk", "county_clerk", "neighbour_clerk"} <= recorded_by
    assert {table for table in TABLES if not played[table]} == STAY_EMPTY
    differences = [line for table in TABLES for line in _differences(table, in_bulk[table], played[table])]
    assert not differences, "\n".join(differences)


def who_registered() -> set[str]:
    """The accounts under which the registrations of the city were made."""
    names = {pk: name for name, pk in staff_accounts().items()}
    with within(CITY):
        return {names[pk] for pk in StatusPeriod.objects.order_by().values_list("registered_by", flat=True)}


def _differences(table: str, in_bulk: Counter, played: Counter) -> list[str]:
    """The first rows that only one of the bags has."""
    only_bulk = [f"{table}, bulk only: {row}" for row in (in_bulk - played).elements()]
    only_played = [f"{table}, acts only: {row}" for row in (played - in_bulk).elements()]
    return sorted(only_bulk)[:3] + sorted(only_played)[:3]
