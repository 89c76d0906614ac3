"""What a vacancy is on a day; nothing is stored but dates, so no night job can forget a state."""

from datetime import date
from typing import Protocol

from openpes.vacancies.choices import State


class Dated(Protocol):
    """Anything with the dates of a vacancy."""

    published_on: date | None
    closes_on: date | None
    ended_on: date | None
    end_reason: str
    held_on: date | None


def state_on(vacancy: Dated, day: date) -> State:
    """The state on a day: public from `published_on` through `closes_on`, or until the day it ended.

    While a hold is open it is held from the day of the hold on; a hold that is over left no trace in its dates.
    """
    if vacancy.published_on is None or vacancy.closes_on is None or day < vacancy.published_on:
        return State.DRAFT
    if vacancy.ended_on is not None and vacancy.ended_on <= day:
        return State(vacancy.end_reason)
    if vacancy.closes_on < day:
        return State.EXPIRED
    return State.HELD if vacancy.held_on is not None and vacancy.held_on <= day else State.OPEN


def was_open_for(vacancy: Dated, introduced_on: date | None) -> bool:
    """Whether a person introduced on that day came while it was public, its first and last day included."""
    if introduced_on is None or vacancy.published_on is None or vacancy.closes_on is None:
        return False
    last = min(vacancy.ended_on, vacancy.closes_on) if vacancy.ended_on else vacancy.closes_on
    return vacancy.published_on <= introduced_on <= last
