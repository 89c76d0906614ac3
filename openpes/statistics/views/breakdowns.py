"""An indicator part by part: a page and a file; each number opens to its rows."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.indicators import percentage
from openpes.engine.indicators.declared import Indicator
from openpes.network.queries import area_heading, areas_above, areas_below
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.queries.breakdowns import Breakdown, breakdown
from openpes.statistics.queries.indicators import Measured, measured, measured_below
from openpes.statistics.queries.measures import Asked
from openpes.statistics.queries.named import title_of, told_value, unit_of
from openpes.statistics.views.asked import AskedFor, period_choices, read_asked, read_indicator
from openpes.statistics.views.downloads import as_file, in_both_kinds
from openpes.statistics.views.indicators import definition_of
from openpes.statistics.views.parts import part_name, way_name


@permitted(VIEW_REPORTS)
@require_safe
def indicator_breakdown(request: HttpRequest) -> HttpResponse:
    """One indicator of an area and a period by one of the breakdowns that it declares."""
    asked, indicator = read_asked(request), read_indicator(request.GET, request.on)
    by = _read_by(request, indicator)
    made = _broken(request, asked, indicator, by)
    counted, over = definition_of(indicator)
    context = {
        "asked": asked,
        "indicator": indicator,
        "title": title_of(indicator),
        "unit": unit_of(indicator),
        "counted": counted,
        "over": over,
        "area_name": area_heading(asked.area),
        "above": areas_above(asked.area, request.actor.scope),
        "below": areas_below(asked.area),
        "periods": period_choices(request.on),
        "by": by,
        "ways": [(one, way_name(one)) for one in indicator.breakdowns],
        "way": way_name(by),
        "lines": [_line(made, key, one, asked) for key, one in made.parts],
        "whole": (made.whole, told_value(made.whole), asked.address(indicator=indicator.code)),
        "address": asked.address(indicator=indicator.code, by=by),
        "to_list": asked.address(),
    }
    return render(request, "statistics/indicator_breakdown.html", context)


def _file(request: HttpRequest, kind: str) -> HttpResponse:
    asked, indicator = read_asked(request), read_indicator(request.GET, request.on)
    by = _read_by(request, indicator)
    made = _broken(request, asked, indicator, by)
    heads = (way_name(by), _("Value"), _("Unit"), _("Numerator"), _("Denominator"))
    named = [*((part_name(by, key), one) for key, one in made.parts), (_("Total"), made.whole)]
    rows = [(name, told_value(one), unit_of(indicator), one.numerator, one.denominator) for name, one in named]
    return as_file(kind, f"{indicator.code}-{by}-{asked.area}-{asked.code}", title_of(indicator), heads, rows)


indicator_breakdown_csv, indicator_breakdown_xlsx = in_both_kinds(_file)


def _read_by(request: HttpRequest, indicator: Indicator) -> str:
    by = request.GET.get("by") or next((one for one in indicator.breakdowns if one != "area"), "area")
    if by not in indicator.breakdowns or not indicator.measured_by:
        raise Http404
    return by


def _broken(request: HttpRequest, asked: AskedFor, indicator: Indicator, by: str) -> Breakdown:
    scope, on = request.actor.scope, request.on
    if by != "area":
        return breakdown(indicator=indicator, by=by, asked=Asked(scope, asked.area, asked.period, on))
    units = [unit.path for unit in areas_below(asked.area)]
    told = {"code": indicator.code, "scope": scope, "period": asked.period, "on": on}
    whole, below = measured(area=asked.area, **told), measured_below(areas=units, **told)
    own = _rest(whole, list(below.values()))
    parts = [*below.items(), *([("", own)] if own.numerator or own.denominator else [])]
    return Breakdown(by, tuple(parts), whole)


def _rest(whole: Measured, parts: list[Measured]) -> Measured:
    """What stands at the level itself and in none of its units."""
    left = (whole.numerator or 0) - sum(one.numerator or 0 for one in parts)
    over = None if whole.denominator is None else whole.denominator - sum(one.denominator or 0 for one in parts)
    return Measured(whole.indicator, left, over)


def _line(made: Breakdown, key: str, one: Measured, asked: AskedFor) -> dict[str, Any]:
    told: dict[str, object] = {"indicator": one.indicator.code}
    if made.by == "area":
        rows = AskedFor(key, asked.period, asked.code).address(**told) if key else ""
    else:
        rows = asked.address(**told, by=made.by, key=key)
    share: Decimal | None = percentage(one.numerator or 0, made.whole.numerator or 0)
    return {"name": part_name(made.by, key), "one": one, "value": told_value(one), "rows": rows, "share": share}
