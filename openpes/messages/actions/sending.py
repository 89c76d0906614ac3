"""Sending: a message is taken by one sender, handed to the gateway outside any transaction, and noted."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_noop

from openpes.engine.wordings import wordings
from openpes.kernel import Actor, Sensitive, action, clock, publish
from openpes.messages import queries, rules
from openpes.messages.choices import MessageState
from openpes.messages.events import MessageFailed, MessageSent
from openpes.messages.models import Message
from openpes.messages.rules import Failure

INTERRUPTED_AFTER = timedelta(minutes=5)
HELD_BACK = gettext_noop("The recipient has the messages of this day already.")
INTERRUPTED = gettext_noop("The sender was interrupted.")


@dataclass(frozen=True)
class Parcel:
    """A message in the hands of a sender."""

    message: int
    number: UUID
    channel: str
    purpose: str
    language: str
    to: Sensitive
    text: str = field(repr=False)
    attempts: int


@action
def take_message(*, channels: frozenset[str], by: Actor, at: datetime) -> Parcel | None:
    """Take the next message that is due by one of these channels; nothing when none waits.

    It is marked as being sent, which is committed before anything leaves: whatever happens to the sender afterwards, no
    other takes the same message. One whose recipient has the day's messages already waits for the next morning.
    """
    known = rules.terms(clock.day_of(at))
    while True:
        waiting = Message.objects.select_for_update(skip_locked=True).due(at).filter(channel__in=channels)
        found = waiting.first()
        if found is None:
            return None
        if not found.urgent and _has_enough(found, at, known.cap):
            found.due_at, found.why = rules.next_morning(at, known, clock.BUSINESS_ZONE), HELD_BACK
            found.save(update_fields=["due_at", "why"])
            continue
        if _unwanted_by_now(found):
            continue
        return _taken(found, at)


def _has_enough(found: Message, at: datetime, cap: int) -> bool:
    with connection.cursor() as cursor:  # two senders do not count the same recipient at one moment
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [bytes(found.to_index).hex()])
    return queries.ordinary_on(to_index=bytes(found.to_index), day=clock.day_of(at)) >= cap


def _unwanted_by_now(found: Message) -> bool:
    """Whether the recipient stopped messages after this one was written; it goes nowhere then."""
    if not wordings()[found.purpose].stop:
        return False
    if not queries.has_stopped(channel=found.channel, to_index=bytes(found.to_index)):
        return False
    found.state, found.why = MessageState.STOPPED, queries.STOPPED_BY_RECIPIENT
    found.save(update_fields=["state", "why"])
    return True


def _taken(found: Message, at: datetime) -> Parcel:
    found.state, found.tried_at, found.attempts = MessageState.SENDING, at, found.attempts + 1
    found.save(update_fields=["state", "tried_at", "attempts"])
    to = found.to()
    assert to is not None
    return Parcel(
        found.pk, found.number, found.channel, found.purpose, found.language, to, found.text(), found.attempts
    )


@action
def note_sent(*, message: int, receipt: str, by: Actor, at: datetime) -> None:
    """Note that the gateway took a message; `receipt` is what the gateway calls it.

    :raises Message.DoesNotExist: it is not being sent
    """
    found = Message.objects.select_for_update().get(pk=message, state=MessageState.SENDING)
    found.state, found.sent_at, found.receipt, found.why = MessageState.SENT, at, receipt[:100], ""
    found.save(update_fields=["state", "sent_at", "receipt", "why"])
    publish(MessageSent(person=found.person_id, area=found.area, message=found.pk, by=by.id, at=at))


@action
def note_failure(*, message: int, failure: Failure, why: str, by: Actor, at: datetime) -> str:
    """Note that an attempt failed and why; gives the state of the message, which waits, is uncertain or dead.

    :raises Message.DoesNotExist: it is not being sent
    """
    found = Message.objects.select_for_update().get(pk=message, state=MessageState.SENDING)
    to = found.to()
    assert to is not None
    found.state = rules.state_after(failure, attempts=found.attempts, known=rules.terms(clock.day_of(at)))
    found.why, found.due_at = rules.without(why, to.reveal(), found.to_mask), at + rules.wait_after(found.attempts)
    found.save(update_fields=["state", "why", "due_at"])
    if found.state != MessageState.WAITING:
        publish(
            MessageFailed(person=found.person_id, area=found.area, message=found.pk, state=found.state, by=by.id, at=at)
        )
    return str(found.state)


@action
def note_interrupted(*, repeatable: frozenset[str], by: Actor, at: datetime) -> int:
    """Settle messages whose sender was killed between taking and noting; gives how many.

    By a channel whose gateway knows a message by its number (`repeatable`) the message goes out again and the gateway
    recognises it. By any other, nobody can know whether it arrived: it is uncertain, and a person decides.
    """
    stuck = Message.objects.select_for_update(skip_locked=True).filter(
        state=MessageState.SENDING, tried_at__lt=at - INTERRUPTED_AFTER
    )
    settled = 0
    for found in stuck.order_by("id"):
        again = found.channel in repeatable
        found.state = MessageState.WAITING if again else MessageState.UNCERTAIN
        found.why, found.due_at = INTERRUPTED, at
        found.save(update_fields=["state", "why", "due_at"])
        if not again:
            publish(
                MessageFailed(
                    person=found.person_id, area=found.area, message=found.pk, state=found.state, by=by.id, at=at
                )
            )
        settled += 1
    return settled
