"""Every event of every room becomes a line of the journal, in the transaction that published it."""

import json
from collections.abc import Sequence

from django.db import connection

from openpes.audit.rules import BEHALF, journal_payload
from openpes.kernel import Event, listen
from openpes.kernel.action import acting_on_behalf_of
from openpes.kernel.events import hear_many
from openpes.kernel.rows import array_text
from openpes.kernel.scope import CITY

# Without RETURNING: whoever serves themselves may write a line about somebody else, and may not read it.
WRITE_LINES = """
INSERT INTO audit_journalentry (at, by, event, area, person, payload)
SELECT x.at, x.by, x.event, x.area, x.person, x.payload::jsonb
FROM unnest(%s::timestamptz[], %s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::text[])
     WITH ORDINALITY AS x(at, by, event, area, person, payload, place)
ORDER BY x.place
"""
Cells = tuple[object, ...]
as_json = json.JSONEncoder(ensure_ascii=False).encode


@listen(Event)
def write_journal_line(event: Event) -> None:
    """Write the line: who, when, which event, about which area (else the whole city) and person, and its fields."""
    connection.write_behind(WRITE_LINES, _columns([event]))


@hear_many(write_journal_line)
def write_journal_lines(events: Sequence[Event]) -> None:
    """Write the lines of many events by one statement, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE_LINES, _columns(events))


def _columns(events: Sequence[Event]) -> list[str]:
    return [array_text(column) for column in zip(*map(_line, events), strict=True)]


def _line(event: Event) -> Cells:
    area = getattr(event, "area", "") or CITY
    behalf = acting_on_behalf_of()
    told = event.payload() | ({BEHALF: behalf} if behalf else {})
    payload = as_json(journal_payload(told))
    return event.at, event.by, event.name(), area, getattr(event, "person", None), payload
