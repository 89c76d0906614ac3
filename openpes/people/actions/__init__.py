"""What may be done about persons: register, change, move, form households, open files, reveal identifiers."""

from openpes.people.actions.corrections import (
    Answer,
    answer_correction,
    appeal_correction,
    ask_correction,
    rule_correction,
    take_own_copy,
)
from openpes.people.actions.departures import DepartureFacts, record_departure, record_return, take_departure_back
from openpes.people.actions.files import open_file, reveal_identifier
from openpes.people.actions.groups import (
    Entered,
    GroupFacts,
    end_group,
    end_groups_proved_by,
    enter_decided_group,
    enter_group,
    recognise_group,
    refuse_group,
)
from openpes.people.actions.homes import answer_file, move_residence
from openpes.people.actions.household_changes import Split, move_household, name_head, split_household
from openpes.people.actions.households import HouseholdFacts, form_household, join_household, leave_household
from openpes.people.actions.hukou import HukouFacts, change_hukou
from openpes.people.actions.ledger import LedgerFacts, record_ledger, withdraw_ledger_rows
from openpes.people.actions.ledger_rows import LedgerRow, enter_ledger
from openpes.people.actions.names import Paper, change_name
from openpes.people.actions.numbers import NumberFacts, answer_number, ask_number, record_upgrade
from openpes.people.actions.persons import PersonChanges, PersonFacts, change_person, register_person
from openpes.people.actions.phones import send_sign_in_code
from openpes.people.actions.records import (
    EducationFacts,
    QualificationFacts,
    expire_qualification,
    record_education,
    record_qualification,
    withdraw_education,
    withdraw_qualification,
)
from openpes.people.actions.relations import change_relation, take_leaving_back, take_relation_back, word_relations

__all__ = [
    "Answer",
    "DepartureFacts",
    "EducationFacts",
    "Entered",
    "GroupFacts",
    "HouseholdFacts",
    "HukouFacts",
    "LedgerFacts",
    "LedgerRow",
    "NumberFacts",
    "Paper",
    "PersonChanges",
    "PersonFacts",
    "QualificationFacts",
    "Split",
    "answer_correction",
    "answer_file",
    "answer_number",
    "appeal_correction",
    "ask_correction",
    "ask_number",
    "change_hukou",
    "change_name",
    "change_person",
    "change_relation",
    "end_group",
    "end_groups_proved_by",
    "enter_decided_group",
    "enter_group",
    "enter_ledger",
    "expire_qualification",
    "form_household",
    "join_household",
    "leave_household",
    "move_household",
    "move_residence",
    "name_head",
    "open_file",
    "recognise_group",
    "record_departure",
    "record_education",
    "record_ledger",
    "record_qualification",
    "record_return",
    "record_upgrade",
    "refuse_group",
    "register_person",
    "reveal_identifier",
    "rule_correction",
    "send_sign_in_code",
    "split_household",
    "take_departure_back",
    "take_leaving_back",
    "take_own_copy",
    "take_relation_back",
    "withdraw_education",
    "withdraw_ledger_rows",
    "withdraw_qualification",
    "word_relations",
]
