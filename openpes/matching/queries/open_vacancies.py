"""The open vacancies of the city as columns, kept by the process as long as not one of their rows has changed."""

from datetime import date
from typing import Any

from django.db import connection

from openpes.engine.matching import Vacancies
from openpes.matching.queries.columns import vacancy_columns

# Every write gives a row another place (ctid) or another writer (xmin), and who cannot see the write yet sees neither:
# a stamp is as old as the reader's own sight of the table, so nothing stale is ever shown.
STAMP = """
SELECT count(*), sum(hashtextextended(ctid::text || ' ' || xmin::text, vacancy_id))
FROM vacancies_publishedvacancy WHERE published_on <= %s AND closes_on >= %s AND places_left > 0
"""

_kept: dict[str, tuple[tuple[Any, ...], Vacancies]] = {}  # by database: the last stamp and what it stands for


def open_vacancies(*, on: date) -> Vacancies:
    """What `vacancy_columns` reads, read again only when a row came, went or changed, or on another day."""
    database, stamp = connection.settings_dict["NAME"], _stamp(on)
    kept = _kept.get(database)
    if kept is None or kept[0] != stamp:
        kept = _kept[database] = stamp, vacancy_columns(on=on)
    return kept[1]


def _stamp(on: date) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(STAMP, [on, on])
        return (on, *cursor.fetchone())
