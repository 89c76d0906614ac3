"""The open feed: everything that is open, page by page, and what changed behind a cursor.

Readers keep their own cursor; the city keeps nothing about any of them. A cursor stands behind an entry of the log in
the order (transaction, entry). Only entries of transactions older than every running one are given out, so an entry
that is committed later always comes later: nothing is skipped and nothing comes twice, whoever writes meanwhile.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Max, QuerySet

from openpes.exchange.models import FeedEntry
from openpes.exchange.rules import LARGEST, Cursor
from openpes.matching.queries import open_published
from openpes.vacancies.models import PublishedVacancy

HERE = "(SELECT oid::bigint FROM pg_database WHERE datname = current_database())"
SETTLED = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
NOW = f"SELECT {HERE}, {SETTLED}"
# A vacancy that changed more than once stands at its last change.
BEHIND = f"""
SELECT e.vacancy_id, e.noted_at, e.tx, e.id FROM exchange_feedentry e
WHERE e.base = {HERE} AND (e.tx, e.id) > (%s, %s) AND e.tx < {SETTLED} AND NOT EXISTS (
    SELECT FROM exchange_feedentry later WHERE later.vacancy_id = e.vacancy_id AND (later.tx, later.id) > (e.tx, e.id)
    AND later.base = e.base AND later.tx < {SETTLED})
ORDER BY e.tx, e.id LIMIT %s
"""


@dataclass(frozen=True)
class Snapshot:
    """A page of everything that is open, by id; `behind` is the cursor for changes, on the first page only."""

    rows: tuple[PublishedVacancy, ...]
    next_after: int | None
    behind: Cursor | None


@dataclass(frozen=True)
class Changes:
    """What changed behind a cursor: rows that are open now, ids that are not, and the cursor to go on from."""

    rows: tuple[PublishedVacancy, ...]
    ended: tuple[tuple[int, datetime], ...]
    cursor: Cursor
    has_more: bool


def snapshot_page(*, on: date, after: int = 0, place: str = "", occupation: str = "", limit: int = 100) -> Snapshot:
    """A page of the vacancies that are open on a day, by id behind `after`; pages neither skip nor repeat a vacancy.

    The cursor of the first page is taken before its rows are read: changes behind it hold whatever the pages lack.
    """
    behind = present_cursor(on) if not after else None
    found = list(_inside(open_published(on=on), place, occupation).filter(pk__gt=after).order_by("pk")[: limit + 1])
    shown = found[:limit]
    return Snapshot(tuple(shown), shown[-1].pk if len(found) > limit else None, behind)


def present_cursor(on: date) -> Cursor:
    """The cursor behind everything that is settled now."""
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        base, settled = cursor.fetchone()
    return Cursor(base, settled - 1, LARGEST, on)


def is_of_this_city(cursor: Cursor) -> bool:
    """Whether a cursor was given out by this database, and not before it was restored elsewhere."""
    with connection.cursor() as asked:
        asked.execute(NOW)
        base, settled = asked.fetchone()
    return bool(cursor.base == base and cursor.tx < settled)


def changes_behind(cursor: Cursor, *, on: date, limit: int = 100) -> Changes:
    """What changed behind a cursor, the oldest first, each vacancy once as it stands now."""
    with connection.cursor() as asked:
        asked.execute(BEHIND, [cursor.tx, cursor.entry, limit + 1])
        entries = asked.fetchall()
    told = entries[:limit]
    latest = {vacancy: noted_at for vacancy, noted_at, _tx, _entry in told}
    rows = {row.pk: row for row in open_published(on=on).filter(pk__in=latest).order_by("pk")}
    tx, entry = (told[-1][2], told[-1][3]) if told else (cursor.tx, cursor.entry)
    return Changes(
        rows=tuple(rows[pk] for pk in latest if pk in rows),
        ended=tuple((pk, noted_at) for pk, noted_at in latest.items() if pk not in rows),
        cursor=Cursor(cursor.base, tx, entry, on),
        has_more=len(entries) > limit,
    )


def newest(*, on: date, place: str = "", occupation: str = "", limit: int = 50) -> list[PublishedVacancy]:
    """The newest vacancies that are open on a day."""
    return list(_inside(open_published(on=on), place, occupation)[:limit])


def changed_at() -> datetime | None:
    """When a published vacancy last came, changed or went; nothing when none ever did."""
    return FeedEntry.objects.order_by().aggregate(at=Max("noted_at"))["at"]


def _inside(found: QuerySet[PublishedVacancy], place: str, occupation: str) -> QuerySet[PublishedVacancy]:
    if place:
        found = found.filter(place__gte=place, place__lt=place + "~")
    return found.filter(occupation__gte=occupation, occupation__lt=occupation + "~") if occupation else found


def one_open(*, number: int, on: date) -> PublishedVacancy | None:
    """The vacancy of a number, when it is open on a day."""
    return open_published(on=on).filter(pk=number).first() if 0 < number <= LARGEST else None
