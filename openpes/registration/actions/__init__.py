"""What may be done about registrations: begin, end, take back, carry over; and job wishes."""

from openpes.registration.actions.endings import carry_registrations, end_status, withdraw_registration
from openpes.registration.actions.exports import export_unemployed
from openpes.registration.actions.periods import register_employment, register_unemployment, supply_proofs
from openpes.registration.actions.wishes import change_wish, end_wish, register_wish
from openpes.registration.rules import EmploymentFacts, UnemploymentFacts, WishFacts

__all__ = [
    "EmploymentFacts",
    "UnemploymentFacts",
    "WishFacts",
    "carry_registrations",
    "change_wish",
    "end_status",
    "end_wish",
    "export_unemployed",
    "register_employment",
    "register_unemployment",
    "register_wish",
    "supply_proofs",
    "withdraw_registration",
]
