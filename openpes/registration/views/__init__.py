"""Pages of registrations: begin, end, receipt, take back, lists; and job wishes."""

from openpes.registration.views.contacts import (
    contact_list,
    contact_new,
)
from openpes.registration.views.decisions import (
    appeal_list,
    appeal_new,
    appeal_rule,
    file,
    transfer_again,
    transfer_answer,
    transfer_list,
    unemployment_refuse,
)
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
from openpes.registration.views.own import (
    own,
    own_appeal,
    own_confirm,
)
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
    "appeal_list",
    "appeal_new",
    "appeal_rule",
    "contact_list",
    "contact_new",
    "employment_end",
    "employment_new",
    "file",
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
    "own",
    "own_appeal",
    "own_confirm",
    "proofs",
    "receipt",
    "transfer_again",
    "transfer_answer",
    "transfer_list",
    "unemployed_export",
    "unemployed_list",
    "unemployment_end",
    "unemployment_new",
    "unemployment_refuse",
    "wish_edit",
    "wish_end",
    "wish_new",
    "withdraw",
]
