"""What may be done about registrations: begin, end, take back, carry over; and job wishes."""

from openpes.registration.actions.endings import carry_registrations, end_status, withdraw_registration
from openpes.registration.actions.exports import export_unemployed
from openpes.registration.actions.handbooks import (
    close_handbook,
    hand_over_handbook,
    issue_handbook,
    replace_handbook,
    request_handbook,
    write_line,
)
from openpes.registration.actions.periods import register_employment, register_unemployment, supply_proofs
from openpes.registration.actions.wishes import change_wish, end_wish, register_wish
from openpes.registration.rules import EmploymentFacts, UnemploymentFacts, WishFacts

__all__ = [
    "EmploymentFacts",
    "UnemploymentFacts",
    "WishFacts",
    "carry_registrations",
    "change_wish",
    "close_handbook",
    "end_status",
    "end_wish",
    "export_unemployed",
    "hand_over_handbook",
    "issue_handbook",
    "register_employment",
    "register_unemployment",
    "register_wish",
    "replace_handbook",
    "request_handbook",
    "supply_proofs",
    "withdraw_registration",
    "write_line",
]
