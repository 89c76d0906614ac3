"""The kernel over facts gives what SQL over the rows gives: on the seeded city, for every county, quarter and table."""

import operator
import os

import pytest

from bench.city import AT, ON
from openpes.config import database
from openpes.engine.calendars import Period, quarter_of
from openpes.engine.figures import CountTables, joined
from openpes.engine.figures.exported import exports_in, write_export
from openpes.engine.figures.partitions import Threads
from openpes.engine.indicators import Counted, official_tables
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.scope import CITY
from openpes.network.queries import areas_below
from openpes.statistics.actions import rebuild_facts
from openpes.statistics.queries import counted_sides, fact_parts

QUARTERS = [quarter_of(2025, 4), quarter_of(2026, 3), quarter_of(2026, 4), Period(ON.replace(month=2, day=11), ON)]


@pytest.fixture
def seeded(city):
    from openpes.demo.actions import build_city

    build_city(people=400, seed=3, owner=database.conninfo_for(city, database.OWNER), by=PLATFORM, at=AT)
    rebuild_facts(by=PLATFORM, at=AT)
    return city


def told(sides):
    """What each table counts; table 9 to 12 of demand are kept by the kernel alone, since no vacancy states them."""
    return [
        {(table, key): count for table, rows in side.items() for key, count in rows.items() if count != Counted()}
        for side in (sides.demand, sides.seekers)
    ]


@pytest.mark.city
@pytest.mark.skipif("DATABASE_URL" in os.environ, reason="copies rows as the superuser of the embedded server")
def test_the_tables_of_every_county_and_quarter_are_those_of_sql_over_the_rows(seeded, tmp_path):
    areas = (CITY, *(area.path for area in areas_below(CITY)))
    with within(CITY):
        parts = list(fact_parts(scope=CITY))
        write_export(tmp_path, CITY, parts, at=AT)
    assert sum(part.rows for part in parts) > 300 and len(areas) > 10
    for period in QUARTERS:
        kernel = CountTables(period, areas)
        cells = kernel(joined(parts))
        assert Threads().map_partitions(kernel, exports_in(tmp_path)[0].parts, operator.add) == cells
        for area in areas:
            with within(CITY):
                rows = counted_sides(scope=CITY, area=area, period=period)
            facts = cells.sides(area)
            demand, seekers = told(facts)
            expected_demand, expected_seekers = told(rows)
            assert {key: demand[key] for key in demand if key[0] in rows.demand} == expected_demand
            assert seekers == expected_seekers
            assert official_tables(facts, allotted=True) == official_tables(rows, allotted=True)
