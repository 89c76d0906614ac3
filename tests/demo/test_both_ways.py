"""A city act by act and the same city in bulk hold the same rows and the same journal."""

import pytest

from openpes.demo.actions import build_city
from openpes.kernel.action import PLATFORM
from tests.demo.factories import SEED, owner_of
from tests.demo.snapshots import snapshot

PEOPLE = 300


@pytest.mark.city
def test_both_ways_of_building_give_the_same_tables(city, at):
    build_city(people=PEOPLE, seed=SEED, owner=owner_of(city), by=PLATFORM, at=at)
    in_bulk = snapshot()
    assert {table: len(rows) for table, rows in in_bulk.items() if not rows} == {}


def test_play(db, at):
    build_city(people=PEOPLE, seed=SEED, by=PLATFORM, at=at)
