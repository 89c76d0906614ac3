"""Pages of registrations: begin, end, receipt, take back, lists; and job wishes."""

from openpes.registration.views.lists import unemployed_export, unemployed_list
from openpes.registration.views.periods import (
    employment_end,
    employment_new,
    proofs,
    receipt,
    unemployment_end,
    unemployment_new,
    withdraw,
)
from openpes.registration.views.wishes import wish_edit, wish_end, wish_new

__all__ = [
    "employment_end",
    "employment_new",
    "proofs",
    "receipt",
    "unemployed_export",
    "unemployed_list",
    "unemployment_end",
    "unemployment_new",
    "wish_edit",
    "wish_end",
    "wish_new",
    "withdraw",
]
