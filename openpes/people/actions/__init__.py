"""What may be done about persons: register, change, move, form households, open files, reveal identifiers."""

from openpes.people.actions.files import open_file, reveal_identifier
from openpes.people.actions.homes import move_residence
from openpes.people.actions.households import (
    HouseholdFacts,
    form_household,
    join_household,
    leave_household,
    name_head,
)
from openpes.people.actions.ledger import LedgerFacts, record_ledger, withdraw_ledger_rows
from openpes.people.actions.ledger_rows import LedgerRow, enter_ledger
from openpes.people.actions.persons import PersonChanges, PersonFacts, change_person, register_person

__all__ = [
    "HouseholdFacts",
    "LedgerFacts",
    "LedgerRow",
    "PersonChanges",
    "PersonFacts",
    "change_person",
    "enter_ledger",
    "form_household",
    "join_household",
    "leave_household",
    "move_residence",
    "name_head",
    "open_file",
    "record_ledger",
    "register_person",
    "reveal_identifier",
    "withdraw_ledger_rows",
]
