"""Referrals of persons to vacancies with every step on their way, interviews, hires, and what became of hires."""

from openpes.referrals.models.hires import Hire, HireReport, RetentionCheck
from openpes.referrals.models.interviews import Interview
from openpes.referrals.models.reach import Reach
from openpes.referrals.models.referrals import LetterProof, Referral, ReferralQuerySet, Step

__all__ = [
    "Hire",
    "HireReport",
    "Interview",
    "LetterProof",
    "Reach",
    "Referral",
    "ReferralQuerySet",
    "RetentionCheck",
    "Step",
]
