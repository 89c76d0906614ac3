"""What is done at the counter: the queue, many persons at once, saved views, receipts."""

from openpes.counter.actions.bulk import Foreseen, act_on_many, foresee
from openpes.counter.actions.queue import call_again, call_next, move_ticket, take_ticket, welcome
from openpes.counter.actions.receipts import issue_receipt
from openpes.counter.actions.views import drop_view, save_view

__all__ = [
    "Foreseen",
    "act_on_many",
    "call_again",
    "call_next",
    "drop_view",
    "foresee",
    "issue_receipt",
    "move_ticket",
    "save_view",
    "take_ticket",
    "welcome",
]
