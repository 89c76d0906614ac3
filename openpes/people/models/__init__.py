"""Persons, their households, and where they live."""

from openpes.people.models.homes import Residence
from openpes.people.models.households import Household, HouseholdMember, HouseholdQuerySet
from openpes.people.models.ledger import LedgerEntry
from openpes.people.models.persons import Person, PersonQuerySet

__all__ = [
    "Household",
    "HouseholdMember",
    "HouseholdQuerySet",
    "LedgerEntry",
    "Person",
    "PersonQuerySet",
    "Residence",
]
