"""The tables of the report as the public sees them: small numbers, and what would give them away, are not there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from openpes.engine.indicators.classes import KEYS
from openpes.engine.indicators.gaps import Gap
from openpes.engine.indicators.report import MINOR_CLASS, Tables, occupation_key
from openpes.engine.indicators.shielding import shielded_line
from openpes.engine.indicators.supply_demand import OfficialRow
from openpes.engine.indicators.tables import NO_REQUIREMENT, OTHER, SECTORS, TABLES, Side

Counts = Mapping[str, int]
TOTAL = ""  # the root of every tree of rows
REDACTED = "*"  # what stands on pages in place of a hidden number
Shown = frozenset[str]


def shielded_tables(tables: Tables, *, least: int) -> Tables:
    """The tables with nothing in place of every number below `least` and of those from which it could be computed.

    Rows stand under the rows that hold them: industries under sectors, kinds of enterprises under enterprises, minor
    classes under the classes of table 5. What stands below a hidden row is hidden. A share goes with its number; a
    ratio goes when one of its two numbers does, or when the number that was allotted into it is hidden. Totals stay
    unless they are small themselves, since every table prints the same. Of tables 6 and 7 whole rows stay.
    """
    shown = {(number, side): _shown_rows(tables, number, side, least) for number in TABLES for side in _sides(number)}
    spread = any(row.row == OTHER and row.demand for row in tables.grouped[3])
    grouped = {number: _grouped(number, rows, shown, spread=spread) for number, rows in tables.grouped.items()}
    return Tables(
        _overall(tables.overall, least),
        grouped,
        *(_told_gaps(gaps, tables, shown, least) for gaps in (tables.shortage, tables.surplus)),
    )


def shielded_overall(rows: tuple[OfficialRow, ...], *, least: int) -> tuple[OfficialRow, ...]:
    """Table 1 of one period, shielded alone."""
    return _overall(rows, least)


def _sides(number: int) -> tuple[Side, ...]:
    return TABLES[number].sides


def _overall(rows: tuple[OfficialRow, ...], least: int) -> tuple[OfficialRow, ...]:
    found = list(rows)
    for side in ("demand", "seekers"):
        line = shielded_line([getattr(row, side) or 0 for row in rows[:-1]], least=least)
        total = sum(getattr(row, side) or 0 for row in rows[:-1])
        values = line.values if line.total is not None else (None,) * len(line.values)
        told = (*values, total if total >= least else None)
        found = [_with(row, side, value) for row, value in zip(found, told, strict=True)]
    return tuple(found)


def _with(row: OfficialRow, side: str, value: int | None) -> OfficialRow:
    changed = OfficialRow(**{**row.as_dict(), side: value})
    return changed if value is not None else replace(changed, ratio=None)


def _shown_rows(tables: Tables, number: int, side: Side, least: int) -> Shown:
    """The rows of a table whose numbers of one side may be seen; of table 2 those of its industries."""
    rows = tables.grouped[3 if number == 2 else number]
    counts = {row.row: getattr(row, side) or 0 for row in rows[:-1] if getattr(row, side) is not None}
    if number in (2, 3):
        counts |= {sector: sum(counts.get(row, 0) for row in inside) for sector, inside in SECTORS.items()}
    return _opened(_tree(number, counts), counts, sum_of=getattr(rows[-1], side) or 0, least=least)


def _tree(number: int, counts: Counts) -> dict[str, tuple[str, ...]]:
    """Which rows stand directly below a row, the total first."""
    if number in (2, 3):
        return {TOTAL: (*SECTORS, OTHER), **SECTORS}
    table = TABLES[number]
    tree: dict[str, tuple[str, ...]] = {TOTAL: tuple(row for row in counts if not table.parent(row))}
    for whole in {parent for _part, parent in table.parts}:
        tree[whole] = tuple(row for row in table.children(whole) if row in counts)
    return tree


def _opened(tree: Mapping[str, tuple[str, ...]], counts: Counts, *, sum_of: int, least: int) -> Shown:
    """The rows of a tree that may be seen, from the total down; with them the total when it may be seen itself."""
    seen: set[str] = set()
    waiting = [TOTAL]
    while waiting:
        whole = waiting.pop()
        parts = tree.get(whole, ())
        number = sum_of if whole == TOTAL else counts[whole]
        values = [*(counts[part] for part in parts), number - sum(counts[part] for part in parts)]
        if not values[-1]:
            values.pop()  # the parts are the whole: there is no rest that one could tell
        line = shielded_line(values, least=least)
        if whole == TOTAL and number >= least:
            seen.add(TOTAL)
        if line.total is None:  # the whole is seen, so nothing in it can be
            continue
        opened = [part for part, value in zip(parts, line.values, strict=False) if value is not None]
        seen.update(opened)
        waiting += [part for part in opened if tree.get(part)]
    return frozenset(seen)


def _grouped(
    number: int, rows: tuple[OfficialRow, ...], shown: Mapping[tuple[int, Side], Shown], *, spread: bool
) -> tuple[OfficialRow, ...]:
    found = []
    free = TABLES[number].free
    told_free = free is None or NO_REQUIREMENT in shown[number, free]
    told_other = number != 2 or OTHER in shown[2, "demand"] or not spread
    for row in rows:
        name = TOTAL if row is rows[-1] else row.row
        values = row.as_dict()
        for side in _sides(number):
            if name not in shown[number, side] or not (told_other or name == TOTAL):
                values |= {side: None, f"{side}_pct": None, "ratio": None}
        if not told_free:
            values["ratio"] = None
        found.append(OfficialRow(**values))
    return tuple(found)


def _told_gaps(
    gaps: tuple[Gap, ...], tables: Tables, shown: Mapping[tuple[int, Side], Shown], least: int
) -> tuple[Gap, ...]:
    """The gaps of which both numbers are told, each a part of its class in table 5 beside what the class has else."""
    return tuple(gap for gap in gaps if all(_is_told(gap, side, tables, shown, least) for side in _sides(5)))


def _is_told(gap: Gap, side: Side, tables: Tables, shown: Mapping[tuple[int, Side], Shown], least: int) -> bool:
    row = KEYS[5][occupation_key(gap.code)]
    if row not in shown[5, side]:
        return False
    whole = next(getattr(one, side) or 0 for one in tables.grouped[5] if one.row == row)
    listed: Sequence[Gap] = (*tables.shortage, *tables.surplus)
    inside = [one for one in listed if KEYS[5][occupation_key(one.code[:MINOR_CLASS])] == row]
    counts = {one.code: getattr(one, side) for one in inside}
    return gap.code in _opened({TOTAL: tuple(counts)}, counts, sum_of=whole, least=least)
