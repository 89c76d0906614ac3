"""What the counter keeps: numbers in the queue, saved views of lists, receipts."""

from openpes.counter.models.queue import Ticket, TicketQuerySet, TicketSeries
from openpes.counter.models.receipts import Receipt, ReceiptProof
from openpes.counter.models.views import SavedView, SavedViewQuerySet

__all__ = [
    "Receipt",
    "ReceiptProof",
    "SavedView",
    "SavedViewQuerySet",
    "Ticket",
    "TicketQuerySet",
    "TicketSeries",
]
