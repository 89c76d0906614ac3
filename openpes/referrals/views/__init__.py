"""Pages of referrals: introducing, the letter, answers and hires at the counter; the employer's inbox; the check."""

from openpes.referrals.views.answering import answer, confirm, follow_up, give_back, hire
from openpes.referrals.views.lists import detail, hires_of_employer, of_vacancy
from openpes.referrals.views.own import inbox, inbox_answer, inbox_hire
from openpes.referrals.views.referring import check, letter, new, verify

__all__ = [
    "answer",
    "check",
    "confirm",
    "detail",
    "follow_up",
    "give_back",
    "hire",
    "hires_of_employer",
    "inbox",
    "inbox_answer",
    "inbox_hire",
    "letter",
    "new",
    "of_vacancy",
    "verify",
]
