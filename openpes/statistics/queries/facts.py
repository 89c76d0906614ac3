"""Facts as columns for the kernel, and cells of them grouped by any two dimensions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from django.db import connection

from openpes.engine.figures import Facts
from openpes.statistics.choices import FactKind
from openpes.statistics.models import Fact

AT_ONCE = 1_000_000  # rows of a part: some 100 MB while it is read
HEADER, END = bytes(19), b"\xff\xff"
SINCE_1970 = (date(2000, 1, 1) - date(1970, 1, 1)).days  # PostgreSQL counts days from 2000
DAYS = ("happened_on", "counted_on")


def fact_parts(
    *, scope: str, area: str = "", kinds: Sequence[FactKind] = (), before: date | None = None, at_once: int = AT_ONCE
) -> Iterator[Facts]:
    """The facts of an area inside a scope as columns, in parts of at most so many rows, in no order.

    `kinds` are all kinds when there are none; `before` leaves out what counts on that day or later. What may be seen
    is decided by the scope and by the transaction in which the parts are read.
    """
    from openpes.engine.copied import Field, code, columns, number

    if not scope:
        return
    rows = Fact.objects.visible_to(scope).visible_to(area or scope).order_by()
    rows = rows.of_kinds(*kinds) if kinds else rows
    rows = rows.filter(counted_on__lt=before) if before else rows
    fields: list[Field] = [code(12) if name == "area" else number() for name in Facts._fields]
    sql, values = rows.values_list(*Facts._fields).query.sql_with_params()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)", values) as copy:
        for messages in _pieces(copy, at_once):
            made = dict(zip(Facts._fields, columns(messages, fields), strict=True))
            for name in DAYS:
                made[name] = made[name] + SINCE_1970
            yield Facts.of({name: np.ascontiguousarray(column) for name, column in made.items()})


def _pieces(copy: Iterable[bytes], at_once: int) -> Iterator[list[bytes]]:
    """The rows of a copy as copies of their own, each with a header and an end; none without rows."""
    rows: list[bytes] = []
    for place, message in enumerate(copy):
        told = bytes(message) if place else bytes(message)[len(HEADER) :]
        if told and told != END:
            rows.append(told)
        if len(rows) == at_once:
            yield [HEADER, *rows, END]
            rows = []
    if rows:
        yield [HEADER, *rows, END]
