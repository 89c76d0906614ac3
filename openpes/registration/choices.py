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
CANCELLED_WENT_ABROAD = "30"
CANCELLED_BY_SILENCE = "50"
CANCELLED_OTHERWISE = "99"
PROOF_OF_ABILITY = "7"  # registration_proof: other proof
CANCELLED_BY_PENSION = "10"
LEFT_EMPLOYMENT = frozenset({"20", "30"})  # unemployment_reason: employment ended, left a state organ
PROOF_OF_ENDING = frozenset({"2"})
PROOFS_BY_REASON = {"10": frozenset({"3"}), "20": PROOF_OF_ENDING, "30": PROOF_OF_ENDING, "80": frozenset({"5"})}
PROOFS_OF_STABLE_WORK = frozenset({"1", "4"})
CATEGORIES_WITH_WORKPLACE = frozenset({"010", "030"})  # employment_category: by a unit, public-welfare post
FROM_ELSEWHERE = frozenset({"12", "22", "30", "40"})  # hukou: registered outside the city


class CopyReason(models.TextChoices):
    """Why a booklet is asked for."""

    FIRST = "first", _("First booklet")
    LOST = "lost", _("The last one was lost")
    DAMAGED = "damaged", _("The last one was damaged")
    FULL = "full", _("The last one is full")
    AGAIN = "again", _("The last one had ended; the person has returned to the register")


class CopyEnd(models.TextChoices):
    """Why a booklet is no longer valid."""

    LOST = "lost", _("Declared lost")
    DAMAGED = "damaged", _("Damaged and replaced")
    FULL = "full", _("Full and replaced")
    DIED = "died", _("The holder died")


class Paper(models.TextChoices):
    """Which paper of the register the public can check."""

    HANDBOOK = "handbook", _("Handbook")
    TRANSFER = "transfer", _("Certificate of transfer")


class PaperEnd(models.TextChoices):
    """Why a paper is no longer valid, as its public check tells."""

    LOST = CopyEnd.LOST.value, CopyEnd.LOST.label
    DAMAGED = CopyEnd.DAMAGED.value, CopyEnd.DAMAGED.label
    FULL = CopyEnd.FULL.value, CopyEnd.FULL.label
    DIED = CopyEnd.DIED.value, CopyEnd.DIED.label
    TAKEN_BACK = "taken_back", _("Taken back by the office")


class Holder(models.TextChoices):
    """Who holds a handbook."""

    PERSON = "person", _("The holder in person")
    EMPLOYER = "employer", _("The employer")
    OFFICE = "office", _("The office")


class Line(models.TextChoices):
    """What a line of a handbook tells."""

    ISSUED = "issued", _("Booklet issued")
    LOST = "lost", _("Booklet declared lost")
    REPLACED = "replaced", _("Booklet replaced")
    UNEMPLOYED = "unemployed", _("Unemployment registered")
    UNEMP_END = "unemp_end", _("Unemployment registration ended")
    EMPLOYED = "employed", _("Employment registered")
    EMP_END = "emp_end", _("Employment ended")
    TAKEN_BACK = "taken_back", _("Registration taken back")
    REOPENED = "reopened", _("Registration restored")
    CONFIRMED = "confirmed", _("Unemployment confirmed")
    MOVED = "moved", _("Taken over by another office")
    POLICY = "policy", _("Policy used")
    CERTIFIED = "certified", _("Preference certificate issued")
    REVOKED = "revoked", _("Preference certificate revoked")
    WENT_OUT = "went_out", _("Registration transferred to another city")
    CAME_IN = "came_in", _("Registration taken over from another city")


class Way(models.TextChoices):
    """How a registered person kept in contact."""

    COUNTER = "counter", _("At the counter")
    PHONE = "phone", _("By telephone")
    VISIT = "visit", _("Visited at home")
    OWN_PAGE = "own_page", _("On the own page")


class Subject(models.TextChoices):
    """What a decision is about."""

    UNEMPLOYMENT = "unemployment", _("Unemployment registration")
    ENDING = "ending", _("End of the unemployment registration")
    CERTIFICATE = "certificate", _("Preference certificate")


class Outcome(models.TextChoices):
    """What was decided."""

    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended")


ADVERSE = frozenset({Outcome.REFUSED, Outcome.ENDED})  # what can be appealed against


class Ruling(models.TextChoices):
    """What became of an appeal."""

    ALLOWED = "allowed", _("Allowed: the first decision falls")
    DISMISSED = "dismissed", _("Dismissed: the first decision stands")


class TransferAnswer(models.TextChoices):
    """What the new office answered to a hand-over."""

    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")


class Filed(models.TextChoices):
    """What an employer filed."""

    HIRE = "hire", _("Hire")
    END = "end", _("End of employment")


class FilingWay(models.TextChoices):
    """How an employer filed."""

    COUNTER = "counter", _("At the counter")
    ONLINE = "online", _("By the employer online")


class Group(models.TextChoices):
    """Who may have a re-employment preference certificate."""

    LAID_OFF = "1", _("Laid off by a state firm, still in a re-employment centre or left without settlement")
    STATE_UNEMPLOYED = "2", _("Formerly of a state firm, unemployed and drawing benefit")
    CLOSED_FIRM = "3", _("Of a closed or bankrupt state firm, with a one-off settlement")
    SUBSISTENCE = "4", _("Drawing the subsistence allowance and unemployed for at least a year")


class CertificateOutcome(models.TextChoices):
    """What was decided about an application for a preference certificate."""

    ISSUED = "issued", _("Issued")
    REFUSED = "refused", _("Refused")


class Document(models.TextChoices):
    """What is brought for a preference certificate."""

    IDENTITY = "01", _("Identity card and household booklet")
    HANDBOOK = "02", _("Handbook of employment and unemployment")
    LAID_OFF = "03", _("Certificate of being laid off, or agreement with the re-employment centre")
    NO_SETTLEMENT = "04", _("Statement of the firm that nothing was settled")
    ENDED = "05", _("Proof that employment with the state firm ended")
    BENEFIT = "06", _("Notice of unemployment benefit")
    CLOSURE = "07", _("Order of closure or bankruptcy of the firm")
    SETTLEMENT = "08", _("Agreement on the one-off settlement")
    SUBSISTENCE = "09", _("Certificate of the subsistence allowance")

POLICY_SET = "policy_type"
