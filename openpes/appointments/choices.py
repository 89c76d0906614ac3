"""The states of an appointment, and how a place on the recall list ended."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AppointmentState(models.TextChoices):
    """Where an appointment stands."""

    OFFERED = "offered", pgettext_lazy("appointment", "Offered for a time")
    BOOKED = "booked", pgettext_lazy("appointment", "Booked")
    ARRIVED = "arrived", pgettext_lazy("appointment", "Came")
    CANCELLED = "cancelled", pgettext_lazy("appointment", "Cancelled")
    LAPSED = "lapsed", pgettext_lazy("appointment", "Offer not taken")
    MISSED = "missed", pgettext_lazy("appointment", "Did not come")


AHEAD = (AppointmentState.OFFERED, AppointmentState.BOOKED)
HOLDING = (*AHEAD, AppointmentState.ARRIVED)


class RecallEnd(models.TextChoices):
    """Why somebody is on the recall list no longer."""

    TAKEN = "taken", pgettext_lazy("recall", "Took a time")
    WITHDRAWN = "withdrawn", pgettext_lazy("recall", "Withdrawn")
    OVER = "over", pgettext_lazy("recall", "The days are over")
