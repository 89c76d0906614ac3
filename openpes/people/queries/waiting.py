"""What waits for an officer in the files of an area: requests, appeals, groups, identity numbers, files that came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext as _

from openpes.engine.calendars import working_days_after
from openpes.engine.parameters import parameters
from openpes.kernel.composed import ComposedColumns
from openpes.kernel.deadlines import Clock, clock_of
from openpes.people.choices import Fact
from openpes.people.models import CorrectionAppeal, CorrectionRequest, FileHandover, GroupMembership, NumberChange
from openpes.people.queries.records import group_title
from openpes.people.queries.steps import Step

REQUEST, APPEAL, GROUP, NUMBER, FILE = "request", "appeal", "group", "number", "file"
KINDS = (REQUEST, APPEAL, GROUP, NUMBER, FILE)
COLUMNS = ("kind", "number", "person__name", "what", "since", "due")


@dataclass(frozen=True)
class Matter:
    """Something about a file that waits for an officer: its kind, its number, whose it is, since when, its clock.

    `told` is what the row itself says: the fact, the group, the masked number, the area that the file came from.
    """

    kind: str
    pk: int
    person: str
    told: str
    about: str
    since_on: date
    clock: Clock

    @property
    def step(self) -> Step:
        """Where a list goes on after it."""
        return Step(self.clock.due_on, self.kind, self.pk)


def matters_waiting(
    *,
    scope: str,
    on: date,
    kinds: Collection[str] = (REQUEST, APPEAL),
    after: Step | None = None,
    limit: int | None = None,
) -> list[Matter]:
    """What waits in the files of the area, the nearest day first, by one statement.

    `after` reads on from a line, for the kinds that are due on a day of their own: requests, appeals and files.
    """
    asked = tuple(kind for kind in KINDS if kind in kinds)
    if not asked:
        return []
    rows = _waiting(asked, limit, scope=scope, after=after) if after else _WAITING(asked, limit, scope=scope)
    found = (tuple(row[name] for name in COLUMNS) for row in rows)
    return sorted((_matter(row, on) for row in found), key=lambda one: (one.clock.due_on, one.kind, one.pk))


def _waiting(kinds: tuple[str, ...], limit: int | None, *, scope: str, after: Step | None = None) -> QuerySet[Any, Any]:
    rows = [rows for kind, rows in _all_kinds(scope, after).items() if kind in kinds]
    return rows[0].union(*rows[1:], all=True).order_by("due", "kind", "number")[:limit]


_WAITING = ComposedColumns(_waiting, {"scope": "123"})


def _all_kinds(scope: str, after: Step | None) -> dict[str, QuerySet[Any, Any]]:
    asked = CorrectionRequest.objects.visible_to(scope).waiting()
    appealed = CorrectionAppeal.objects.visible_to(scope).waiting()
    entered = GroupMembership.objects.visible_to(scope).waiting()
    numbers, files = NumberChange.objects.visible_to(scope).waiting(), FileHandover.objects.visible_to(scope).waiting()
    text = CharField()
    told = {
        REQUEST: asked.annotate(number=F("pk"), what=Cast("fact", text), since=F("asked_on"), due=F("due_on")),
        APPEAL: appealed.annotate(
            number=F("request_id"), what=Cast("request__fact", text), since=F("filed_on"), due=F("due_on")
        ),
        GROUP: entered.annotate(
            number=F("pk"), what=Cast("group", text), since=TruncDate("entered_at"), due=TruncDate("entered_at")
        ),
        NUMBER: numbers.annotate(
            number=F("pk"), what=Cast("mask", text), since=TruncDate("asked_at"), due=TruncDate("asked_at")
        ),
        FILE: files.annotate(
            number=F("pk"), what=Cast("from_area", text), since=TruncDate("offered_at"), due=F("due_on")
        ),
    }
    if after:
        told = {kind: rows.filter(after.rows_after(kind, day="due", number="number")) for kind, rows in told.items()}
    return {
        kind: rows.annotate(kind=Value(kind, text)).order_by().values(*COLUMNS) for kind, rows in told.items()
    }


def _matter(row: tuple[Any, ...], on: date) -> Matter:
    kind, number, name, what, since_on, due_on = row
    if kind in (NUMBER, FILE):
        return Matter(kind, number, name, what, "", since_on, clock_of(due_on, on))
    if kind == GROUP:
        days = parameters().value("group_recognition_working_days", since_on)
        about = _("Recognise: %(group)s") % {"group": group_title(int(what))}
        return Matter(kind, number, name, what, about, since_on, clock_of(working_days_after(since_on, days), on))
    words = _("Correction asked: %(fact)s") if kind == REQUEST else _("Appeal against a refused correction: %(fact)s")
    about = words % {"fact": Fact(what).label}
    return Matter(kind, number, name, what, about, since_on, clock_of(due_on, on))
