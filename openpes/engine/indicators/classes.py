"""Short keys for the rows of the official tables: the place of the row in its table, and which keys a row holds."""

from collections.abc import Mapping

from openpes.engine.indicators.tables import NO_REQUIREMENT, SECTORS, TABLES

FREE = "0"  # 无要求
WHOLE = ""  # 合计

KEYS: Mapping[int, Mapping[str, str]] = {
    number: {str(place): row for place, row in enumerate(table.rows, 1)}
    | ({FREE: NO_REQUIREMENT} if table.free else {})
    for number, table in TABLES.items()
}
_PLACES = {number: {row: key for key, row in rows.items()} for number, rows in KEYS.items()}

# Rows that no register of the product tells yet: printed as not recorded, never as zero.
UNRECORDED: Mapping[int, frozenset[str]] = {12: frozenset({"6", "7", "8"})}


def keys_in(table: int, key: str) -> tuple[str, ...]:
    """The keys that were counted and add up to a row: its own, and those of the rows that are part of it.

    A sector of table 2 holds industries, so its keys are those of table 3.
    """
    row = KEYS[table][key]
    if table == 2:
        return tuple(_PLACES[3][name] for name in SECTORS.get(row, (row,)))
    inner = (one for part in TABLES[table].children(row) for one in keys_in(table, _PLACES[table][part]))
    return (key, *inner)


def key_of(table: int, row: str) -> str:
    """The key of an official row; empty for its total."""
    return _PLACES[table].get(row, WHOLE)
