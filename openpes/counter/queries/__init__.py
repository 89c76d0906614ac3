"""What the desk sees at a glance, and the queue of a hall."""

from openpes.counter.queries.desk import Hit, ToDo, badge_of, hits, to_dos
from openpes.counter.queries.home import Home, WaitingLine, home_of, waiting_lines, wishes_of
from openpes.counter.queries.lists import (
    CheckedReceipt,
    ViewChip,
    bulk_kinds,
    checked_receipt,
    receipt,
    receipt_lines,
    view_chips,
)
from openpes.counter.queries.person import PersonFile, person_file
from openpes.counter.queries.queue import Queue, hall_queue, queue_for, queue_of, waiting_count

__all__ = [
    "CheckedReceipt",
    "Hit",
    "Home",
    "PersonFile",
    "Queue",
    "ToDo",
    "ViewChip",
    "WaitingLine",
    "badge_of",
    "bulk_kinds",
    "checked_receipt",
    "hall_queue",
    "hits",
    "home_of",
    "person_file",
    "queue_for",
    "queue_of",
    "receipt",
    "receipt_lines",
    "to_dos",
    "view_chips",
    "waiting_count",
    "waiting_lines",
    "wishes_of",
]
