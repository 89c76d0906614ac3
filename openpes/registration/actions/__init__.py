"""What may be done about registrations: begin, end, take back, carry over; and job wishes."""

from openpes.registration.actions.appeals import file_appeal, rule_appeal
from openpes.registration.actions.certificate_life import (
    UseFacts,
    check_certificate,
    revoke_certificate,
    use_certificate,
)
from openpes.registration.actions.certificates import apply_certificate, decide_certificate, review_certificate
from openpes.registration.actions.cities import take_back_transfer_out, transfer_in, transfer_out
from openpes.registration.actions.contacts import (
    confirm_unemployment,
    end_silent_registration,
    remind_of_confirmation,
)
from openpes.registration.actions.decisions import correct_fact, refuse_registration
from openpes.registration.actions.departures import end_all, restore_all
from openpes.registration.actions.endings import end_status, withdraw_registration
from openpes.registration.actions.exports import export_unemployed
from openpes.registration.actions.filings import (
    file_end,
    file_hire,
)
from openpes.registration.actions.handbooks import (
    close_handbook,
    hand_over_handbook,
    issue_handbook,
    replace_handbook,
    request_handbook,
    write_line,
)
from openpes.registration.actions.objections import answer_objection, note_objection
from openpes.registration.actions.periods import register_employment, register_unemployment, supply_proofs
from openpes.registration.actions.transfers import (
    accept_with_file,
    answer_transfer,
    carry_registrations,
    offer_transfer_again,
)
from openpes.registration.actions.wishes import change_wish, end_wish, register_wish
from openpes.registration.rules import EmploymentFacts, UnemploymentFacts, WishFacts
from openpes.registration.rules.certificates import CertificateFacts
from openpes.registration.rules.cities import TransferInFacts

__all__ = [
    "CertificateFacts",
    "EmploymentFacts",
    "TransferInFacts",
    "UnemploymentFacts",
    "UseFacts",
    "WishFacts",
    "accept_with_file",
    "answer_objection",
    "answer_transfer",
    "apply_certificate",
    "carry_registrations",
    "change_wish",
    "check_certificate",
    "close_handbook",
    "confirm_unemployment",
    "correct_fact",
    "decide_certificate",
    "end_all",
    "end_silent_registration",
    "end_status",
    "end_wish",
    "export_unemployed",
    "file_appeal",
    "file_end",
    "file_hire",
    "hand_over_handbook",
    "issue_handbook",
    "note_objection",
    "offer_transfer_again",
    "refuse_registration",
    "register_employment",
    "register_unemployment",
    "register_wish",
    "remind_of_confirmation",
    "replace_handbook",
    "request_handbook",
    "restore_all",
    "review_certificate",
    "revoke_certificate",
    "rule_appeal",
    "supply_proofs",
    "take_back_transfer_out",
    "transfer_in",
    "transfer_out",
    "use_certificate",
    "withdraw_registration",
    "write_line",
]
