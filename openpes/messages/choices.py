"""Closed vocabularies of messages: the channels, where a message stands, how a recipient agreed or stopped."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """By which way a message goes."""

    SMS = "sms", pgettext_lazy("message", "SMS")
    MAIL = "mail", pgettext_lazy("message", "Mail")


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", pgettext_lazy("message", "Waits to be sent")
    SENDING = "sending", pgettext_lazy("message", "Being sent")
    SENT = "sent", pgettext_lazy("message", "Sent")
    UNCERTAIN = "uncertain", pgettext_lazy("message", "Perhaps sent")
    DEAD = "dead", pgettext_lazy("message", "Could not be sent")
    STOPPED = "stopped", pgettext_lazy("message", "Not wanted")
    LEFT = "left", pgettext_lazy("message", "Left as it is")


OPEN = (MessageState.WAITING, MessageState.SENDING)
TO_DECIDE = (MessageState.UNCERTAIN, MessageState.DEAD)


class StopWay(models.TextChoices):
    """How a recipient stopped messages."""

    REPLY = "reply", pgettext_lazy("message", "By a reply")
    LINK = "link", pgettext_lazy("message", "By the link in a mail")
    COUNTER = "counter", pgettext_lazy("message", "At a counter")
