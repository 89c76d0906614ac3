"""Pages of appointments: at the counter, and on a person's own page."""

from openpes.appointments.views.counter import cancel, day, leave, new, recall, take
from openpes.appointments.views.own import own, own_cancel, own_leave, own_new, own_recall, own_take

__all__ = [
    "cancel",
    "day",
    "leave",
    "new",
    "own",
    "own_cancel",
    "own_leave",
    "own_new",
    "own_recall",
    "own_take",
    "recall",
    "take",
]
