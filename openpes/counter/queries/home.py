"""The start page of each level: what waits with its clock, and the area and its units in numbers that open to lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, F, Func, Min, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest, Left, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from openpes.engine.parameters import parameters
from openpes.kernel import Actor
from openpes.kernel.clock import BUSINESS_ZONE
from openpes.kernel.composed import ComposedColumns
from openpes.matters.queries import offered, open_matters
from openpes.network.queries import AreaView, areas_below
from openpes.referrals.queries import follow_up, hires_to_confirm
from openpes.registration.choices import Status
from openpes.registration.models import JobWish, JobWishQuerySet, StatusPeriod
from openpes.registration.queries import (
    awaited_copies,
    due_contacts,
    open_appeals,
    open_certificates,
    transfers_of_area,
)
from openpes.reporting.queries import leads_to_take, owing, report_due_on
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import asked_publications, holds_waiting, unlooked_reports

NEXT_LENGTH = {4: 6, 6: 9, 9: 12}


@dataclass(frozen=True)
class Stock:
    """One number of an area: its words, the right and the list behind it, and the rows that it counts.

    `rows` gives one or several querysets whose rows differ; the list shows the rows of all of them.
    """

    label: Any
    right: str
    page: str
    query: str
    rows: Callable[[str, date], tuple[QuerySet, ...]]


@dataclass(frozen=True)
class Figure:
    """A number that opens to its list."""

    label: Any
    value: int
    page: str
    query: str


@dataclass(frozen=True)
class UnitLine:
    """A unit of the area with its numbers, in the order of the columns."""

    unit: AreaView
    figures: list[Figure]


@dataclass(frozen=True)
class Home:
    """The area in numbers, and below the unit's own level each unit in the same numbers."""

    figures: list[Figure]
    lines: list[UnitLine]

    @property
    def labels(self) -> list[Any]:
        """The heads of the columns."""
        return [figure.label for figure in self.figures]


@dataclass(frozen=True)
class Waiting:
    """A kind of work that waits: its words, the right and the list behind it, its rows, when each is due, and what
    narrows the list.
    """

    label: Any
    right: str
    page: str
    rows: Callable[[Actor, date], QuerySet]
    due_on: Callable[[date], Any] | None = None
    query: str = ""


@dataclass(frozen=True)
class WaitingLine:
    """How much of a kind waits, how much of it is late, and when the first was or is due."""

    label: Any
    page: str
    rows: int
    late: int
    first_due_on: date
    query: str = ""

    @property
    def tone(self) -> str:
        """The colour of its clock."""
        return "bad" if self.late else "plain"

    @property
    def late_words(self) -> str:
        """How much is late, in words."""
        return ngettext("%(n)s late", "%(n)s late", self.late) % {"n": self.late}


def _unemployed(scope: str, on: date) -> tuple[QuerySet, ...]:
    """Those without an end, found by an index of their own, and the few whose end lies ahead."""
    rows = StatusPeriod.objects.visible_to(scope).filter(status=Status.UNEMPLOYED, from_on__lte=on)
    return rows.filter(until_on=None), rows.filter(until_on__gt=on)


def _wishes(scope: str, on: date) -> tuple[QuerySet, ...]:
    """Wishes without a last day and those before it, each a part of one index."""
    rows = JobWish.objects.visible_to(scope).filter(from_on__lte=on)
    return rows.filter(until_on=None), rows.filter(until_on__gt=on)


STOCKS = (
    Stock(_("Registered unemployed"), "registration.view", "registration:unemployed_list", "", _unemployed),
    Stock(
        _("Confirmations due"), "registration.view", "registration:contact_list", "",
        lambda scope, on: (due_contacts(scope=scope, on=on),),
    ),
    Stock(_("Job wishes in force"), "registration.view", "counter:wishes", "", _wishes),
    Stock(
        _("Open vacancies"), "vacancies.view_vacancies", "vacancies:list", "state=open",
        lambda scope, on: (Vacancy.objects.visible_to(scope).open_on(on),),
    ),
    Stock(
        _("Introductions without an answer"), "referrals.view_referrals", "referrals:follow_up", "",
        lambda scope, on: (follow_up(scope=scope),),
    ),
    Stock(_("Open matters"), "matters.answer", "matters:list", "", lambda scope, on: (open_matters(scope=scope),)),
)  # fmt: skip


