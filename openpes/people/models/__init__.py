"""Persons, their households, and where they live."""

from openpes.people.models.corrections import CorrectionAppeal, CorrectionRequest
from openpes.people.models.former import FormerName, FormerNumber, NumberChange
from openpes.people.models.groups import GroupMembership
from openpes.people.models.homes import Residence
from openpes.people.models.households import Household, HouseholdMember, HouseholdQuerySet
from openpes.people.models.ledger import LedgerEntry
from openpes.people.models.lives import Departure, FileHandover, HukouPeriod
from openpes.people.models.merging import LikelyPair, Merge, MergedPerson, MovedRow
from openpes.people.models.persons import Person, PersonQuerySet
from openpes.people.models.records import EducationRecord, Qualification
from openpes.people.models.ties import LIVING, OVERLAP, Part, Tie, hold_ties, tie_named, tied_columns, ties

__all__ = [
    "LIVING",
    "OVERLAP",
    "CorrectionAppeal",
    "CorrectionRequest",
    "Departure",
    "EducationRecord",
    "FileHandover",
    "FormerName",
    "FormerNumber",
    "GroupMembership",
    "Household",
    "HouseholdMember",
    "HouseholdQuerySet",
    "HukouPeriod",
    "LedgerEntry",
    "LikelyPair",
    "Merge",
    "MergedPerson",
    "MovedRow",
    "NumberChange",
    "Part",
    "Person",
    "PersonQuerySet",
    "Qualification",
    "Residence",
    "Tie",
    "hold_ties",
    "tie_named",
    "tied_columns",
    "ties",
]
