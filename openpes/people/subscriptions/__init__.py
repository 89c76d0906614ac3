"""What the room of persons offers to others: the rural ledger as a kind of table that may come in; what goes along."""

from openpes.people.subscriptions import ties
from openpes.people.subscriptions.ledger import RURAL_LEDGER
from openpes.people.subscriptions.records import go_with_the_file

__all__ = ["RURAL_LEDGER", "go_with_the_file", "ties"]
