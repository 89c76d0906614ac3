"""What an employer must state, who may change what of it, and what may be done with it."""

from openpes.employers.rules.blacklist import (
    BLACKLIST_CLAUSES,
    why_not_answer,
    why_not_appeal,
    why_not_decide,
    why_not_propose,
)
from openpes.employers.rules.facts import (
    CODE_CLAUSE,
    OWN_FIELDS,
    TRUTH_CLAUSE,
    EmployerFacts,
    changed_fields,
    why_not_change_own,
    why_not_register,
)
from openpes.employers.rules.members import why_not_end, why_not_invite
from openpes.employers.rules.records import size_class, why_not_a_contact, why_not_a_document
from openpes.employers.rules.sites import why_not_a_site

__all__ = [
    "BLACKLIST_CLAUSES",
    "CODE_CLAUSE",
    "OWN_FIELDS",
    "TRUTH_CLAUSE",
    "EmployerFacts",
    "changed_fields",
    "size_class",
    "why_not_a_contact",
    "why_not_a_document",
    "why_not_a_site",
    "why_not_answer",
    "why_not_appeal",
    "why_not_change_own",
    "why_not_decide",
    "why_not_end",
    "why_not_invite",
    "why_not_propose",
    "why_not_register",
]
