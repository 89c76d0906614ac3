"""Telling what happened: listeners in the same transaction, the outbox for those who hear it later."""

from collections.abc import Iterable

from openpes.kernel.events import Event, Listener, heard_by, heard_later_by, many_form
from openpes.kernel.outbox import post


def publish(event: Event) -> None:
    """Tell every listener of the event's class and its parents, and write the outbox rows of the later ones."""
    for listener in heard_by(type(event)):
        listener(event)
    later = list(heard_later_by(type(event)))
    if later:
        post(event, later)


def publish_all(events: Iterable[Event]) -> None:
    """Tell many events as `publish` tells one; a listener with a form for many hears all of its own at once.

    Every listener hears its events in their order.
    """
    told = list(events)
    kinds = dict.fromkeys(map(type, told))
    hearing = {kind: tuple(heard_by(kind)) for kind in kinds}
    later = {kind: list(heard_later_by(kind)) for kind in kinds}
    waiting: dict[Listener, list[Event]] = {}
    for event in told:
        for listener in hearing[type(event)]:
            waiting.setdefault(listener, []).append(event)
        if later[type(event)]:
            post(event, later[type(event)])
    for listener, heard in waiting.items():
        together = many_form(listener)
        if together:
            together(heard)
        else:
            for event in heard:
                listener(event)
