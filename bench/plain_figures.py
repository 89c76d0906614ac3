"""The cells of the official tables by a query: facts grouped by each column that a table needs, rows told afterwards.

The grouping is by the codes as they are, which is the fastest form that was found for each of the three (rows told
inside the query by CASE or by joins take longer); the few hundred groups are put into rows here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from typing import Any

import numpy as np

from openpes.engine.calendars import Period
from openpes.engine.figures import Facts, classes
from openpes.engine.indicators import Counted, Sides, key_of
from openpes.engine.indicators.tables import TABLES

TABLE = "bench_facts"
# Column of a query → the table of the report; `unit` and `minor` are made of others.
DEMAND = {"minor": 5, "industry": 3, "unit": 4, "sex": 9, "age": 10, "education": 11, "skill": 12}
SEEKERS = {"minor": 5, "person_group": 8, "sex": 9, "age": 10, "education": 11, "skill": 12}
COLUMNS = tuple(dict.fromkeys([*DEMAND, *SEEKERS]))
UNSTATED = {11: key_of(11, "初中及以下"), 12: key_of(12, "无技术等级或职称")}
Row = tuple[int, bool, bool, str, int, int]  # county (0 the city), seekers, carried, column, code, number


@dataclass(frozen=True)
class Peer:
    """Another way to count; `slow` ones are asked once, `counties` says that it is asked for every county too."""

    told: str
    count: Callable[[Period, tuple[str, ...]], list[Sides]]
    slow: bool = False
    counties: bool = False


def peers(facts: Facts, connection: Any) -> Iterator[Peer]:
    """DuckDB and polars where they are installed, and PostgreSQL."""
    if find_spec("duckdb"):
        duck = DuckDB(facts)
        yield Peer("DuckDB, table in memory, a GROUP BY a column", duck.count, counties=True)
        yield Peer("DuckDB, table in memory, one statement with GROUPING SETS", duck.count_at_once)
        duck.connection.close()
    if find_spec("polars"):
        yield Peer("polars, frame in memory, a group_by a column, collected together", Polars(facts).count)
    fill(connection, facts)
    yield Peer("PostgreSQL, one statement with GROUPING SETS", Postgres(connection).count, slow=True)
    connection.execute(f"DROP TABLE {TABLE}")


def sides(rows: Iterable[Row], areas: tuple[str, ...]) -> list[Sides]:
    """Groups put into the rows of the tables, by area: the whole city first, then its counties."""
    found: dict[str, tuple[dict, dict]] = {area: ({}, {}) for area in areas}
    for county, seekers, carried, column, code, number in rows:
        table = (SEEKERS if seekers else DEMAND)[column]
        key = _key(table, code, seekers)
        count = Counted(carried=int(number)) if carried else Counted(new=int(number))
        for area in (areas[0], f"{county:06d}"):
            if area in found:
                of_table = found[area][seekers].setdefault(table, {})
                of_table[key] = of_table.get(key, Counted()) + count
    return [Sides(*found[area]) for area in areas]


def _key(table: int, code: int, seekers: bool) -> str:
    if table == 5:
        minors, codes, _ = classes.minor_classes()
        return codes[minors[code]]
    if table == 3:
        return key_of(3, TABLES[3].rows[classes.industry_classes()[code] - 1])
    if table == 4:
        return key_of(4, classes.unit_row(*divmod(code, 1000)))
    by_code = {8: classes.group_classes, 9: classes.sex_classes, 10: classes.age_classes,
               11: classes.education_classes, 12: classes.skill_classes}[table]()  # fmt: skip
    if place := int(by_code[code]):
        return key_of(table, TABLES[table].rows[place - 1])
    return UNSTATED.get(table, "0") if seekers else "0"


def _of_column(column: str, divide: str) -> str:
    made = {"unit": "unit_type::int * 1000 + economic_type", "minor": f"occupation {divide} 100"}
    return f"({made[column]})" if column in made else column


def _counted(period: Period) -> str:
    """The facts that count: beginnings in the period, everything before it."""
    begins = f"counted_on < DATE '{period.from_on}' OR kind IN (1, 4)"
    return f"kind <= 5 AND counted_on < DATE '{period.until_on}' AND ({begins})"


class DuckDB:
    """A table in memory, two threads."""

    def __init__(self, facts: Facts) -> None:
        import duckdb
        import pyarrow

        self.connection = duckdb.connect(config={"threads": 2})
        days = {"happened_on", "counted_on"}
        frame = pyarrow.table({
            name: pyarrow.array(column, pyarrow.date32()) if name in days else pyarrow.array(column)
            for name, column in facts._asdict().items()
        })  # fmt: skip
        self.connection.register("frame", frame)
        self.connection.execute(f"CREATE TABLE {TABLE} AS SELECT * FROM frame")
        self.connection.unregister("frame")

    def count(self, period: Period, areas: tuple[str, ...]) -> list[Sides]:
        """A statement a side and column."""
        return sides(self._rows(period, county="area // 1000000" if len(areas) > 1 else "0"), areas)

    def _rows(self, period: Period, county: str) -> Iterator[Row]:
        for seekers, columns in ((False, DEMAND), (True, SEEKERS)):
            kinds = "kind IN (4, 5)" if seekers else "kind <= 3"
            for column in columns:
                sql = (
                    f"SELECT {county} AS county, counted_on < DATE '{period.from_on}' AS old,"
                    f" {_of_column(column, '//')} AS code, sum(number) FROM {TABLE}"
                    f" WHERE {_counted(period)} AND {kinds} GROUP BY ALL"
                )
                for place, old, code, number in self.connection.execute(sql).fetchall():
                    yield place, seekers, old, column, code, number

    def count_at_once(self, period: Period, areas: tuple[str, ...]) -> list[Sides]:
        """One statement for everything."""
        return sides(_unfolded(self.connection.execute(at_once(period, "//")).fetchall()), areas)


class Polars:
    """A frame in memory; it takes the threads of the machine."""

    def __init__(self, facts: Facts) -> None:
        import polars

        self.frame = polars.DataFrame(facts._asdict()).lazy()

    def count(self, period: Period, areas: tuple[str, ...]) -> list[Sides]:
        """A lazy frame a side and column, collected together so that they may share the filter."""
        import polars as pl

        begin, end = ((day - date(1970, 1, 1)).days for day in (period.from_on, period.until_on or period.from_on))
        day, kind = pl.col("counted_on"), pl.col("kind")
        counts = (kind <= 5) & (day < end) & ((day < begin) | kind.is_in([1, 4]))
        unit = pl.col("unit_type").cast(pl.Int32) * 1000 + pl.col("economic_type")
        kept = self.frame.filter(counts).with_columns(
            old=day < begin, minor=pl.col("occupation") // 100, unit=unit, seekers=kind >= 4
        )
        asked = [(False, column) for column in DEMAND] + [(True, column) for column in SEEKERS]
        frames = [
            kept.filter(pl.col("seekers") == seekers).group_by("old", column).agg(pl.col("number").sum().cast(pl.Int64))
            for seekers, column in asked
        ]
        made = zip(asked, pl.collect_all(frames), strict=True)
        return sides(((0, s, old, c, code, n) for (s, c), f in made for old, code, n in f.rows()), areas)


class Postgres:
    """A table of the city's server, analysed and read beforehand."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        connection.execute("SET work_mem = '256MB'")

    def count(self, period: Period, areas: tuple[str, ...]) -> list[Sides]:
        """One statement for everything."""
        return sides(_unfolded(self.connection.execute(at_once(period, "/")).fetchall()), areas)


