"""What the room of persons offers to others: the rural ledger as a kind of table that may come in."""

from openpes.people.subscriptions.ledger import RURAL_LEDGER

__all__ = ["RURAL_LEDGER"]
