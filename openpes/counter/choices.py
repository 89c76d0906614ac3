"""The states of a number in the queue, and the letter that each purpose has."""

from django.db import models
from django.utils.translation import pgettext_lazy

from openpes.network.choices import WindowPurpose


class TicketState(models.TextChoices):
    """Where a number in the queue stands."""

    WAITING = "waiting", pgettext_lazy("queue", "waiting")
    CALLED = "called", pgettext_lazy("queue", "called")
    AT_WINDOW = "at_window", pgettext_lazy("queue", "at the window")
    HELD = "held", pgettext_lazy("queue", "put aside")
    MISSED = "missed", pgettext_lazy("queue", "did not come")
    DONE = "done", pgettext_lazy("queue", "served")


IN_HAND = (TicketState.CALLED, TicketState.AT_WINDOW)

LETTER = {
    WindowPurpose.GENERAL: "A",
    WindowPurpose.REGISTRATION: "B",
    WindowPurpose.PLACEMENT: "C",
    WindowPurpose.GUIDANCE: "D",
    WindowPurpose.TRAINING: "E",
    WindowPurpose.INSURANCE: "F",
}


class BulkKind(models.TextChoices):
    """What can be done to a selection of persons at once."""

    CONFIRM = "confirm", pgettext_lazy("bulk", "Confirm unemployment")
    REMIND = "remind", pgettext_lazy("bulk", "Remind of the confirmation")
    ASSIGN = "assign", pgettext_lazy("bulk", "Assign to an officer")


BULK_RIGHT = {
    BulkKind.CONFIRM: "registration.unemployment",
    BulkKind.REMIND: "registration.unemployment",
    BulkKind.ASSIGN: "matters.answer",
}


class ReaderDriver(models.TextChoices):
    """How the card reader of a computer speaks; the names are those of `reader.js`."""

    WEDGE = "wedge", pgettext_lazy("reader", "It types like a keyboard")
    WS = "ws", pgettext_lazy("reader", "Program on this computer, WebSocket")
    HTTP = "http", pgettext_lazy("reader", "Program on this computer, HTTP")
    MOCK = "mock", pgettext_lazy("reader", "None: practise with an invented card")


WITH_PORT = (ReaderDriver.WS, ReaderDriver.HTTP)