class MonthsAfter(Func):
    """A day so many months later, the last of a shorter month where it has no such day."""

    template = "(%(expressions)s + make_interval(months => %(months)s))::date"
    output_field = DateField()


def _contact_due(on: date) -> Any:
    last = Coalesce("contacted_on", TruncDate("registered_at", tzinfo=BUSINESS_ZONE))
    return MonthsAfter(last, months=int(parameters().value("contact_interval_months", on)))


def _publication_due(on: date) -> Any:
    return Cast(F("asked_on") + timedelta(days=int(parameters().value("publication_days", on))), DateField())


def _confirmation_due(_on: date) -> Any:
    """The day on which the work begins: from then on the person is employed; a later report is due at once."""
    return Greatest("begins_on", TruncDate("reported_at", tzinfo=BUSINESS_ZONE))


def _mine(actor: Actor, _on: date) -> QuerySet:
    return open_matters(scope=actor.scope, officer=actor.stands_for)


def _offered(actor: Actor, on: date) -> QuerySet:
    """Hand-overs to the officer by name, or to the office where the officer is posted."""
    return offered(actor=actor, on=on)


WAITINGS = (
    Waiting(
        _("Vacancies to be published"), "vacancies.publish_vacancies", "vacancies:list",
        lambda actor, on: asked_publications(scope=actor.scope), _publication_due, "state=asked",
    ),
    Waiting(
        _("Hires to be confirmed"), "referrals.record_hires", "referrals:follow_up",
        lambda actor, on: hires_to_confirm(scope=actor.scope), _confirmation_due,
    ),
    Waiting(
        _("Answers to be asked for"), "referrals.record_answers", "referrals:follow_up",
        lambda actor, on: follow_up(scope=actor.scope), lambda on: F("valid_until_on"),
    ),
    Waiting(_("Matters offered to you"), "matters.answer", "matters:mine", _offered),
    Waiting(_("Matters that you answer for"), "matters.answer", "matters:mine", _mine),
    Waiting(
        _("Confirmations due"), "registration.unemployment", "registration:contact_list",
        lambda actor, on: due_contacts(scope=actor.scope, on=on), _contact_due,
    ),
    Waiting(
        _("Handbooks to be issued"), "registration.issue", "registration:handbook_list",
        lambda actor, on: awaited_copies(scope=actor.scope),
    ),
    Waiting(
        _("Appeals to be ruled"), "registration.decide", "registration:appeal_list",
        lambda actor, on: open_appeals(scope=actor.scope),
    ),
    Waiting(
        _("New employers, doubtful advertisements and appeals"), "vacancies.publish_vacancies", "vacancies:looking",
        lambda actor, on: holds_waiting(scope=actor.scope), lambda on: F("look_by"),
    ),
    Waiting(
        _("Reports of readers"), "vacancies.publish_vacancies", "vacancies:looking",
        lambda actor, on: unlooked_reports(scope=actor.scope),
    ),
    Waiting(
        _("Transfers to be answered"), "registration.unemployment", "registration:transfer_list",
        lambda actor, on: transfers_of_area(scope=actor.scope),
    ),
    Waiting(
        _("Preference certificates to be decided"), "registration.issue", "registration:certificate_list",
        lambda actor, on: open_certificates(scope=actor.scope),
        lambda on: Case(When(reviewed_at=None, then=F("review_due_on")), default=F("decide_due_on")),
    ),
    Waiting(
        _("Vacancy reports owed"), "reporting.keep", "reporting:board",
        lambda actor, on: owing(scope=actor.scope, on=on), report_due_on,
    ),
    Waiting(
        _("Leads from villages to be taken up"), "reporting.keep", "reporting:lead_list",
        lambda actor, on: leads_to_take(scope=actor.scope),
    ),
)  # fmt: skip


