"""`openpes export-facts` and `openpes report`: a city's facts as Parquet, and the official tables of many cities."""

import csv
import io
import json
import operator
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpes.engine.calendars import Period
from openpes.engine.figures.exported import Export, exports_in, seal_of, write_export
from openpes.engine.indicators import CountsRefused, Gap, OfficialRow, official_tables
from openpes.engine.indicators.names import TITLES
from openpes.engine.indicators.tables import TABLES

COLUMNS = ("area", "table", "row", "code", "demand", "demand_pct", "seekers", "seekers_pct", "gap", "ratio")


@dataclass(frozen=True)
class Asked:
    """What a report is asked for: days, areas as prefixes ("" everything), how 无要求 is shared out, and where."""

    period: Period
    areas: tuple[str, ...] = ("",)
    allot: str = "official"
    cluster: str = ""


@dataclass(frozen=True)
class Printed:
    """The tables of an area by number, or the words why there are none."""

    area: str
    tables: dict[int, list[dict[str, Any]]]
    refused: str = ""


@dataclass(frozen=True)
class ProvinceReport:
    """The tables of all areas, and from what they were counted: facts, cities, and one sum over all their files."""

    asked: Asked
    facts: int
    exports: tuple[Export, ...]
    seal: str
    areas: tuple[Printed, ...]


def export_city(folder: Path, city: str, *, at: datetime) -> Export:
    """Bring the facts of this city up to date and write them into its folder; the database is ready.

    :raises ExportRefused: the extra `cluster` is missing
    """
    from openpes.kernel import within
    from openpes.kernel.action import PLATFORM
    from openpes.statistics.actions import feed_noted
    from openpes.statistics.queries.facts import fact_parts

    while feed_noted(by=PLATFORM, at=at) is not None:
        pass
    with within(city):
        return write_export(folder, city, fact_parts(scope=city), at=at)


def report_of(folder: Path, asked: Asked) -> ProvinceReport:
    """The twelve tables of each area from the exports of all cities in a folder.

    :raises ExportRefused: an export is not whole
    :raises ClusterRefused: the cluster cannot be used
    :raises ValueError: the days or areas make no report
    """
    from openpes.engine.figures.counting import CountTables
    from openpes.engine.figures.partitions import engine_at

    kernel, exports = CountTables(asked.period, asked.areas), tuple(exports_in(folder))
    parts = [part for export in exports for part in export.parts]
    with engine_at(asked.cluster) as engine:
        cells = engine.map_partitions(kernel, parts, operator.add)
    areas = []
    for area in asked.areas:
        try:
            areas.append(Printed(area, _tables(cells.sides(area), asked.allot == "official")))
        except CountsRefused as refused:
            areas.append(Printed(area, {}, f"{refused} Corrections of closed months outweigh what was registered."))
    return ProvinceReport(asked, cells.facts, exports, seal_of(exports), tuple(areas))


def as_json(report: ProvinceReport) -> str:
    """The report as one JSON document: decimals as numbers with two digits, what is not printed left out."""
    period = report.asked.period
    told = {
        "from": str(period.from_on), "until": str(period.until_on), "allot": report.asked.allot,
        "facts": report.facts, "seal": report.seal,
        "cities": [{"city": one.city, "facts": one.rows, "written_at": one.written_at} for one in report.exports],
        "areas": [_area(printed) for printed in report.areas],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1, default=float)


def as_csv(report: ProvinceReport) -> str:
    """All rows of all tables and areas under one heading; 10 columns, empty where the report prints nothing."""
    held = io.StringIO()
    written = csv.DictWriter(held, COLUMNS, restval="", lineterminator="\n")
    written.writeheader()
    for printed in report.areas:
        if printed.refused:
            written.writerow({"area": printed.area, "row": printed.refused})
        for number, rows in printed.tables.items():
            written.writerows({"area": printed.area, "table": number, **row} for row in rows)
    return held.getvalue()


def _area(printed: Printed) -> dict[str, Any]:
    if printed.refused:
        return {"area": printed.area, "refused": printed.refused}
    tables = []
    for number, rows in printed.tables.items():
        table: dict[str, Any] = {"table": number, "title": TITLES[number][0], "rows": rows}
        if left_out := _left_out(number, rows, printed.tables[1][-1]):
            table["left_out"] = left_out
        tables.append(table)
    return {"area": printed.area, "tables": tables}


def _left_out(number: int, rows: list[dict[str, Any]], whole: dict[str, Any]) -> dict[str, int]:
    """Places and seekers of the period whom no row of a table takes, such as seekers whose age is not stated."""
    if number not in TABLES:
        return {}
    return {side: whole[side] - rows[-1][side] for side in TABLES[number].sides if whole[side] != rows[-1][side]}


def _tables(sides: Any, allotted: bool) -> dict[int, list[dict[str, Any]]]:
    made = official_tables(sides, allotted=allotted)
    rows: dict[int, Iterable[OfficialRow | Gap]] = {1: made.overall, **made.grouped, 6: made.shortage, 7: made.surplus}
    return {number: [dict(_cells(row)) for row in rows[number]] for number in sorted(rows)}


def _cells(row: OfficialRow | Gap) -> Iterator[tuple[str, str | int | Decimal]]:
    if isinstance(row, Gap):
        from openpes.engine.occupations import occupations

        yield "row", occupations()[row.code].name
    yield from ((name, value) for name, value in vars(row).items() if value is not None)
