"""The tables of the city and their columns, and which of them nobody has thought of."""

from collections.abc import Mapping

from django.db import connection

from openpes.portal.queries.holdings.catalogue import CATALOGUE, LEFT_OUT, NOBODY, exported_columns
from openpes.portal.queries.holdings.words import COLUMNS

PERSONAL = frozenset({"person", "person_id"})
TABLES = """
SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
GROUP BY c.relname
"""


def city_schema() -> dict[str, tuple[str, ...]]:
    """Every table of the city with its columns, whoever may read it; the parts of a table are that table."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return {table: tuple(columns) for table, columns in cursor.fetchall()}


def unlisted(schema: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What is missing in the catalogue: a sentence a table that nobody listed, names a person, or has no words."""
    kept = {one.table: one for one in CATALOGUE}
    faults = [f"{table} is neither shown to persons nor left out with a reason." for table in sorted(schema)
              if table not in kept and table not in LEFT_OUT]  # fmt: skip
    faults += [
        f"{table} is left out as holding nothing about a person, but has the column {', '.join(sorted(named))}."
        for table, columns in sorted(schema.items())
        if LEFT_OUT.get(table) is NOBODY and (named := PERSONAL.intersection(columns))
    ]
    faults += [f"{table} stands in two lists." for table in sorted(kept.keys() & LEFT_OUT.keys())]
    faults += [f"{table} is listed and does not exist." for table in sorted((kept.keys() | LEFT_OUT) - schema.keys())]
    for table, columns in sorted(schema.items()):
        if table in kept:
            missing = [name for name in exported_columns(table, columns) if name not in COLUMNS]
            missing = [name for name in missing if name not in kept[table].opened]
            faults += [f"{table}.{name} has no words in holdings/words.py." for name in missing]
    return faults
