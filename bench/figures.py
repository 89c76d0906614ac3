"""The twelve official tables over facts, against DuckDB, polars and PostgreSQL on the same rows."""

import operator
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from bench.city import BenchCity
from bench.plain_figures import Peer, peers
from bench.table import Line, timed
from bench.timing import alternate
from openpes.config import database
from openpes.engine.calendars import Period, quarter_of
from openpes.engine.figures import CountTables, Facts
from openpes.engine.figures.partitions import Threads
from openpes.engine.indicators import official_tables
from openpes.engine.occupations import encode, occupations

FIRST_MONTH, MONTHS = date(2024, 10, 1), 24
QUARTERS = [quarter_of(year, quarter) for year, quarter in ((2025, 3), (2025, 4), (2026, 1), (2026, 2), (2026, 3))]
ROUNDS = 3
COUNTIES = tuple(f"4501{number:02d}" for number in (2, 3, 5, 7, 8, 9, 10, 23, 24, 25, 26, 81))
WHOLE = ("4501",)
EVERY = (*WHOLE, *COUNTIES)
THREADS = 2
Answer = list[Any]


def measure(city: BenchCity) -> list[Line]:
    """Five quarters of two years, for the whole city; beside the fastest of the others also for all its counties."""
    facts = draw_facts(city.sizes.facts, city.sizes.seed)
    lines = []
    with city.connect(database.OWNER) as connection:
        for peer in peers(facts, connection):
            periods = QUARTERS[-1:] if peer.slow else QUARTERS * ROUNDS
            lines.append(_line(facts, periods, WHOLE, peer))
            if peer.counties:
                lines.append(_line(facts, periods, EVERY, peer))
    return lines


def _line(facts: Facts, periods: list[Period], areas: tuple[str, ...], peer: Peer) -> Line:
    def printed(count: Callable[[Period, tuple[str, ...]], Any]) -> Callable[[Period], Answer]:
        return lambda period: [official_tables(sides, allotted=True) for sides in count(period, areas)]

    times = alternate(periods, printed(lambda p, a: ours(facts, p, a)), printed(peer.count), warm_up=1)
    where = "whole city" if areas == WHOLE else f"city and {len(COUNTIES)} counties"
    told = f"the same twelve tables, {len(periods)} of {len(periods)}; {THREADS} threads each"
    return timed(f"12 official tables over {facts.rows:,} facts, {where}", times, peer.told, told)


def ours(facts: Facts, period: Period, areas: tuple[str, ...]) -> list[Any]:
    """The counts of each area, on two threads."""
    cells = Threads(THREADS).map_partitions(CountTables(period, areas), facts.pieces(), operator.add)
    return [cells.sides(area) for area in areas]


def draw_facts(rows: int, seed: int) -> Facts:
    """Facts of two years in the order of their days, as a store holds them: what begins, and what ends of it."""
    r = np.random.default_rng(seed)
    begun = rows * 6 // 10
    made = _begun(begun, r)
    of = r.permutation(begun)[: rows - begun]
    ended = {name: column[of] for name, column in made.items()}
    withdrawn = (ended["kind"] == 1) & (r.random(len(of)) < 1 / 3)
    ended |= {
        "kind": ended["kind"] + 1 + withdrawn, "number": np.full(len(of), -1),
        "counted_on": ended["counted_on"] + r.integers(1, 150, len(of)),
    }  # fmt: skip
    both = {name: np.concatenate([made[name], ended[name]]) for name in made}
    order = np.argsort(both["counted_on"], kind="stable")
    columns = {name: column[order] for name, column in both.items()}
    return Facts.of(columns | {"happened_on": columns["counted_on"]})


def _begun(rows: int, r: np.random.Generator) -> dict[str, Any]:
    """Places offered, job wishes and unemployment begun; of places few say what sort of person is wanted."""
    first = (FIRST_MONTH - date(1970, 1, 1)).days
    kinds = r.choice([1, 4, 6], rows, p=[0.35, 0.55, 0.1])
    leaves = np.array([encode(one.code) for one in occupations().all(level=4)])
    liked = 1 / np.arange(1, len(leaves) + 1)
    counties = np.array([int(county) for county in COUNTIES])
    seekers = kinds >= 4
    stated = seekers | (r.random(rows) < 0.3)
    return {
        "kind": kinds, "counted_on": first + r.integers(0, MONTHS * 365 // 12, rows),
        "area": r.choice(counties, rows) * 10**6 + r.integers(1, 15, rows) * 1000,
        "number": np.where(kinds == 1, r.integers(1, 8, rows), 1),
        "occupation": np.where(seekers & (r.random(rows) < 0.1), 0, r.choice(leaves, rows, p=liked / liked.sum())),
        "industry": np.where(seekers, 0, r.integers(1, 22, rows)),
        "unit_type": np.where(seekers, 0, r.choice([10, 20, 30, 90], rows, p=[0.9, 0.05, 0.02, 0.03])),
        "economic_type": np.where(seekers, 0, r.choice([110, 120, 150, 160, 170, 175, 200, 300], rows)),
        "sex": np.where(stated, r.integers(1, 3, rows), 0), "age": np.where(stated, r.integers(16, 60, rows), 0),
        "education": np.where(stated, r.choice([11, 14, 20, 30, 40, 61, 71, 81], rows), 0),
        "skill": np.where(stated, r.choice([0, 1, 2, 3, 4, 5], rows), 0),
        "person_group": np.where(seekers, r.integers(1, 11, rows), 0),
    }  # fmt: skip
