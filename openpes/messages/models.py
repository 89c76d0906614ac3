"""Messages to people and employers, who stopped them, and who agreed to them."""

from datetime import datetime
from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext

from openpes.engine.wordings import wordings
from openpes.kernel import AreaField, ScopedQuerySet, Sensitive
from openpes.kernel.sensitive import unseal
from openpes.messages.choices import OPEN, TO_DECIDE, Channel, MessageState, StopWay


class MessageQuerySet(ScopedQuerySet):
    def due(self, at: datetime) -> Self:
        """Those that wait and may go out, the earliest first."""
        return self.filter(state=MessageState.WAITING, due_at__lte=at).order_by("due_at", "id")


class Message(models.Model):
    """A text for one recipient; the row is its own outbox: written with what caused it, sent after the commit.

    `number` is what the gateway knows it by, so that an attempt which is repeated is the same message to the gateway.
    The recipient and the text are sealed, and erased some time after the message went out.
    """

    area = AreaField(db_index=True)
    number = models.UUIDField(default=uuid4, unique=True)
    channel = models.CharField(max_length=4, choices=Channel)
    purpose = models.CharField(max_length=40)
    language = models.CharField(max_length=10, default="zh-hans")
    person_id = models.BigIntegerField(null=True, db_index=True)
    employer_id = models.BigIntegerField(null=True, db_index=True)
    to_sealed = models.BinaryField(null=True)
    to_index = models.BinaryField(max_length=16)
    to_mask = models.CharField(max_length=40)
    text_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    urgent = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.BigIntegerField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=100, blank=True, default="")
    why = models.CharField(max_length=300, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state__in=OPEN), name="messages_open"),
            models.Index(fields=["to_index", "tried_at"], name="messages_to_recipient"),
            models.Index(fields=["state", "written_at"], name="messages_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | Q(to_sealed__isnull=False, text_sealed__isnull=False),
                name="open_message_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.SENT) | Q(sent_at__isnull=False), name="sent_message_has_a_time"
            ),
        ]

    def to(self) -> Sensitive | None:
        """The recipient, masked until it is revealed; nothing once it is erased."""
        if self.to_sealed is None:
            return None
        return Sensitive(unseal(self.to_sealed, context="message.to"), self.to_mask)

    @property
    def purpose_title(self) -> str:
        """What the message is for, in the reader's language."""
        wording = wordings().get(self.purpose)
        return wording.title(get_language() or "") if wording else self.purpose

    @property
    def why_title(self) -> str:
        """Why it stands where it stands: our own sentences in the reader's language, the gateway's as they are."""
        return gettext(self.why) if self.why else ""

    @property
    def is_to_decide(self) -> bool:
        """Whether somebody must say what becomes of it."""
        return self.state in TO_DECIDE

    def text(self) -> str:
        """What the message says; nothing once it is erased."""
        return "" if self.text_sealed is None else unseal(self.text_sealed, context="message.text")


class StoppedRecipient(models.Model):
    """A number or address whose holder wants no more messages of a channel, until they want them again."""

    channel = models.CharField(max_length=4, choices=Channel)
    to_index = models.BinaryField(max_length=16)
    to_mask = models.CharField(max_length=40)
    way = models.CharField(max_length=10, choices=StopWay)
    stopped_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "to_index"], condition=Q(resumed_at__isnull=True), name="recipient_stopped_once"
            )
        ]


class Consent(models.Model):
    """That the holder of an address agreed to messages of a purpose: asked with a code, given by telling it.

    `subject` says about what, as the room that asked keeps it.
    """

    area = AreaField(db_index=True)
    channel = models.CharField(max_length=4, choices=Channel)
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, blank=True, default="")
    to_sealed = models.BinaryField()
    to_index = models.BinaryField(max_length=16)
    to_mask = models.CharField(max_length=40)
    code_hash = models.BinaryField(max_length=16)
    code_until = models.DateTimeField()
    guesses = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["to_index", "purpose"], name="consents_of_recipient")]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "purpose", "subject", "to_index"],
                condition=Q(given_at__isnull=False, ended_at__isnull=True),
                name="consent_given_once",
            )
        ]

    def to(self) -> Sensitive:
        """The address, masked until it is revealed."""
        return Sensitive(unseal(self.to_sealed, context="message.to"), self.to_mask)
