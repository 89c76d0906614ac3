"""What was counted in a period: by table, row and origin, in one pass over the rows of each side; and its seal."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from openpes.engine.calendars import Period
from openpes.engine.indicators import DEFINITION, Counted, Sides
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.statistics.choices import Origin, Side
from openpes.statistics.queries.behind import TABLES_OF, keyed, vacancies_behind, wishes_behind
from openpes.statistics.queries.shown import shown

BEHIND = {Side.DEMAND: vacancies_behind, Side.SEEKERS: wishes_behind}


@dataclass(frozen=True)
class Inputs:
    """What the figures of a period were counted from: how many rows of each kind, and the seal of all of them."""

    vacancies: int
    wishes: int
    seal: str
    others: Mapping[str, int] = field(default_factory=dict)


def counted_sides(*, scope: str, area: str, period: Period) -> Sides:
    """Places and job wishes by table, key and origin (`engine.indicators.report.Sides`)."""
    found = {side: _by_key(_rows(side, scope, area, period), TABLES_OF[side]) for side in Side}
    return Sides(found[Side.DEMAND], found[Side.SEEKERS])


def totals_of(*, scope: str, area: str, period: Period) -> tuple[Counted, Counted]:
    """All places and all job wishes of a period, carried over and new."""
    numbers = []
    for side in Side:
        begun = "published_on" if side == Side.DEMAND else "from_on"
        rows = BEHIND[side](scope=scope, area=area, period=period).order_by()
        told = Sum("counted") if side == Side.DEMAND else Count("id")
        new = Q(**{f"{begun}__gte": period.from_on})
        told_new = Sum("counted", filter=new) if side == Side.DEMAND else Count("id", filter=new)
        found = rows.aggregate(whole=told, new=told_new)
        numbers.append(Counted((found["whole"] or 0) - (found["new"] or 0), found["new"] or 0))
    return numbers[0], numbers[1]


def inputs_of(*, scope: str, area: str, period: Period, allotted: bool) -> Inputs:
    """The rows behind a report and their seal, the same whoever counts them.

    The seal is a SHA-256 over the definition, the area, the period, the rule of allotment, and of each row its number,
    its origin, what it counts and its key in every table.
    """
    vacancies, demand = _digest(_rows(Side.DEMAND, scope, area, period), TABLES_OF[Side.DEMAND])
    wishes, seekers = _digest(_rows(Side.SEEKERS, scope, area, period), TABLES_OF[Side.SEEKERS])
    told = [DEFINITION, area, str(period.from_on), str(period.until_on), allotted, vacancies, demand, wishes, seekers]
    return Inputs(vacancies, wishes, hashlib.sha256(json.dumps(told).encode()).hexdigest())


def _rows(side: Side, scope: str, area: str, period: Period) -> QuerySet:
    return keyed(shown(BEHIND[side](scope=scope, area=area, period=period).order_by()), side, period)


def _by_key(rows: QuerySet, tables: tuple[int, ...]) -> dict[int, dict[str, Counted]]:
    keys = [f"key_{table}" for table in tables]
    sql, params = rows.values("origin", "counted", *keys).query.sql_with_params()
    columns, sets = ", ".join(keys), ", ".join(f"(origin, {key})" for key in keys)
    found: dict[int, dict[str, Counted]] = {table: {} for table in tables}
    with within(CITY), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT origin, {columns}, sum(counted) FROM ({sql}) behind GROUP BY GROUPING SETS ({sets})", params
        )
        for origin, *row, summed in cursor.fetchall():
            number, place = int(summed), next(n for n, key in enumerate(row) if key is not None)
            of_table = found[tables[place]]
            count = Counted(new=number) if origin == Origin.NEW else Counted(carried=number)
            of_table[row[place]] = of_table.get(row[place], Counted()) + count
    return found


def _digest(rows: QuerySet, tables: tuple[int, ...]) -> tuple[int, str]:
    columns = ", ".join(["id", "origin", "counted", *(f"key_{table}" for table in tables)])
    sql, params = rows.values(*columns.split(", ")).query.sql_with_params()
    with within(CITY), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), encode(sha256(convert_to(coalesce(string_agg("
            f"concat_ws('|', {columns}), E'\\n' ORDER BY id), ''), 'UTF8')), 'hex') FROM ({sql}) behind",
            params,
        )
        number, digest = cursor.fetchone()
    return int(number), str(digest)
