"""Closed vocabularies of vacancies."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Term(models.TextChoices):
    """For how long the work is meant."""

    OPEN_ENDED = "open_ended", _("Permanent")
    FIXED = "fixed", _("One year or more")
    SHORT = "short", _("Under one year")
    PART_TIME = "part_time", _("Part-time")


class EndReason(models.TextChoices):
    """Why a vacancy is no longer public."""

    FILLED = "filled", _("All places filled")
    CLOSED = "closed", _("Closed by the employer")
    EXPIRED = "expired", _("Expired")


class State(models.TextChoices):
    """What a vacancy is on a day."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    HELD = "held", _("On hold")
    FILLED = "filled", _("Filled")
    CLOSED = "closed", _("Closed")
    EXPIRED = "expired", _("Expired")


class Benefit(models.TextChoices):
    """What an employer offers besides pay; shown as chips and used as a facet."""

    BOARD = "board", _("Meals")
    LODGING = "lodging", _("Lodging")
    INSURANCE = "insurance", _("Social insurance")
    HOUSING_FUND = "housing_fund", _("Housing fund")
    WEEKENDS = "weekends", _("Weekends off")
    DAY_SHIFT = "day_shift", _("Day shift only")
    TRAINING = "training", _("Free training")
    SHUTTLE = "shuttle", _("Shuttle bus")


class HoldGround(models.TextChoices):
    """Why an open vacancy is kept from the public."""

    WORDING = "wording", _("Wording of the advertisement")
    SCAM = "scam", _("Fees, deposits or fraud")
    PAY = "pay", _("Pay that is not real")
    DUPLICATE = "duplicate", _("Same advertisement twice")
    REPORTED = "reported", _("Reported by readers")
    NEW_EMPLOYER = "new_employer", _("First publication of a new employer")
    STALE = "stale", _("No sign of life")
    SILENCE = "silence", _("Applicants without an answer")


class HoldEnd(models.TextChoices):
    """How a hold came to its end."""

    LIFTED = "lifted", _("Lifted")
    ENDED = "ended", _("The vacancy ended")


class SignWay(models.TextChoices):
    """How it was heard that a vacancy is still wanted."""

    ONLINE = "online", pgettext_lazy("sign of life", "Online")
    COUNTER = "counter", pgettext_lazy("sign of life", "At the counter")
    PHONE = "phone", pgettext_lazy("sign of life", "By telephone")
    EXCEL = "excel", pgettext_lazy("sign of life", "By a list")
    VISIT = "visit", pgettext_lazy("sign of life", "On a visit")


class ReportReason(models.TextChoices):
    """What a reader finds wrong with an advertisement."""

    FEE = "fee", pgettext_lazy("report", "Asks for money, a deposit or papers")
    SCAM = "scam", pgettext_lazy("report", "Fraud: the work does not exist")
    UNSAFE = "unsafe", pgettext_lazy("report", "Forced, dangerous or forbidden work")
    PAY = "pay", pgettext_lazy("report", "Pay or conditions are not true")
    BIAS = "bias", pgettext_lazy("report", "Chooses people by sex, ethnic group, race or religion")
    GONE = "gone", pgettext_lazy("report", "The places are filled already")
    OTHER = "other", pgettext_lazy("report", "Something else")


# One such report keeps the advertisement from the public until somebody has looked.
GRAVE_REASONS = frozenset({ReportReason.FEE, ReportReason.UNSAFE})


class Finding(models.TextChoices):
    """What the office found out about a report."""

    TRUE = "true", pgettext_lazy("report", "It is true")
    UNFOUNDED = "unfounded", pgettext_lazy("report", "Not confirmed")
    ABUSE = "abuse", pgettext_lazy("report", "Abuse of the button")


class CopyState(models.TextChoices):
    """What became of two advertisements that say the same."""

    FOUND = "found", pgettext_lazy("copy", "To be looked at")
    MERGED = "merged", pgettext_lazy("copy", "Shown as one")
    APART = "apart", pgettext_lazy("copy", "Two different vacancies")
