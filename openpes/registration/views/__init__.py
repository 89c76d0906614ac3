"""Pages of registrations: begin, end, receipt, take back, lists; and job wishes."""

from openpes.registration.views.handbooks import (
    handbook,
    handbook_check,
    handbook_give_back,
    handbook_hand_over,
    handbook_issue,
    handbook_list,
    handbook_pages,
    handbook_replace,
    handbook_request,
    handbook_scan,
    handbooks_held,
)
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
    "handbook",
    "handbook_check",
    "handbook_give_back",
    "handbook_hand_over",
    "handbook_issue",
    "handbook_list",
    "handbook_pages",
    "handbook_replace",
    "handbook_request",
    "handbook_scan",
    "handbooks_held",
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