def at_once(period: Period, divide: str) -> str:
    """One statement: side, origin, and the columns, each row with one of them."""
    made = ", ".join(f"{_of_column(column, divide)} AS {column}" for column in COLUMNS)
    sets = ", ".join(f"(seekers, old, {column})" for column in COLUMNS)
    told = ", ".join(f"grouping({column})" for column in COLUMNS)
    return (
        f"SELECT seekers, old, sum(number), {told}, {', '.join(COLUMNS)} FROM (SELECT kind >= 4 AS seekers,"
        f" counted_on < DATE '{period.from_on}' AS old, number, {made} FROM {TABLE} WHERE {_counted(period)}) counted"
        f" GROUP BY GROUPING SETS ({sets})"
    )


def _unfolded(rows: Iterable[tuple]) -> Iterator[Row]:
    for seekers, old, number, *rest in rows:
        at = rest.index(0)
        if COLUMNS[at] in (SEEKERS if seekers else DEMAND):
            yield 0, seekers, old, COLUMNS[at], rest[len(COLUMNS) + at], number


def fill(connection: Any, facts: Facts) -> None:
    """The facts as a table of the server, by binary COPY."""
    days = {"happened_on", "counted_on"}
    types = {2: "smallint", 4: "int", 8: "bigint"}
    told = [f"{n} {'date' if n in days else types[c.itemsize]}" for n, c in facts._asdict().items()]
    connection.execute(f"DROP TABLE IF EXISTS {TABLE}; CREATE UNLOGGED TABLE {TABLE} ({', '.join(told)})")
    layout = [("fields", ">i2")]
    for name, column in facts._asdict().items():
        layout += [(f"{name}_length", ">i4"), (name, f">i{column.itemsize}")]
    since = (date(2000, 1, 1) - date(1970, 1, 1)).days
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
        for piece in facts.pieces(500_000):
            rows = np.zeros(piece.rows, np.dtype(layout))
            rows["fields"] = len(Facts._fields)
            for name, column in piece._asdict().items():
                rows[f"{name}_length"] = column.itemsize
                rows[name] = column - since if name in days else column
            copy.write(rows.tobytes())
        copy.write(b"\xff\xff")
    connection.execute(f"VACUUM ANALYZE {TABLE}")
