"""Settling: what a person decides about a message that did not go out, and what is erased in time."""

from datetime import datetime, timedelta

from openpes.engine.parameters import parameters
from openpes.kernel import Actor, action, clock, defer, publish, refuse_if
from openpes.messages import rules
from openpes.messages.actions.writing import DELIVERY
from openpes.messages.choices import OPEN, MessageState
from openpes.messages.events import MessageDecided
from openpes.messages.models import Message


@action
def send_again(*, message: int, by: Actor, at: datetime) -> Message:
    """Send a message again that was given up or is uncertain.

    :raises Message.DoesNotExist: it is not one of the actor's area
    :raises Refused: nothing is to be decided about it
    """
    found = _to_decide(message, by)
    found.state, found.attempts, found.due_at = MessageState.WAITING, 0, at
    _decided(found, by, at)
    defer(DELIVERY, once=DELIVERY)
    return found


@action
def leave_message(*, message: int, by: Actor, at: datetime) -> Message:
    """Leave a message as it is; it goes out no more.

    :raises Message.DoesNotExist: it is not one of the actor's area
    :raises Refused: nothing is to be decided about it
    """
    found = _to_decide(message, by)
    found.state = MessageState.LEFT
    _decided(found, by, at)
    return found


def _to_decide(message: int, by: Actor) -> Message:
    found = Message.objects.visible_to(by.scope).select_for_update().get(pk=message)
    refuse_if(rules.why_not_decide(found.state))
    return found


def _decided(found: Message, by: Actor, at: datetime) -> None:
    found.decided_at, found.decided_by = at, by.id
    found.save(update_fields=["state", "attempts", "due_at", "decided_at", "decided_by"])
    told = {"person": found.person_id, "area": found.area, "message": found.pk, "state": found.state}
    publish(MessageDecided(**told, by=by.id, at=at))


@action
def erase_old(*, by: Actor, at: datetime) -> int:
    """Erase recipient and text of messages that are settled and old; gives how many."""
    days = parameters().value("message_days_kept", clock.day_of(at))
    old = Message.objects.filter(written_at__lt=at - timedelta(days=days), to_sealed__isnull=False)
    return old.exclude(state__in=OPEN).update(to_sealed=None, text_sealed=None, to_mask="")
