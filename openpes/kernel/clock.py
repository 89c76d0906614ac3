"""The one clock: everything else is given the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from os import environ
from zoneinfo import ZoneInfo

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """The present moment, aware, in the business zone; `OPENPES_CLOCK` (ISO 8601) stops it for trials."""
    stopped = _stopped_at.get() or _from_environment()
    return stopped or datetime.now(BUSINESS_ZONE)


def day_of(at: datetime) -> date:
    """The business day on which a moment falls."""
    return at.astimezone(BUSINESS_ZONE).date()


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Stop the clock at a moment, for tests of the ways in that ask for the time."""
    token = _stopped_at.set(at)
    try:
        yield
    finally:
        _stopped_at.reset(token)


def _from_environment() -> datetime | None:
    text = environ.get("OPENPES_CLOCK")
    return datetime.fromisoformat(text).astimezone(BUSINESS_ZONE) if text else None
