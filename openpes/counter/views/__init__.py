"""Pages of the counter: the desk, and the queue of the hall."""

from openpes.counter.views.bulk import bulk, bulk_act
from openpes.counter.views.desk import candidates, find, home, person, wishes
from openpes.counter.views.lists import receipt, receipt_check, receipt_new, receipt_scan, view_drop, view_save
from openpes.counter.views.queue import (
    arrive,
    call,
    hall,
    hall_rows,
    move,
    next_number,
    pane,
    queue,
    slip,
    take,
    waiting,
)
from openpes.counter.views.reader import reader

__all__ = [
    "arrive",
    "bulk",
    "bulk_act",
    "call",
    "candidates",
    "find",
    "hall",
    "hall_rows",
    "home",
    "move",
    "next_number",
    "pane",
    "person",
    "queue",
    "reader",
    "receipt",
    "receipt_check",
    "receipt_new",
    "receipt_scan",
    "slip",
    "take",
    "view_drop",
    "view_save",
    "waiting",
    "wishes",
]
