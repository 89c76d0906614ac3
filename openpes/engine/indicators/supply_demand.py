"""The official rows of the quarterly supply-demand report from published or counted figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from openpes.engine.indicators.rates import half_up, percentage, ratio
from openpes.engine.indicators.tables import (
    NO_REQUIREMENT,
    NOT_RECORDED,
    OTHER,
    SECTORS,
    TABLES,
    TOTAL,
    OfficialTable,
    Side,
    row_named,
)
from openpes.engine.message import Message

ALLOTMENTS = ("official", "none")
MOST = 10**10  # more than there are people


class CountsRefused(ValueError):
    """The counts do not make the table; the message says which row and why."""

    def __init__(self, text: str, **params: Any) -> None:
        self.message = Message(text, params)
        super().__init__(str(self.message))


@dataclass(frozen=True)
class OfficialRow:
    """A printed row: persons, percentages and ratio with two decimals; None where the report has none."""

    row: str
    demand: int | None = None
    demand_pct: Decimal | None = None
    seekers: int | None = None
    seekers_pct: Decimal | None = None
    ratio: Decimal | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the row under the names of the exchange format."""
        return dict(vars(self))


@dataclass(frozen=True)
class _Counts:
    """The counts of one table by official row, and the names under which they came."""

    table: OfficialTable
    by_row: dict[str, dict[Side, int | None]]
    names: dict[str, str]

    def of(self, row: str, side: Side) -> int:
        return self.by_row.get(row, {}).get(side) or 0

    def classes(self) -> list[str]:
        """The given rows that add up to the total, without 无要求."""
        return [row for row in self.table.rows if row in self.by_row and not self.table.parent(row)]

    def sum(self, side: Side) -> int:
        return sum(self.of(row, side) for row in (*self.classes(), NO_REQUIREMENT))


def supply_demand(table: int, rows: Iterable[Mapping[str, Any]], allot: str = "official") -> tuple[OfficialRow, ...]:
    """Return the rows of table 2, 3, 4, 5, 8, 9, 10, 11 or 12 in the official order, the total last.

    `rows` are mappings with `row` and the persons in `demand` and `seekers` (either may be missing or None),
    in any order, with or without 合计. Rows that were not given are not printed. `allot` is `official`
    (无要求 is shared out before the ratio is taken) or `none` (plain ratio). Table 2 also takes the rows of
    table 3.

    :raises CountsRefused: an unknown table or row, a row twice, a count that is not a whole number of persons
        or that contradicts another
    """
    if table not in TABLES:
        known = ", ".join(str(number) for number in TABLES)
        raise CountsRefused(
            "There is no table %(table)s with rows of its own; choose one of %(known)s.",
            table=table,
            known=known,
        )
    if allot not in ALLOTMENTS:
        raise CountsRefused("The allotment must be 'official' or 'none', not '%(allot)s'.", allot=allot)
    given = list(rows)
    if table == 2:
        given = _by_sector(given, allot)
    counts = _counts(TABLES[table], given)
    printed = [row for row in (*TABLES[table].rows, NO_REQUIREMENT) if row in counts.by_row]
    return (*(_printed(counts, row, allot) for row in printed), _total(counts))


def overall(
    carried: tuple[int, int], new: tuple[int, int], name: str = "合计(本期有效数)"
) -> tuple[OfficialRow, OfficialRow, OfficialRow]:
    """Return table 1 from (demand, seekers) carried over and new: 上期结转, 本期新增 and their sum.

    :raises CountsRefused: a count is negative
    """
    both = {"上期结转": carried, "本期新增": new, name: (carried[0] + new[0], carried[1] + new[1])}
    for row, (demand, seekers) in both.items():
        _person_count(row, "demand", demand)
        _person_count(row, "seekers", seekers)
    first, second, third = (
        OfficialRow(row, demand=demand, seekers=seekers, ratio=ratio(demand, seekers))
        for row, (demand, seekers) in both.items()
    )
    return first, second, third


def _counts(table: OfficialTable, rows: list[Mapping[str, Any]]) -> _Counts:
    """Read the rows of one table and refuse what cannot be right."""
    by_row: dict[str, dict[Side, int | None]] = {}
    names: dict[str, str] = {}
    for given in rows:
        name = str(given.get("row", ""))
        row = row_named(table, name)
        if row is None:
            raise CountsRefused(
                "Table %(table)s has no row '%(row)s'; its rows are: %(rows)s.",
                table=table.number,
                row=name,
                rows="；".join(table.rows),
            )
        if row in by_row:
            raise CountsRefused("The row '%(row)s' is given twice.", row=name)
        by_row[row] = {side: _person_count(name, side, given.get(side)) for side in table.sides}
        names[row] = name
    total = by_row.pop(TOTAL, None)
    counts = _Counts(table, by_row, names)
    _add_wholes(counts)
    _refuse_contradictions(counts, total)
    return counts


