"""Closed vocabularies of registration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What a person is registered as."""

    UNEMPLOYED = "unemployed", _("Registered unemployed")
    EMPLOYED = "employed", _("Registered employed")


class EmploymentEnd(models.TextChoices):
    """Why a registered employment ended, the cases of the Labour Contract Law, art. 36 to 44."""

    AGREED = "10", _("Ended by agreement")
    BY_WORKER = "20", _("Ended by the worker")
    BY_EMPLOYER = "30", _("Ended by the employer")
    EXPIRED = "40", _("The contract expired")
    RETIRED = "50", _("The worker draws the basic old-age pension")
    CLOSED = "60", _("The employer closed or the business stopped")
    DIED = "70", _("The worker died")
    OTHER = "99", _("Other reason")


class Verdict(models.TextChoices):
    """How a rule of eligibility stands for a person."""

    OK = "ok", _("Met")
    MISSING = "missing", _("To supply")
    NO = "no", _("Not met")


REASON_SET = "unemployment_reason"
CANCEL_SET = "unemployment_cancel_reason"
CATEGORY_SET = "employment_category"
PROOF_SET = "registration_proof"
SEEKER_SET = "seeker_category"

# Codes of the sets above that rules name.
FOUND_WORK = "60"  # unemployment_cancel_reason: steady work
CANCELLED_BY_DEATH = "70"
CANCELLED_BY_PENSION = "10"
LEFT_EMPLOYMENT = frozenset({"20", "30"})  # unemployment_reason: employment ended, left a state organ
PROOF_OF_ENDING = frozenset({"2"})
PROOFS_BY_REASON = {"10": frozenset({"3"}), "20": PROOF_OF_ENDING, "30": PROOF_OF_ENDING, "80": frozenset({"5"})}
PROOFS_OF_STABLE_WORK = frozenset({"1", "4"})
CATEGORIES_WITH_WORKPLACE = frozenset({"010", "030"})  # employment_category: by a unit, public-welfare post
FROM_ELSEWHERE = frozenset({"12", "22", "30", "40"})  # hukou: registered outside the city
