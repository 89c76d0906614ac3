"""Pages of registrations: begin, end, receipt, take back, lists; and job wishes."""

from openpes.registration.views.certificates import (
    certificate,
    certificate_check,
    certificate_decide,
    certificate_list,
    certificate_new,
    certificate_notices,
    certificate_objection,
    certificate_review,
    certificate_revoke,
    certificate_use,
    objection_answer,
)
from openpes.registration.views.cities import (
    transfer_in,
    transfer_out,
    transfer_out_paper,
    transfer_out_take_back,
)
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
from openpes.registration.views.filings import (
    filing_end,
    filing_hire,
    filing_list,
    filings,
)
from openpes.registration.views.handbooks import (
    handbook,
    handbook_give_back,
    handbook_hand_over,
    handbook_issue,
    handbook_list,
    handbook_pages,
    handbook_replace,
    handbook_request,
    handbooks_held,
)
from openpes.registration.views.lists import unemployed_export, unemployed_list
from openpes.registration.views.own import (
    own,
    own_appeal,
    own_confirm,
)
from openpes.registration.views.own_wish import own_wish, own_wish_end
from openpes.registration.views.papers import paper_check, paper_scan
from openpes.registration.views.periods import (
    employment_end,
    employment_new,
    proofs,
    receipt,
    unemployment_end,
    unemployment_new,
    withdraw,
)
from openpes.registration.views.why import fact_correct, why
from openpes.registration.views.wishes import wish_edit, wish_end, wish_new

__all__ = [
    "appeal_list",
    "appeal_new",
    "appeal_rule",
    "certificate",
    "certificate_check",
    "certificate_decide",
    "certificate_list",
    "certificate_new",
    "certificate_notices",
    "certificate_objection",
    "certificate_review",
    "certificate_revoke",
    "certificate_use",
    "contact_list",
    "contact_new",
    "employment_end",
    "employment_new",
    "fact_correct",
    "file",
    "filing_end",
    "filing_hire",
    "filing_list",
    "filings",
    "handbook",
    "handbook_give_back",
    "handbook_hand_over",
    "handbook_issue",
    "handbook_list",
    "handbook_pages",
    "handbook_replace",
    "handbook_request",
    "handbooks_held",
    "objection_answer",
    "own",
    "own_appeal",
    "own_confirm",
    "own_wish",
    "own_wish_end",
    "paper_check",
    "paper_scan",
    "proofs",
    "receipt",
    "transfer_again",
    "transfer_answer",
    "transfer_in",
    "transfer_list",
    "transfer_out",
    "transfer_out_paper",
    "transfer_out_take_back",
    "unemployed_export",
    "unemployed_list",
    "unemployment_end",
    "unemployment_new",
    "unemployment_refuse",
    "why",
    "wish_edit",
    "wish_end",
    "wish_new",
    "withdraw",
]
