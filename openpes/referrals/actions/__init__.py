"""Introducing persons to vacancies, recording what came of it, and hires."""

from openpes.referrals.actions.answering import (
    close_waiting_referrals,
    record_answer,
    report_hire,
    return_hire_report,
)
from openpes.referrals.actions.hiring import HireFacts, confirm_hire, record_hire
from openpes.referrals.actions.referring import refer

__all__ = [
    "HireFacts",
    "close_waiting_referrals",
    "confirm_hire",
    "record_answer",
    "record_hire",
    "refer",
    "report_hire",
    "return_hire_report",
]
