"""Whether an act locks the person before it locks or writes a row that belongs to one."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection

from openpes.people.models import Person
from openpes.people.models.ties import ties

TOUCHED = re.compile(r'(?:UPDATE|INSERT INTO|DELETE FROM|FROM) "(\w+)"')


def statements_of(act: Callable[[], Any]) -> list[str]:
    """What an act asks of the database, in order."""
    told: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        told.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return told


def touched_before_the_lock(statements: list[str]) -> list[str]:
    """The rows of persons that were locked or written before a person was; none when all is well."""
    tied = {tie.table for tie in ties()}
    early = []
    for sql in statements:
        table = next(iter(TOUCHED.findall(sql)), "")
        locks = "FOR UPDATE" in sql or "FOR NO KEY UPDATE" in sql
        if table == Person._meta.db_table and locks:
            return early
        if table in tied and (locks or not sql.startswith("SELECT")):
            early.append(sql)
    return early if early else ["no person was locked"]
