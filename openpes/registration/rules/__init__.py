"""Who may be registered as what: eligibility, periods that follow one another, withdrawals, job wishes."""

from openpes.registration.rules.eligibility import Circumstances, RuleResult, faults, unemployment_rules
from openpes.registration.rules.periods import (
    EmploymentFacts,
    Spell,
    UnemploymentFacts,
    why_not_employ,
    why_not_end,
    why_not_unemployed_since,
    why_not_withdraw,
)
from openpes.registration.rules.wishes import WishFacts, why_not_wish

__all__ = [
    "Circumstances",
    "EmploymentFacts",
    "RuleResult",
    "Spell",
    "UnemploymentFacts",
    "WishFacts",
    "faults",
    "unemployment_rules",
    "why_not_employ",
    "why_not_end",
    "why_not_unemployed_since",
    "why_not_wish",
    "why_not_withdraw",
]
