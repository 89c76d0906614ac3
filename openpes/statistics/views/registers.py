"""The monthly registers: their sums side by side, one of them row by row, and the same on paper and as a workbook."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.calendars import DAY, Period, add_months
from openpes.kernel.paging import KeyedPaginator
from openpes.network.queries import area_exists, area_heading, areas_above, areas_below
from openpes.statistics import queries
from openpes.statistics.actions.registers import take_register
from openpes.statistics.choices import RegisterKind
from openpes.statistics.forms import FIRST_YEAR
from openpes.statistics.permissions import KEEP_REGISTERS
from openpes.statistics.queries.named import month_words
from openpes.statistics.queries.register_papers import (
    foot_heads,
    foot_words,
    register_heads,
    register_lines,
    register_pdf,
    register_workbook,
)
from openpes.statistics.queries.registers import MEASURED, Foot, RegisterAsked, place_of, register_foot, register_rows
from openpes.statistics.rules import notices_of_days
from openpes.statistics.views.files import XLSX, attached

PAGE = 50
MONTHS = 18


@dataclass(frozen=True)
class MonthChosen:
    """A month of an area; `refused` says in words why another is shown than was asked for."""

    area: str
    month: Period
    refused: str = ""

    @property
    def code(self) -> str:
        """The month as addresses have it."""
        return f"{self.month.from_on:%Y-%m}"

    @property
    def asked(self) -> dict[str, str]:
        """What an address asks that means the same."""
        return {"area": self.area, "month": self.code}

    def of(self, kind: RegisterKind, scope: str, on: date) -> RegisterAsked:
        """One register of it; of a month that runs, the days up to today."""
        until = min(self.month.until_on or date.max, on + DAY)
        return RegisterAsked(kind, scope, self.area, Period(self.month.from_on, until))


@permitted(KEEP_REGISTERS)
@require_safe
def register_list(request: HttpRequest) -> HttpResponse:
    """The sums of every register of an area and a month; what nobody measures yet is named, never nothing."""
    chosen = _chosen(request)
    scope = request.actor.scope
    feet: dict[RegisterKind, Foot] = {kind: register_foot(chosen.of(kind, scope, request.on)) for kind in MEASURED}
    lines = [(kind, feet.get(kind), urlencode({**chosen.asked, "register": kind})) for kind in RegisterKind]
    context = {
        **_around(request, chosen),
        "lines": lines,
        "heads": foot_heads(RegisterKind.SEEKERS),
        "is_empty": not any(foot.opening + foot.came for foot in feet.values()),
    }
    return render(request, "statistics/register_list.html", context)


@permitted(KEEP_REGISTERS)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """One register row by row, numbered in the order of entry, the newest first, with its sums at the foot."""
    chosen, asked = _asked(request)
    page = KeyedPaginator(register_rows(asked), PAGE).get_page(request.GET)
    rows = list(page)[::-1]
    first = place_of(asked, rows[0].pk) if rows else 1
    foot = register_foot(asked)
    context = {
        **_around(request, chosen),
        "kind": asked.kind,
        "page": page,
        "lines": register_lines(asked, rows, first=first)[::-1],
        "heads": register_heads(asked.kind),
        "foot": foot,
        "foot_words": foot_words(asked.kind, foot),
        "address": urlencode({**chosen.asked, "register": asked.kind}),
        "back": urlencode(chosen.asked),
    }
    return render(request, "statistics/register.html", context)


@permitted(KEEP_REGISTERS)
@require_safe
def register_print(request: HttpRequest) -> HttpResponse:
    """The whole register as a PDF; who printed how many rows is in the journal."""
    asked, lines, foot = _taken(request, "pdf")
    pages = register_pdf(asked, lines, foot, by=request.actor.name, at=request.at)
    answer = HttpResponse(pages, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{_file_name(asked)}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@permitted(KEEP_REGISTERS)
@require_safe
def register_xlsx(request: HttpRequest) -> HttpResponse:
    """The whole register as an Excel workbook; who took how many rows is in the journal."""
    asked, lines, foot = _taken(request, "xlsx")
    answer = attached(register_workbook(asked, lines, foot), f"{_file_name(asked)}.xlsx", XLSX)
    answer["Cache-Control"] = "no-store"
    return answer


def _taken(request: HttpRequest, way: str) -> tuple[RegisterAsked, list[Any], Foot]:
    _shown, asked = _asked(request)
    rows = take_register(asked=asked, way=way, by=request.actor, at=request.at)
    return asked, register_lines(asked, rows, first=1), register_foot(asked)


def _file_name(asked: RegisterAsked) -> str:
    return f"register-{asked.kind}-{asked.area}-{asked.month.from_on:%Y-%m}"


def _around(request: HttpRequest, chosen: MonthChosen) -> dict[str, Any]:
    renamed = queries.renamed_inside(chosen.area, chosen.month)
    return {
        "chosen": chosen,
        "title": month_words(chosen.month.from_on),
        "area_name": area_heading(chosen.area),
        "above": areas_above(chosen.area, request.actor.scope),
        "below": areas_below(chosen.area),
        "months": _months(request.on, chosen),
        "notices": notices_of_days(chosen.month, request.on, renamed),
    }


def _months(on: date, chosen: MonthChosen) -> list[tuple[str, str]]:
    days = [add_months(on.replace(day=1), -n) for n in range(MONTHS)]
    if chosen.month.from_on not in days:
        days.append(chosen.month.from_on)
    return [(f"{day:%Y-%m}", month_words(day)) for day in days]


def _asked(request: HttpRequest) -> tuple[MonthChosen, RegisterAsked]:
    """One measured register.

    :raises Http404: there is none of that name, nobody measures it, or the area is not inside the scope
    """
    kind = request.GET.get("register") or RegisterKind.PLACES
    if kind not in MEASURED:
        raise Http404
    chosen = _chosen(request)
    return chosen, chosen.of(RegisterKind(kind), request.actor.scope, request.on)


def _chosen(request: HttpRequest) -> MonthChosen:
    """The month and the area of an address; the last full month and the reader's own area without a choice."""
    scope, on = request.actor.scope, request.on
    area = request.GET.get("area") or scope
    if not area.startswith(scope) or not area_exists(area):
        raise Http404
    text = request.GET.get("month", "")
    if not text:
        return MonthChosen(area, _last_full(on))
    month = _month_of(text)
    shown = _("Shown is the last full month.")
    if month is None:
        return MonthChosen(area, _last_full(on), f"{_('A month is written like 2026-09.')} {shown}")
    if month.from_on > on:
        return MonthChosen(area, _last_full(on), f"{_('This month has not begun.')} {shown}")
    if month.from_on.year < FIRST_YEAR:
        told = _("The register has figures of %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": on.year}
        return MonthChosen(area, _last_full(on), f"{told} {shown}")
    return MonthChosen(area, month)


def _last_full(on: date) -> Period:
    first = on.replace(day=1)
    return Period(add_months(first, -1), first)


def _month_of(text: str) -> Period | None:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return Period(first, add_months(first, 1)) if len(text) == 7 and first.year < date.max.year else None
