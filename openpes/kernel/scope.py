"""Who sees which rows: the area prefix of a request, in the queryset and in the database alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self

from django.db import connection, models, transaction
from psycopg.sql import quote

CITY = "4501"
PUBLIC = "openpes_public"
LONGEST_PUBLIC_QUESTION = "2s"  # a visitor's question must not keep the server from others


class AreaField(models.CharField):
    """An area as the significant prefix of its 12-digit statistical code, compared byte by byte."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)


class ScopedQuerySet(models.QuerySet):
    """Rows with an `area`; nothing is visible without a scope."""

    def visible_to(self, scope: str) -> Self:
        """Rows inside the area prefix `scope`; none for an empty scope."""
        if not scope:
            return self.none()
        return self.filter(area__gte=scope, area__lt=scope + "~")


class PeriodQuerySet(ScopedQuerySet):
    """Rows of an area that hold for a period `[from_on, until_on)`, open while `until_on` is empty."""

    def in_force_on(self, day: date) -> Self:
        """Rows whose period holds the day."""
        return self.not_ended_by(day).filter(from_on__lte=day)

    def not_ended_by(self, day: date) -> Self:
        """Rows that are open, end after the day, or begin after it."""
        return self.filter(models.Q(until_on__isnull=True) | models.Q(until_on__gt=day))

    def overlapping(self, from_on: date, until_on: date) -> Self:
        """Rows valid on any day of `[from_on, until_on)`."""
        return self.not_ended_by(from_on).filter(from_on__lt=until_on)


@dataclass(frozen=True)
class Standing:
    """What the database lets this transaction see."""

    scope: str = ""
    role: str = "none"
    person: int | None = None
    employer: int | None = None

    def settings(self) -> list[tuple[str, str | None]]:
        """Names and values; what is nothing falls back to what the connection came with."""
        return [
            ("app.scope", self.scope),
            ("app.person", str(self.person or "")),
            ("app.employer", str(self.employer or "")),
            ("role", self.role),
            ("statement_timeout", LONGEST_PUBLIC_QUESTION if self.role == PUBLIC else None),
        ]


_standing: ContextVar[Standing | None] = ContextVar("standing", default=None)


@contextmanager
def within(
    scope: str = "", *, role: str = "none", person: int | None = None, employer: int | None = None
) -> Iterator[None]:
    """One transaction (or savepoint) in which row-level security shows exactly this standing.

    `role` is one of the restricted database roles (`openpes_public`, `openpes_self`) or `none`. The settings are
    local to the transaction, and a nested use puts the outer standing back, so nothing leaks to a later query on
    a reused connection.
    """
    wanted = Standing(scope, role, person, employer)
    outer = _standing.get() if connection.in_atomic_block else None
    if outer == wanted:
        with transaction.atomic():
            yield
        return
    with transaction.atomic():
        _apply(wanted)
        token = _standing.set(wanted)
        try:
            yield
        finally:
            _standing.reset(token)
        # The outermost end and a rollback forget local settings by themselves.
        if len(connection.atomic_blocks) > 1 and not connection.needs_rollback:
            _apply(outer or Standing())


def present_standing() -> Standing:
    """What the database lets this transaction see; nothing outside `within`."""
    return (_standing.get() if connection.in_atomic_block else None) or Standing()


def _apply(standing: Standing) -> None:
    connection.send_along(_statement(standing))


@lru_cache(maxsize=1024)
def _statement(standing: Standing) -> str:
    settings = [(quote(name), "NULL" if value is None else quote(value)) for name, value in standing.settings()]
    columns = [f"set_config({name}, {value}, true)" for name, value in settings]
    return f"SELECT {', '.join(columns)}"
