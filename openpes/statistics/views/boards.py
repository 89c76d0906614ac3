"""The board of an area for the desk and for a wall, and each of its charts as a file."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.calendars import quarter, quarter_number
from openpes.engine.indicators import KEYS
from openpes.engine.indicators.declared import Indicator, indicator_on, indicators_on
from openpes.network.queries import area_heading, area_label, areas_above, areas_below
from openpes.statistics.choices import Side
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.queries import boards as queries
from openpes.statistics.queries import row_name
from openpes.statistics.queries.indicators import measured
from openpes.statistics.queries.named import told_value
from openpes.statistics.queries.targets import targets_of
from openpes.statistics.views.asked import AskedFor, month_words, read_asked, title_of, unit_of
from openpes.statistics.views.drawn import age_words, heat_rows, pyramid_chart, tile_map
from openpes.statistics.views.files import attached
from openpes.statistics.views.indicators import line_of
from openpes.statistics.views.lines import Line, line_chart
from openpes.statistics.views.tables import as_lines
from openpes.statistics.views.targets import TONES

KEY_FIGURES = ("unemployed", "unemployment_rate", "reemployed", "places_offered", "hires", "placement_rate",
               "vacancy_coverage", "points_online")  # fmt: skip
MAPPED = "unemployment_rate"
CHARTS = ("map", "ages", "occupations", "months")


@permitted(VIEW_REPORTS)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The area at a glance: key figures, targets, its units as a map of tiles, ages, occupations, months."""
    return render(request, "statistics/board.html", _context(request))


@permitted(VIEW_REPORTS)
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The same for a screen on a wall, which asks again by itself."""
    return render(request, "statistics/wall.html", _context(request))


@permitted(VIEW_REPORTS)
@require_safe
def board_csv(request: HttpRequest) -> HttpResponse:
    """The numbers of one chart as a file that Excel opens."""
    asked, chart = read_asked(request), request.GET.get("chart", "")
    if chart not in CHARTS:
        raise Http404
    heads, rows = {"map": _map_file, "ages": _ages_file, "occupations": _heat_file, "months": _months_file}[chart](
        request, asked
    )
    return attached(as_lines(heads, rows), f"{chart}-{asked.area}-{asked.code}.csv")


def _context(request: HttpRequest) -> dict[str, Any]:
    asked, scope, on = read_asked(request), request.actor.scope, request.on
    where = {"scope": scope, "area": asked.area, "on": on}
    mapped, side = _mapped(request), _side(request)
    tiles = queries.tiles(code=mapped.code, period=asked.period, **where)
    year = asked.period.from_on.year
    return {
        "asked": asked,
        "area_name": area_heading(asked.area),
        "above": areas_above(asked.area, scope),
        "below": areas_below(asked.area),
        "figures": [line_of(measured(code=code, period=asked.period, **where), asked) for code in KEY_FIGURES],
        "targets": [
            (
                one,
                title_of(one.measured.indicator),
                told_value(one.measured),
                TONES[one.colour] if one.colour else "plain",
            )
            for one in targets_of(scope=scope, area=asked.area, year=year, on=on)
        ],
        "mapped": mapped,
        "mapped_title": title_of(mapped),
        "mapped_unit": unit_of(mapped),
        "choices": [(one.code, title_of(one)) for one in indicators_on(on) if one.measured_by],
        "side": side,
        "sides": Side.choices,
        "map": tile_map(tiles, lambda path: f"area={path}&period={asked.code}&indicator={mapped.code}"),
        "pyramid": pyramid_chart(queries.pyramid(**where)),
        "heat": heat_rows(queries.heat(side=side, **where)),
        "heat_keys": [(key, row_name(row)) for key, row in KEYS[5].items()],
        "quarter": f"{on.year}-{quarter_number(quarter(on))}",
        **_months(queries.months(**where), on),
        "address": asked.address(indicator=mapped.code, side=side),
        "moment": request.at,
    }


def _months(found: dict[str, dict[date, int]], on: date) -> dict[str, Any]:
    days = list(next(iter(found.values())))
    return {
        "chart": line_chart(_lines(found), names=[month_words(day) for day in days]),
        "series": [(code, title_of(indicator_on(code, on))) for code in found],
        "month_rows": [
            (f"{day:%Y-%m}", month_words(day), [(code, found[code][day]) for code in found]) for day in days
        ],
    }


def _mapped(request: HttpRequest) -> Indicator:
    try:
        return indicator_on(request.GET.get("indicator") or MAPPED, request.on)
    except KeyError:
        raise Http404 from None


def _side(request: HttpRequest) -> str:
    side = request.GET.get("side", "")
    return side if side in Side.values else Side.SEEKERS


def _lines(found: dict) -> list[Line]:
    names = {
        "unemployed_in": _("Unemployment registrations"), "employed_in": _("Employment registrations"),
        "seekers_new": _("Job seekers"), "places_offered": pgettext("chart", "Places"),
        "hires": pgettext("chart", "Hires"),
    }  # fmt: skip
    return [Line(names[code], "abcde"[n], list(days.values())) for n, (code, days) in enumerate(found.items())]


def _map_file(request: HttpRequest, asked: AskedFor) -> tuple[tuple, list]:
    mapped = _mapped(request)
    tiles = queries.tiles(
        code=mapped.code, scope=request.actor.scope, area=asked.area, period=asked.period, on=request.on
    )
    heads = (_("Area"), title_of(mapped), _("Unit"), _("Numerator"), _("Denominator"))
    return heads, [
        (one.unit.label, told_value(one.measured), unit_of(mapped), one.measured.numerator, one.measured.denominator)
        for one in tiles
    ]


def _ages_file(request: HttpRequest, asked: AskedFor) -> tuple[tuple, list]:
    bands = queries.pyramid(scope=request.actor.scope, area=asked.area, on=request.on)
    return (_("Age"), _("Men"), _("Women")), [(age_words(one.first), one.men, one.women) for one in bands]


def _heat_file(request: HttpRequest, asked: AskedFor) -> tuple[tuple, list]:
    made = queries.heat(side=_side(request), scope=request.actor.scope, area=asked.area, on=request.on)
    heads = (_("Area"), *(row_name(row) for row in KEYS[5].values()))
    return heads, [
        (area_label(unit.path), *(made.counts.get((unit.path, key), 0) for key in KEYS[5])) for unit in made.units
    ]


def _months_file(request: HttpRequest, asked: AskedFor) -> tuple[tuple, list]:
    found = queries.months(scope=request.actor.scope, area=asked.area, on=request.on)
    heads = (_("Month"), *(title_of(indicator_on(code, request.on)) for code in found))
    return heads, [(f"{day:%Y-%m}", *(found[code][day] for code in found)) for day in next(iter(found.values()))]
