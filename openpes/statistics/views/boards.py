"""The board of an area for the desk and for a wall, and each of its charts as a file."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.calendars import quarter, quarter_number
from openpes.engine.indicators import KEYS
from openpes.engine.indicators.declared import Indicator, indicator_on, indicators_on
from openpes.kernel.days import spoken_day
from openpes.network.queries import area_heading, area_label, areas_above, areas_below
from openpes.statistics.choices import Side
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.queries import boards as queries
from openpes.statistics.queries import row_name
from openpes.statistics.queries.ages import labour_force_behind
from openpes.statistics.queries.boards import BANDS
from openpes.statistics.queries.following import alerts_in
from openpes.statistics.queries.indicators import measured
from openpes.statistics.queries.kept import counted_since
from openpes.statistics.queries.named import told_value
from openpes.statistics.queries.targets import targets_of
from openpes.statistics.views.asked import AskedFor, month_words, period_choices, read_asked, title_of, unit_of
from openpes.statistics.views.downloads import as_file, in_both_kinds
from openpes.statistics.views.drawn import age_words, heat_rows, pyramid_chart, tile_map
from openpes.statistics.views.indicators import line_of
from openpes.statistics.views.lines import Line, line_chart
from openpes.statistics.views.targets import TONES
from openpes.statistics.views.thresholds import alert_lines
from openpes.statistics.views.words import rows_in_words

KEY_FIGURES = ("unemployed", "unemployment_rate", "reemployed", "places_offered", "hires", "placement_rate",
               "vacancy_coverage", "points_online")  # fmt: skip
# A board begins with what its reader answers for: how offices work, or who in a village still needs work.
FIGURES_OF = {
    "supervisor": ("waiting_minutes", "registrations_per_officer", "hires_per_officer", "days_to_work",
                   "promise_jobs", "placement_rate", "retention", "vacancy_coverage"),
    "village_officer": ("unemployed", "unemployed_long", "reemployed_hard", "zero_employment_households",
                        "full_employment_communities", "promise_jobs", "introductions", "hires"),
}  # fmt: skip
MAPPED = "unemployment_rate"
CHARTS = ("map", "ages", "occupations", "months")
PAGE = 50
SEXES = {"1": lambda: _("Men"), "2": lambda: _("Women")}


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
def age_rows(request: HttpRequest) -> HttpResponse:
    """The registrations behind one bar of the age pyramid, a page at a time."""
    asked, query = read_asked(request), request.GET
    band, sex = query.get("band", str(BANDS[0])), query.get("sex", "1")
    if band not in map(str, BANDS) or sex not in SEXES:
        raise Http404
    rows = labour_force_behind(
        scope=request.actor.scope, area=asked.area, on=request.on, first=int(band), sex=sex
    )  # fmt: skip
    page = Paginator(rows, PAGE).get_page(query.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "title": f"{_('Ages of the registered labour force')}: {age_words(int(band))}, {SEXES[sex]()}",
        "area_name": area_heading(asked.area),
        "lines": [(one, area_label(one.area)) for one in rows_in_words(list(page.object_list))],
        "address": asked.address(),
        "back": "statistics:board",
        "back_title": _("Board of figures"),
        "when": spoken_day(request.on),
    }
    return render(request, "statistics/flow_rows.html", context)


def _file(request: HttpRequest, kind: str) -> HttpResponse:
    asked, chart = read_asked(request), request.GET.get("chart") or CHARTS[0]
    if chart not in CHARTS:
        raise Http404
    made = {"map": _map_file, "ages": _ages_file, "occupations": _heat_file, "months": _months_file}[chart]
    heads, rows = made(request, asked)
    return as_file(kind, f"{chart}-{asked.area}-{asked.code}", chart, heads, rows)


board_csv, board_xlsx = in_both_kinds(_file)


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
        "periods": period_choices(on),
        "figures": [line_of(measured(code=code, period=asked.period, **where), asked) for code in _keys_of(request)],
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
        "alerts": alert_lines(scope, list(alerts_in(scope=scope, area=asked.area))),
        "address": asked.address(indicator=mapped.code, side=side),
        "flows_address": asked.address(),
        "moment": request.at,
        "counted_since": counted_since(asked.period, on),
    }


def _keys_of(request: HttpRequest) -> tuple[str, ...]:
    return FIGURES_OF.get(request.grant.role if request.grant else "", KEY_FIGURES)


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
