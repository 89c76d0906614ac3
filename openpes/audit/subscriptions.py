"""Every event of every room becomes a line of the journal, in the transaction that published it."""

import json

from django.db import connection

from openpes.audit.rules import journal_payload
from openpes.kernel import Event, listen
from openpes.kernel.scope import CITY

# Without RETURNING: whoever serves themselves may write a line about somebody else, and may not read it.
WRITE_LINE = "INSERT INTO audit_journalentry (at, by, event, area, person, payload) VALUES (%s, %s, %s, %s, %s, %s)"


@listen(Event)
def write_journal_line(event: Event) -> None:
    """Write the line: who, when, which event, about which area (else the whole city) and person, and its fields."""
    area = getattr(event, "area", "") or CITY
    person = getattr(event, "person", None)
    payload = json.dumps(journal_payload(event.payload()), ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(WRITE_LINE, [event.at, event.by, event.name(), area, person, payload])
