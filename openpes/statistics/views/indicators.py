"""The indicators with their definitions and figures, the same as a file, and the rows behind a number."""

from contextlib import AbstractContextManager
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.codes.queries import in_language
from openpes.engine.indicators.declared import Indicator
from openpes.network.queries import area_heading, area_label, areas_above, areas_below
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.queries.breakdowns import can_be_opened, rows_of_cell
from openpes.statistics.queries.indicators import Measured, all_measured, rows_of
from openpes.statistics.queries.kept import counted_since
from openpes.statistics.queries.measures import Asked, Part
from openpes.statistics.queries.named import plan_words, told_value
from openpes.statistics.views.asked import (
    AskedFor,
    period_choices,
    read_asked,
    read_indicator,
    room_of,
    title_of,
    unit_of,
)
from openpes.statistics.views.downloads import as_file, in_both_kinds
from openpes.statistics.views.parts import part_name, way_name
from openpes.statistics.views.words import rows_in_words

PAGE = 50


@permitted(VIEW_REPORTS)
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every indicator: what it counts over what, by which clause, and what that comes to in an area and a period."""
    asked = read_asked(request)
    context = {
        "asked": asked,
        "area_name": area_heading(asked.area),
        "above": areas_above(asked.area, request.actor.scope),
        "below": areas_below(asked.area),
        "periods": period_choices(request.on),
        "lines": [line_of(one, asked) for one in _measured(request, asked)],
        "counted_since": counted_since(asked.period, request.on),
        "address": asked.address(),
    }
    return render(request, "statistics/indicator_list.html", context)


def _file(request: HttpRequest, kind: str) -> HttpResponse:
    asked = read_asked(request)
    heads = (_("Area"), _("Period"), _("Code"), _("Indicator"), _("Unit"), _("Value"), _("Numerator"),
             _("Denominator"), _("Counted"), _("Out of"), _("Source"), _("Valid from"))  # fmt: skip
    rows = [
        (
            area_heading(asked.area), asked.title, one.indicator.code, title_of(one.indicator), unit_of(one.indicator),
            told_value(one), one.numerator, one.denominator, *definition_of(one.indicator),
            one.indicator.source, one.indicator.from_on,
        )
        for one in _measured(request, asked)
    ]  # fmt: skip
    return as_file(kind, f"indicators-{asked.area}-{asked.code}", _("Indicators"), heads, rows)


indicator_csv, indicator_xlsx = in_both_kinds(_file)


@permitted(VIEW_REPORTS)
@require_safe
def indicator_rows(request: HttpRequest) -> HttpResponse:
    """The rows behind a numerator or a denominator, a page at a time, with their sum."""
    asked = read_asked(request)
    indicator = read_indicator(request.GET, request.on)
    over, by = request.GET.get("part") == "denominator", request.GET.get("by", "")
    with _rows_asked(request, asked, indicator, over) as part:
        if part is None:
            raise Http404
        page = Paginator(part.rows, PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
        amounts = [row.amount for row in rows]
        told = part.told(rows) if part.told else rows_in_words(rows)
    counted, over_what = definition_of(indicator)
    context = {
        "asked": asked,
        "page": page,
        "title": title_of(indicator),
        "definition": over_what if over else counted,
        "cut": f"{way_name(by)}: {part_name(by, request.GET.get('key', ''))}" if by else "",
        "back": asked.address(indicator=indicator.code, by=by) if by else "",
        "area_name": area_heading(asked.area),
        "lines": [(one, amount, area_label(one.area)) for one, amount in zip(told, amounts, strict=True)],
        "sums": any(amount != 1 for amount in amounts),
        "address": asked.address(),
    }
    return render(request, "statistics/indicator_rows.html", context)


def _rows_asked(
    request: HttpRequest, asked: AskedFor, indicator: Indicator, over: bool
) -> AbstractContextManager[Part | None]:
    """The rows of a whole number, or of one cell of a breakdown."""
    scope, by, key = request.actor.scope, request.GET.get("by", ""), request.GET.get("key", "")
    where = {"scope": scope, "area": asked.area, "period": asked.period, "on": request.on}
    if not by:
        return rows_of(code=indicator.code, **where, denominator=over)
    if not can_be_opened(indicator, by):
        raise Http404
    return rows_of_cell(indicator=indicator, by=by, key=key, asked=Asked(**where), denominator=over)


def line_of(one: Measured, asked: AskedFor) -> dict[str, Any]:
    """A measured indicator with what a page shows of it."""
    counted, over_what = definition_of(one.indicator)
    return {
        "one": one,
        "indicator": one.indicator,
        "title": title_of(one.indicator),
        "unit": unit_of(one.indicator),
        "counted": counted,
        "over": over_what,
        "room": room_of(one.indicator),
        "value": told_value(one),
        "plan": plan_words(one.indicator, asked.area, asked.period.from_on.year),
        "rows": asked.address(indicator=one.indicator.code),
    }


def definition_of(indicator: Indicator) -> tuple[str, str]:
    """What is counted over what, in the reader's language."""
    return (
        in_language(indicator.numerator_zh, indicator.numerator_en),
        in_language(indicator.denominator_zh, indicator.denominator_en),
    )


def _measured(request: HttpRequest, asked: AskedFor) -> list[Measured]:
    return all_measured(scope=request.actor.scope, area=asked.area, period=asked.period, on=request.on)