def home_of(*, scope: str, on: date, rights: frozenset[str]) -> Home:
    """The numbers of an area and of the units directly below it, by one statement.

    Each is counted by the query of the list to which it opens.
    """
    shown = tuple(place for place, stock in enumerate(STOCKS) if stock.right in rights)
    counted = _counted(scope, on, shown, NEXT_LENGTH.get(len(scope), 12))
    units = _units(counted)
    figures = [_figure(STOCKS[place], sum(counted.get((place, unit), 0) for unit in units), "") for place in shown]
    lines = [
        UnitLine(unit, [_figure(STOCKS[place], counted.get((place, unit.path), 0), unit.path) for place in shown])
        for unit in areas_below(scope)
    ]
    return Home(figures, lines)


def waiting_lines(*, actor: Actor, on: date, rights: frozenset[str]) -> list[WaitingLine]:
    """What waits for an officer and the office by kind, the earliest due first, by one statement.

    A kind of which nothing waits is left out.
    """
    places = tuple(place for place, kind in enumerate(WAITINGS) if kind.right in rights)
    if actor.behalf:  # another hand stands in the statement
        rows = list(_waiting_rows(places, on, actor=actor))
    else:
        rows = _WAITING(places, on, scope=actor.scope, officer=actor.id) if places else []
    lines = [
        WaitingLine(kind.label, kind.page, row["rows"], row["late"], row["first"], kind.query)
        for row, kind in ((row, WAITINGS[row["place"]]) for row in rows)
        if row["rows"]
    ]
    return sorted(lines, key=lambda line: (line.first_due_on, line.page, str(line.label)))


def _waiting_rows(places: tuple[int, ...], on: date, *, actor: Actor) -> QuerySet:
    """How much of each kind waits, how much is late, and the first day, by the place of the kind."""
    return _together([
        WAITINGS[place].rows(actor, on).order_by().annotate(place=Value(place), day=_day(WAITINGS[place], on))
        .values("place").annotate(rows=Count("*"), late=Count(Value(1), filter=Q(day__lt=on)), first=Min("day"))
        for place in places
    ])  # fmt: skip


def _day(kind: Waiting, on: date) -> Any:
    return kind.due_on(on) if kind.due_on else F("due_on")


def wishes_of(*, scope: str, inside: str, on: date) -> JobWishQuerySet:
    """The job wishes in force inside a unit of the area, the latest first, with their persons."""
    found = JobWish.objects.visible_to(scope).in_force_on(on).select_related("person").order_by("-id")
    return found.visible_to(inside) if inside else found


def _figure(stock: Stock, value: int, area: str) -> Figure:
    query = "&".join(part for part in (stock.query, f"area={area}" if area else "") if part)
    return Figure(stock.label, value, stock.page, query)


def _counted(scope: str, on: date, shown: tuple[int, ...], length: int) -> Mapping[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for row in _COUNTED(shown, length, on, scope=scope) if shown else ():
        key = (row["place"], row["unit"])
        found[key] = found.get(key, 0) + row["rows"]
    return found


def _counted_rows(shown: tuple[int, ...], length: int, on: date, *, scope: str) -> QuerySet:
    """The rows of each stock by the place of the stock and the unit of the area."""
    return _together([
        rows.order_by().annotate(place=Value(place), unit=Left("area", length)).values("place", "unit")
        .annotate(rows=Count("*"))
        for place in shown
        for rows in STOCKS[place].rows(scope, on)
    ])  # fmt: skip


def _together(parts: list[QuerySet]) -> QuerySet:
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


# Composed for the rights of a role on a day, sent for the area and the officer of each request.
_COUNTED = ComposedColumns(_counted_rows, {"scope": "123"})
_WAITING = ComposedColumns(
    lambda places, on, scope, officer: _waiting_rows(places, on, actor=Actor(id=officer, scope=scope)),
    {"scope": "123", "officer": -1},
)


def _units(counted: Mapping[tuple[int, str], int]) -> set[str]:
    return {unit for _place, unit in counted}
