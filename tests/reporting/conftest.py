"""Sentences in English, and what was published."""

import pytest
from django.utils import translation

from openpes.kernel import Event, listen
from openpes.kernel.events import _listeners


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def told():
    """Give a list that fills with the events of a kind while the test runs."""
    heard: list[tuple[type[Event], object]] = []

    def begin(kind: type[Event]) -> list:
        events: list = []
        listener = events.append
        listen(kind)(listener)
        heard.append((kind, listener))
        return events

    yield begin
    for kind, listener in heard:
        _listeners[kind].remove(listener)
