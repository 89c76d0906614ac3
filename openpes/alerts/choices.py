"""Closed vocabularies of saved searches."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Way(models.TextChoices):
    """How new vacancies are told."""

    SMS = "sms", pgettext_lazy("alert", "SMS")
    MAIL = "mail", pgettext_lazy("alert", "Mail")
    FEED = "feed", pgettext_lazy("alert", "Feed only (RSS reader)")


class Rhythm(models.TextChoices):
    """How often new vacancies are told at most."""

    DAILY = "daily", pgettext_lazy("alert", "Every day")
    WEEKLY = "weekly", pgettext_lazy("alert", "Every week")


class Change(models.TextChoices):
    """What a holder can do with a saved search."""

    PAUSE = "pause", pgettext_lazy("alert", "Pause")
    RESUME = "resume", pgettext_lazy("alert", "Go on")
    RENEW = "renew", pgettext_lazy("alert", "Renew")
    DAILY = "daily", pgettext_lazy("alert", "Tell me every day")
    WEEKLY = "weekly", pgettext_lazy("alert", "Tell me every week")


class Ending(models.TextChoices):
    """Why a saved search ended."""

    HOLDER = "holder", pgettext_lazy("alert", "Ended by you")
    EXPIRED = "expired", pgettext_lazy("alert", "Its time ran out")
    STOPPED = "stopped", pgettext_lazy("alert", "All messages to the address were stopped")
    NEVER = "never", pgettext_lazy("alert", "The code was never told")
