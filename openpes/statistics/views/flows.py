"""The flows of the registered labour force from status to status: the page, its files, and the rows behind a flow."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.calendars import DAY
from openpes.network.queries import area_heading, area_label, areas_above, areas_below
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.queries.flows import OUTSIDE, REGISTERED, STATES, Flows, flows, rows_of_flow
from openpes.statistics.queries.indicators import measured
from openpes.statistics.views.asked import FIRST_YEAR, AskedFor, period_choices, read_asked
from openpes.statistics.views.downloads import as_file, in_both_kinds
from openpes.statistics.views.sankey import flow_words, sankey, state_words
from openpes.statistics.views.words import rows_in_words

PAGE = 50
CHANGED = {"unemployed": ("unemployed_in", "unemployed_out"), "employed": ("employed_in", "employed_out")}
FIRST = "unemployed.employed"


@permitted(VIEW_REPORTS)
@require_safe
def flow_chart(request: HttpRequest) -> HttpResponse:
    """Who went from which status to which within a period, as a chart and as a table."""
    asked, made = _made(request)
    context = {
        "asked": asked,
        "area_name": area_heading(asked.area),
        "above": areas_above(asked.area, request.actor.scope),
        "below": areas_below(asked.area),
        "periods": period_choices(request.on),
        "made": made,
        "before_on": made.first_on - DAY,
        "chart": sankey(made, lambda origin, to: asked.address(flow=_code(origin, to))),
        "lines": [_line(made, state, asked) for state in REGISTERED],
        "flows": [(flow_words(*flow), number, asked.address(flow=_code(*flow))) for flow, number in _listed(made)],
        "begun": [_begun(request, asked, state) for state in REGISTERED],
        "address": asked.address(),
    }
    return render(request, "statistics/flows.html", context)


@permitted(VIEW_REPORTS)
@require_safe
def flow_rows(request: HttpRequest) -> HttpResponse:
    """The registrations behind a flow, a page at a time."""
    asked = read_asked(request)
    origin, _dot, to = (request.GET.get("flow") or FIRST).partition(".")
    flow = _state(origin), _state(to)
    if flow == (OUTSIDE, OUTSIDE):
        raise Http404
    where: dict[str, Any] = {"scope": request.actor.scope, "area": asked.area, "period": asked.period}
    page = Paginator(rows_of_flow(**where, on=request.on, flow=flow), PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": page,
        "title": flow_words(*flow),
        "area_name": area_heading(asked.area),
        "lines": [(one, area_label(one.area)) for one in rows_in_words(list(page.object_list))],
        "address": asked.address(),
        "back": "statistics:flow_chart",
        "back_title": _("From status to status"),
        "when": asked.title,
    }
    return render(request, "statistics/flow_rows.html", context)


def _made(request: HttpRequest) -> tuple[AskedFor, Flows]:
    asked = read_asked(request)
    return asked, flows(scope=request.actor.scope, area=asked.area, period=asked.period, on=request.on)


def _file(request: HttpRequest, kind: str) -> HttpResponse:
    asked, made = _made(request)
    heads = (_("Area"), _("Period"), pgettext("flow", "Before"), pgettext("flow", "At the end"), _("persons"))
    rows = [
        (area_heading(asked.area), asked.title, state_words(origin), state_words(to), number)
        for (origin, to), number in _listed(made)
    ]
    return as_file(kind, f"flows-{asked.area}-{asked.code}", _("From status to status"), heads, rows)


flow_csv, flow_xlsx = in_both_kinds(_file)


def _listed(made: Flows) -> list[tuple[tuple[str, str], int]]:
    return sorted(made.numbers.items(), key=lambda one: (STATES.index(one[0][0]), STATES.index(one[0][1])))


def _line(made: Flows, state: str, asked: AskedFor) -> dict[str, Any]:
    """A status with its stock, who came, who left, and its stock, as they add up."""
    return {
        "words": state_words(state), "opening": made.opening(state), "came": made.came(state),
        "left": made.left(state), "closing": made.closing(state),
        "opening_rows": _stock_before(made, state, asked), "closing_rows": asked.address(indicator=state),
    }  # fmt: skip


def _stock_before(made: Flows, state: str, asked: AskedFor) -> str:
    """The address of a stock on the day before the period: the last day of a month; before the first year none."""
    before_on = made.first_on - DAY
    if before_on.year < FIRST_YEAR:
        return ""
    return urlencode({"area": asked.area, "period": f"{before_on:%Y-%m}", "indicator": state})


def _begun(request: HttpRequest, asked: AskedFor, state: str) -> dict[str, Any]:
    """How many registrations of a status began and ended in the period: more than persons who came and left."""
    where: dict[str, Any] = {"scope": request.actor.scope, "area": asked.area, "period": asked.period}
    begun, ended = (measured(code=code, on=request.on, **where).numerator for code in CHANGED[state])
    return {
        "words": state_words(state), "begun": begun, "ended": ended,
        "begun_rows": asked.address(indicator=CHANGED[state][0]),
        "ended_rows": asked.address(indicator=CHANGED[state][1]),
    }  # fmt: skip


def _code(origin: str, to: str) -> str:
    return f"{origin or 'none'}.{to or 'none'}"


def _state(word: str) -> str:
    if word == "none":
        return OUTSIDE
    if word not in REGISTERED:
        raise Http404
    return word
