"""Pages of the counter: the desk, and the queue of the hall."""

from openpes.counter.views.desk import candidates, find, home, person
from openpes.counter.views.queue import call, hall, hall_rows, move, next_number, pane, queue, slip, take, waiting

__all__ = [
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
    "slip",
    "take",
    "waiting",
]
