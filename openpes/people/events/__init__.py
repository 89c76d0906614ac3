"""What happens to persons, their households and their files."""

from openpes.people.events.lives import (
    HouseholdFormed,
    HouseholdHeadNamed,
    HouseholdJoined,
    HouseholdLeft,
    IdentifierRevealed,
    LedgerRecorded,
    LedgerRowWithdrawn,
    MovedHome,
    PersonChanged,
    PersonFileOpened,
    PersonRegistered,
)

__all__ = [
    "HouseholdFormed",
    "HouseholdHeadNamed",
    "HouseholdJoined",
    "HouseholdLeft",
    "IdentifierRevealed",
    "LedgerRecorded",
    "LedgerRowWithdrawn",
    "MovedHome",
    "PersonChanged",
    "PersonFileOpened",
    "PersonRegistered",
]
