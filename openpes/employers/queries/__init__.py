"""Employers of an area, found by name or code, the narrow card of any employer of the city, and what belongs to it."""

from openpes.employers.queries.cards import (
    EmployerCard,
    EmployerContact,
    employer,
    employer_card,
    employer_card_by_code,
    employer_cards_by_code,
    employer_contact,
    employer_names,
    employer_of,
    employer_options,
    employers_named,
    employers_seen_by,
    find_employers,
)
from openpes.employers.queries.sites import located_sites, sites_of

__all__ = [
    "EmployerCard",
    "EmployerContact",
    "employer",
    "employer_card",
    "employer_card_by_code",
    "employer_cards_by_code",
    "employer_contact",
    "employer_names",
    "employer_of",
    "employer_options",
    "employers_named",
    "employers_seen_by",
    "find_employers",
    "located_sites",
    "sites_of",
]
