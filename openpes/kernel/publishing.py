"""Telling what happened: listeners in the same transaction, the outbox for those who hear it later."""

from openpes.kernel.events import Event, heard_by, heard_later_by
from openpes.kernel.outbox import post


def publish(event: Event) -> None:
    """Tell every listener of the event's class and its parents, and write the outbox rows of the later ones."""
    for listener in heard_by(type(event)):
        listener(event)
    later = list(heard_later_by(type(event)))
    if later:
        post(event, later)
