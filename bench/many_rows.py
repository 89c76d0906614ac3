"""A city many times as large: every row behind facts copied so often in SQL, with keys of its own and all its ties."""

from typing import Any

import psycopg
from psycopg import sql

FAR = 1_000_000_000  # beyond every key of the city that is copied
# What facts are made of, and what the questions over rows ask beside; who is named stands before who names.
COPIED = (
    "people_person", "employers_employer", "people_groupmembership", "registration_statusperiod",
    "registration_jobwish", "vacancies_vacancy", "vacancies_fill", "referrals_referral", "referrals_hire",
    "referrals_retentioncheck",
)  # fmt: skip
TIES = """
SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.conrelid = %s::regclass
"""
COLUMNS = """
SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
AND attgenerated = '' ORDER BY attnum
"""
# Keys that hold once in a city (numbers, blind indexes) are copied as they are, so their indexes go; the others return.
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), i.indisunique OR i.indisexclusion,
       (SELECT conname FROM pg_constraint WHERE conindid = i.indexrelid AND conrelid = i.indrelid)
FROM pg_index i WHERE i.indrelid = %s::regclass AND NOT i.indisprimary
"""


def multiply(admin: psycopg.Connection, times: int) -> None:
    """Make a city so many times as large; `admin` may do everything in its schema. Tables are analysed afterwards."""
    admin.execute("SET session_replication_role = replica")
    admin.execute("SET maintenance_work_mem = '1GB'")
    for table in COPIED:
        back = [one for one in _drop_indexes(admin, table) if table != "people_person" or "(area" in one]
        _copy(admin, table, times)
        for definition in back:
            admin.execute(sql.SQL(definition))
        admin.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
    admin.execute("SET session_replication_role = DEFAULT")


def _drop_indexes(admin: psycopg.Connection, table: str) -> list[str]:
    back = []
    for name, definition, is_once, constraint in admin.execute(INDEXES, [table]).fetchall():
        if constraint:
            admin.execute(
                sql.SQL("ALTER TABLE {} DROP CONSTRAINT {} CASCADE").format(
                    sql.Identifier(table), sql.Identifier(constraint)
                )
            )
        else:
            admin.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(*name.split("."))))
        if not is_once:
            back.append(definition)
    return back


def _copy(admin: psycopg.Connection, table: str, times: int) -> None:
    columns = [name for (name,) in admin.execute(COLUMNS, [table]).fetchall()]
    tied = {name for name, other in admin.execute(TIES, [table]).fetchall() if _plain(other) in COPIED}
    told: list[Any] = [
        sql.SQL("{} + far").format(sql.Identifier(name)) if name in tied | {"id"} else sql.Identifier(name)
        for name in columns
    ]
    admin.execute(
        sql.SQL(
            "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {told} FROM"
            " (SELECT n::bigint * {far} AS far FROM generate_series(1, {times}) AS n) AS copy CROSS JOIN {table}"
        ).format(
            table=sql.Identifier(table),
            columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
            told=sql.SQL(", ").join(told),
            far=sql.Literal(FAR),
            times=sql.Literal(times - 1),
        )
    )


def _plain(name: str) -> str:
    return name.rpartition(".")[2].strip('"')
