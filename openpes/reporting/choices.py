"""Closed vocabularies of vacancy reporting."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Rhythm(models.TextChoices):
    """How often an employer reports."""

    WEEKLY = "weekly", pgettext_lazy("rhythm", "Every week")
    MONTHLY = "monthly", pgettext_lazy("rhythm", "Every month")
    QUARTERLY = "quarterly", pgettext_lazy("rhythm", "Every quarter")


class DutyGround(models.TextChoices):
    """Why an employer has to report."""

    STAFF = "staff", pgettext_lazy("duty", "By its staff, as the city set it")
    OFFICE = "office", pgettext_lazy("duty", "Set by the office")


class Still(models.TextChoices):
    """What an employer says of one vacancy."""

    OPEN = "open", pgettext_lazy("still", "Still open")
    FILLED = "filled", pgettext_lazy("still", "Filled")
    CHANGED = "changed", pgettext_lazy("still", "Changed")


class Standing(models.TextChoices):
    """Where an employer stands with its report."""

    DONE = "done", pgettext_lazy("report", "Reported")
    DUE = "due", pgettext_lazy("report", "Due")
    LATE = "late", pgettext_lazy("report", "Late")


class Through(models.TextChoices):
    """How an employer is reminded."""

    SMS = "sms", pgettext_lazy("reminder", "SMS")
    CALL = "call", pgettext_lazy("reminder", "Call list")
    PAGE = "page", pgettext_lazy("reminder", "Own page only")


class CallOutcome(models.TextChoices):
    """What came of a call; each is one key."""

    OPEN = "open", pgettext_lazy("call", "All still open")
    FILLED = "filled", pgettext_lazy("call", "All filled")
    CHANGED = "changed", pgettext_lazy("call", "Something changed")
    NOTHING = "nothing", pgettext_lazy("call", "No vacancy at present")
    NO_ANSWER = "no_answer", pgettext_lazy("call", "Nobody answered")
    REFUSED = "refused", pgettext_lazy("call", "Wants no calls")


REACHED = (CallOutcome.OPEN, CallOutcome.FILLED, CallOutcome.CHANGED, CallOutcome.NOTHING)


class LeadKind(models.TextChoices):
    """What an informant saw."""

    FIRM = "firm", pgettext_lazy("lead", "A firm that the city does not know")
    VACANCY = "vacancy", pgettext_lazy("lead", "Somebody looks for workers")


class LeadOutcome(models.TextChoices):
    """What came of an informant's report."""

    WON = "won", pgettext_lazy("lead", "Vacancies won")
    KNOWN = "known", pgettext_lazy("lead", "Known already")
    NOTHING = "nothing", pgettext_lazy("lead", "Nothing came of it")
