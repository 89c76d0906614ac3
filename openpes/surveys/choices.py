"""Closed vocabularies of surveys."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CampaignState(models.TextChoices):
    """Where a campaign is on its way."""

    PLANNED = "planned", pgettext_lazy("campaign", "Planned")
    RUNNING = "running", pgettext_lazy("campaign", "Running")
    CLOSED = "closed", pgettext_lazy("campaign", "Closed")


class VillageState(models.TextChoices):
    """Where a village is in a campaign."""

    OPEN = "open", pgettext_lazy("village survey", "Being surveyed")
    CHECKING = "checking", pgettext_lazy("village survey", "Being spot-checked")
    PASSED = "passed", pgettext_lazy("village survey", "Passed the spot-check")
    AGAIN = "again", pgettext_lazy("village survey", "To be surveyed again")


class Outcome(models.TextChoices):
    """How a visit ended, as the officer said it."""

    MET = "met", pgettext_lazy("survey", "Answered")
    NOT_MET = "not_met", pgettext_lazy("survey", "Nobody met")
    REFUSED = "refused", pgettext_lazy("survey", "Refused to answer")
    MOVED = "moved", pgettext_lazy("survey", "Moved away")


class HouseholdState(models.TextChoices):
    """What is known of a household in a campaign so far."""

    OPEN = "open", pgettext_lazy("surveyed household", "Not visited")
    CONFIRMED = "confirmed", pgettext_lazy("surveyed household", "Confirmed")
    CHANGED = "changed", pgettext_lazy("surveyed household", "Changed")
    MOVED = "moved", pgettext_lazy("surveyed household", "Moved away")
    NOT_MET = "not_met", pgettext_lazy("surveyed household", "Not met")
    REFUSED = "refused", pgettext_lazy("surveyed household", "Refused")


ANSWERED = (HouseholdState.CONFIRMED, HouseholdState.CHANGED)
DONE = (*ANSWERED, HouseholdState.MOVED)


class Shown(models.TextChoices):
    """Which households of a campaign a list shows; each is a figure of the board."""

    ALL = "all", pgettext_lazy("surveyed households", "All")
    DONE = "done", pgettext_lazy("surveyed households", "Done")
    OPEN = "open", pgettext_lazy("surveyed households", "Not visited")
    NOT_MET = "not_met", pgettext_lazy("surveyed households", "Not met")
    REFUSED = "refused", pgettext_lazy("surveyed households", "Refused")


SHOWN_STATES: dict[str, tuple[HouseholdState, ...]] = {
    Shown.ALL: tuple(HouseholdState),
    Shown.DONE: DONE,
    Shown.OPEN: (HouseholdState.OPEN,),
    Shown.NOT_MET: (HouseholdState.NOT_MET,),
    Shown.REFUSED: (HouseholdState.REFUSED,),
}


class Way(models.TextChoices):
    """How an answer came in."""

    PHONE = "phone", pgettext_lazy("survey", "At the door, on a phone")
    EXCEL = "excel", pgettext_lazy("survey", "From an Excel workbook")
    PAPER = "paper", pgettext_lazy("survey", "From a paper form")


class CheckState(models.TextChoices):
    """Where a spot-check is on its way."""

    DRAWN = "drawn", pgettext_lazy("spot-check", "Being asked again")
    MARKED = "marked", pgettext_lazy("spot-check", "Marked by one person")
    PASSED = "passed", pgettext_lazy("spot-check", "Passed")
    FAILED = "failed", pgettext_lazy("spot-check", "To be surveyed again")


OPEN_CHECKS = (CheckState.DRAWN, CheckState.MARKED)

# How the ledger's three kinds of household registration stand in a person's file, and by which digit they begin there.
HUKOU = {"1": "10", "2": "20", "3": "50"}
