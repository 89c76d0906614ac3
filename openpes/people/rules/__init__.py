"""What a person's file may say: identifiers, names, areas, dates of homes and households."""

from openpes.people.rules.homes import why_not_in_area, why_not_live_since, why_not_move
from openpes.people.rules.households import (
    another_head,
    booklet_known,
    household_not_formed,
    member_elsewhere,
    why_not_head,
    why_not_join,
    why_not_leave,
)
from openpes.people.rules.names import LONGEST_INITIALS, initials_of
from openpes.people.rules.persons import (
    PRIVACY_CLAUSE,
    TAIL,
    Reading,
    id_mask,
    known_already,
    known_formerly,
    phone_mask,
    read_name,
    read_person,
    read_phone,
    why_not_coded,
    why_not_reveal,
    why_not_version,
)

__all__ = [
    "LONGEST_INITIALS",
    "PRIVACY_CLAUSE",
    "TAIL",
    "Reading",
    "another_head",
    "booklet_known",
    "household_not_formed",
    "id_mask",
    "initials_of",
    "known_already",
    "known_formerly",
    "member_elsewhere",
    "phone_mask",
    "read_name",
    "read_person",
    "read_phone",
    "why_not_coded",
    "why_not_head",
    "why_not_in_area",
    "why_not_join",
    "why_not_leave",
    "why_not_live_since",
    "why_not_move",
    "why_not_reveal",
    "why_not_version",
]
