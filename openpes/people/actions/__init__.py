"""What may be done about persons: register, change, move, form households, open files, reveal identifiers."""

from openpes.people.actions.corrections import (
    Answer,
    answer_correction,
    appeal_correction,
    ask_correction,
    rule_correction,
    take_own_copy,
)
from openpes.people.actions.files import open_file, reveal_identifier
from openpes.people.actions.groups import (
    GroupFacts,
    end_group,
    end_groups_proved_by,
    enter_decided_group,
    enter_group,
    recognise_group,
    refuse_group,
)
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
from openpes.people.actions.records import (
    EducationFacts,
    QualificationFacts,
    expire_qualification,
    record_education,
    record_qualification,
    withdraw_education,
    withdraw_qualification,
)

__all__ = [
    "Answer",
    "EducationFacts",
    "GroupFacts",
    "HouseholdFacts",
    "LedgerFacts",
    "LedgerRow",
    "PersonChanges",
    "PersonFacts",
    "QualificationFacts",
    "answer_correction",
    "appeal_correction",
    "ask_correction",
    "change_person",
    "end_group",
    "end_groups_proved_by",
    "enter_decided_group",
    "enter_group",
    "enter_ledger",
    "expire_qualification",
    "form_household",
    "join_household",
    "leave_household",
    "move_residence",
    "name_head",
    "open_file",
    "recognise_group",
    "record_education",
    "record_ledger",
    "record_qualification",
    "refuse_group",
    "register_person",
    "reveal_identifier",
    "rule_correction",
    "take_own_copy",
    "withdraw_education",
    "withdraw_ledger_rows",
    "withdraw_qualification",
]
