"""What an employer must state, who may change what of it, and what may be done with it."""

from openpes.employers.rules.facts import (
    CODE_CLAUSE,
    OWN_FIELDS,
    TRUTH_CLAUSE,
    EmployerFacts,
    changed_fields,
    why_not_change_own,
    why_not_register,
)
from openpes.employers.rules.sites import why_not_a_site

__all__ = [
    "CODE_CLAUSE",
    "OWN_FIELDS",
    "TRUTH_CLAUSE",
    "EmployerFacts",
    "changed_fields",
    "why_not_a_site",
    "why_not_change_own",
    "why_not_register",
]
