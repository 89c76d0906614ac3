"""Applications, introductions and interviews, what came of them, hires, and what became of hires."""

from openpes.referrals.actions.answering import (
    close_waiting_referrals,
    record_answer,
    report_hire,
    return_hire_report,
)
from openpes.referrals.actions.applying import apply_for
from openpes.referrals.actions.hiring import HireFacts, confirm_hire, record_hire
from openpes.referrals.actions.interviews import (
    ask_anew,
    cancel_interview,
    note_interview,
    pause_interviews,
    propose_interview,
    take_slot,
)
from openpes.referrals.actions.referring import refer
from openpes.referrals.actions.retention import answer_by_register, answer_check
from openpes.referrals.actions.silence import end_waiting, freeze_vacancy, remind_employer, tell_of_closing
from openpes.referrals.actions.stages import note_seen, offer_job
from openpes.referrals.actions.telling import choose_reach, mail_of
from openpes.referrals.rules import CheckFacts, InterviewFacts

__all__ = [
    "CheckFacts",
    "HireFacts",
    "InterviewFacts",
    "answer_by_register",
    "answer_check",
    "apply_for",
    "ask_anew",
    "cancel_interview",
    "choose_reach",
    "close_waiting_referrals",
    "confirm_hire",
    "end_waiting",
    "freeze_vacancy",
    "mail_of",
    "note_interview",
    "note_seen",
    "offer_job",
    "pause_interviews",
    "propose_interview",
    "record_answer",
    "record_hire",
    "refer",
    "remind_employer",
    "report_hire",
    "return_hire_report",
    "take_slot",
    "tell_of_closing",
]
