"""Persons of an area: one of them, those that a text may mean, their homes, households and cards."""

from openpes.people.queries.areas import AreaOption, area_options, area_path_of, area_words
from openpes.people.queries.cards import (
    PersonCard,
    card_of,
    own_card,
    person_card,
    residence_of,
    residences_of,
)
from openpes.people.queries.households import (
    HouseholdView,
    Member,
    household_of,
    households_with,
    relation_label,
)
from openpes.people.queries.ledger import LedgerFacts, ledger_entries_of, ledger_facts, ledger_words
from openpes.people.queries.persons import (
    PersonMask,
    PersonSieve,
    county_name,
    find_persons,
    masks_of,
    name_initials,
    own_person,
    person,
    persons_matching,
)

__all__ = [
    "AreaOption",
    "HouseholdView",
    "LedgerFacts",
    "Member",
    "PersonCard",
    "PersonMask",
    "PersonSieve",
    "area_options",
    "area_path_of",
    "area_words",
    "card_of",
    "county_name",
    "find_persons",
    "household_of",
    "households_with",
    "ledger_entries_of",
    "ledger_facts",
    "ledger_words",
    "masks_of",
    "name_initials",
    "own_card",
    "own_person",
    "person",
    "person_card",
    "persons_matching",
    "relation_label",
    "residence_of",
    "residences_of",
]