def _person_count(row: str, side: Side, value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():  # tables with empty cells are often kept as 6222.0
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise CountsRefused(
            "Row '%(row)s': %(side)s must be a whole number of persons, not %(value)r.",
            row=row,
            side=side,
            value=value,
        )
    if value < 0:
        raise CountsRefused(
            "Row '%(row)s': %(side)s is %(value)s; a count of persons cannot be negative.",
            row=row,
            side=side,
            value=value,
        )
    if value > MOST:
        raise CountsRefused(
            "Row '%(row)s': %(side)s has %(digits)s digits; there are not so many persons.",
            row=row,
            side=side,
            digits=len(str(value)),
        )
    return value


def _add_wholes(counts: _Counts) -> None:
    """Add a row that is the sum of its parts where only the parts are given."""
    table = counts.table
    for whole in table.complete:
        parts = [part for part in table.children(whole) if part in counts.by_row]
        if whole not in counts.by_row and parts:
            counts.by_row[whole] = {side: sum(counts.of(part, side) for part in parts) for side in table.sides}
    for part, whole in table.parts:
        if part in counts.by_row and whole not in counts.by_row:
            raise CountsRefused("Row '%(part)s' is part of '%(whole)s', which is missing.", part=part, whole=whole)


def _refuse_contradictions(counts: _Counts, total: dict[Side, int | None] | None) -> None:
    table = counts.table
    if not counts.by_row:
        raise CountsRefused("Table %(table)s has no rows to compute.", table=table.number)
    for side in table.sides:
        for whole in {parent for _, parent in table.parts}:
            parts = sum(counts.of(part, side) for part in table.children(whole))
            if parts > counts.of(whole, side):
                raise CountsRefused(
                    "%(side)s: the parts of '%(whole)s' add up to %(parts)s, more than its %(count)s.",
                    side=side,
                    whole=whole,
                    parts=parts,
                    count=counts.of(whole, side),
                )
        if table.free and side != table.free and counts.of(NO_REQUIREMENT, side):
            raise CountsRefused(
                "Table %(table)s counts 无要求 only on the side of %(free)s, not of %(side)s.",
                table=table.number,
                free=table.free,
                side=side,
            )
        stated = total.get(side) if total else None
        if stated is not None and stated != counts.sum(side):
            raise CountsRefused(
                "%(side)s: the row 合计 says %(stated)s, but the rows add up to %(sum)s.",
                side=side,
                stated=stated,
                sum=counts.sum(side),
            )


def _printed(counts: _Counts, row: str, allot: str) -> OfficialRow:
    table = counts.table
    whole = table.outermost(row)
    demand, seekers = counts.by_row[row].get("demand"), counts.by_row[row].get("seekers")
    return OfficialRow(
        counts.names.get(row, row),
        demand,
        _share(counts, row, "demand", whole),
        seekers,
        _share(counts, row, "seekers", whole),
        _ratio(counts, row, allot) if len(table.sides) == 2 and row not in (NO_REQUIREMENT, NOT_RECORDED) else None,
    )


def _share(counts: _Counts, row: str, side: Side, whole: str | None) -> Decimal | None:
    count = counts.by_row[row].get(side)
    if count is None or (row == NO_REQUIREMENT and side != counts.table.free):
        return None
    return percentage(count, counts.of(whole, side) if whole else counts.sum(side))


def _ratio(counts: _Counts, row: str, allot: str) -> Decimal | None:
    """Return the 求人倍率 of a class, 无要求 shared out by the rule of the table."""
    demand, seekers = counts.of(row, "demand"), counts.of(row, "seekers")
    if counts.table.free == "seekers":
        added = half_up(_allotted(counts, row, "seekers", "demand"), 0) if allot == "official" else 0
        return ratio(demand, seekers + int(added))
    if counts.of(NO_REQUIREMENT, "demand") and not any(counts.of(name, "demand") for name in counts.classes()):
        return None  # no employer stated a requirement: the report prints no ratio
    return ratio(demand + (_allotted(counts, row, "demand", "seekers") if allot == "official" else 0), seekers)


def _allotted(counts: _Counts, row: str, free: Side, weigher: Side) -> Fraction:
    """Return the share of 无要求 that falls to a class by the weight of the other side."""
    weights = sum(counts.of(name, weigher) for name in counts.classes())
    return Fraction(counts.of(NO_REQUIREMENT, free) * counts.of(row, weigher), weights) if weights else Fraction(0)


def _total(counts: _Counts) -> OfficialRow:
    values: dict[str, Any] = {}
    for side in counts.table.sides:
        total = counts.sum(side)
        values |= {side: total, f"{side}_pct": percentage(total, total)}
    return OfficialRow(counts.names.get(TOTAL, TOTAL), **values)


def _by_sector(rows: list[Mapping[str, Any]], allot: str) -> list[Mapping[str, Any]]:
    """Turn rows of industries into the three sectors; with the official allotment 其他 is spread by weight.

    Instructions of the report, note to table 3: 其他行业 is shared out to the other rows first.
    """
    sums, other, names = _sector_sums(rows)
    if allot == "official" and any(sums.values()):
        sums, other = _spread(sums, other), 0
    kept: list[Mapping[str, Any]] = [{"row": names.get(row, row), "demand": count} for row, count in sums.items()]
    return [*kept, {"row": names.get(OTHER, OTHER), "demand": other}] if other else kept


def _sector_sums(rows: list[Mapping[str, Any]]) -> tuple[dict[str, int], int, dict[str, str]]:
    """Return the demand by sector, that of 其他, and the names under which the rows came."""
    if any(row_named(TABLES[3], str(given.get("row", ""))) in TABLES[3].rows[:-1] for given in rows):
        industries = _counts(TABLES[3], rows)
        sums = {sector: sum(industries.of(row, "demand") for row in of) for sector, of in SECTORS.items()}
        return sums, industries.of(OTHER, "demand"), {}
    sectors = _counts(TABLES[2], rows)
    sums = {sector: sectors.of(sector, "demand") for sector in SECTORS if sector in sectors.by_row}
    return sums, sectors.of(OTHER, "demand"), sectors.names


def _spread(sums: dict[str, int], other: int) -> dict[str, int]:
    """Share `other` out by weight in whole persons, so that the rows still add up (largest remainder)."""
    whole = sum(sums.values())
    exact = {row: Fraction(other * count, whole) for row, count in sums.items()}
    given = {row: floor(share) for row, share in exact.items()}
    order = sorted(sums, key=lambda row: given[row] - exact[row])
    for row in order[: other - sum(given.values())]:
        given[row] += 1
    return {row: count + given[row] for row, count in sums.items()}
