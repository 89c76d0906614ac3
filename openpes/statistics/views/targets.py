"""Targets of an area and a year: what is reached of them, who holds back, and their way through two pairs of hands."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.engine.indicators.declared import indicator_on, indicators_on
from openpes.engine.indicators.plans import Forecast
from openpes.engine.parameters import parameters
from openpes.kernel import Refused, has_hand_in
from openpes.network.queries import area_heading, area_label, areas_above, areas_below
from openpes.statistics.actions import targets as actions
from openpes.statistics.choices import Colour, WeightBasis
from openpes.statistics.forms import ProposeForm
from openpes.statistics.models import Target
from openpes.statistics.permissions import SET_TARGETS, VIEW_REPORTS
from openpes.statistics.queries import targets as queries
from openpes.statistics.queries.named import plan_words, told_value
from openpes.statistics.queries.targets import Standing
from openpes.statistics.views.asked import AskedFor, month_words, read_asked, title_of, unit_of
from openpes.statistics.views.lines import Line, line_chart

TONES = {Colour.GREEN: "ok", Colour.BLUE: "plain", Colour.YELLOW: "wait", Colour.RED: "bad"}


@permitted(VIEW_REPORTS)
@require_safe
def target_list(request: HttpRequest) -> HttpResponse:
    """The targets of an area and a year, each with its plan of the day and its colour."""
    return _list(request, ProposeForm(on=request.on, initial=_planned(request)))


@permitted(SET_TARGETS)
@require_POST
def target_propose(request: HttpRequest) -> HttpResponseBase:
    """Propose a target or a new version of one."""
    form = ProposeForm(request.POST, on=request.on)
    asked = read_asked(request)
    if form.is_valid():
        try:
            actions.propose_target(
                facts=form.facts(asked.area, asked.period.from_on.year), by=request.actor, at=request.at
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect(f"{reverse('statistics:target_list')}?{asked.address()}")
    return _list(request, form, status=422)


@permitted(VIEW_REPORTS)
@require_safe
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """One target: its versions, its months with the forecast, and the units below with who holds back."""
    return render(request, "statistics/target.html", _context(request, pk))


@permitted(SET_TARGETS)
@require_POST
def target_decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Agree to a proposed target, or refuse it with words."""
    agrees, words = request.POST.get("agrees") == "yes", request.POST.get("words", "")
    return _act(
        request, pk,
        lambda: actions.decide_target(target=pk, agrees=agrees, words=words, by=request.actor, at=request.at),
    )  # fmt: skip


@permitted(SET_TARGETS)
@require_POST
def target_hand_down(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Divide a target among the units right below."""
    sent = request.POST.get("basis", "")
    basis = sent if sent in WeightBasis.values else WeightBasis.EQUAL
    return _act(request, pk, lambda: actions.hand_down_target(target=pk, basis=basis, by=request.actor, at=request.at))


def _act(request: HttpRequest, pk: int, act: Callable[[], object]) -> HttpResponseBase:
    get_object_or_404(Target.objects.visible_to(request.actor.scope), pk=pk)
    try:
        act()
    except Refused as refused:
        return render(request, "statistics/target.html", _context(request, pk) | {"refused": refused}, status=422)
    return redirect("statistics:target", pk=pk)


def _planned(request: HttpRequest) -> dict[str, Any]:
    """The form filled with what the founding plan asks by the indicator of the address, and the clause; or empty."""
    asked = read_asked(request)
    year = asked.period.from_on.year
    known = {one.code: one for one in indicators_on(request.on)}
    one = known.get(request.GET.get("indicator", ""))
    goal = one and one.plan_for(asked.area, year)
    if one is None or goal is None:
        return {}
    return {"indicator": one.code, "goal": goal, "from_on": date(year, 1, 1), "reason": one.source}


def _offered(asked: AskedFor, on: date, taken: set[str]) -> list[dict[str, str]]:
    """What the founding plan asks and is no target of the year yet, each with the address that fills the form."""
    year = asked.period.from_on.year
    return [
        {
            "title": title_of(one),
            "plan": plan_words(one, asked.area, year),
            "source": one.source,
            "address": asked.address(indicator=one.code),
        }
        for one in indicators_on(on)
        if one.code not in taken and one.plan_for(asked.area, year) is not None
    ]


def _list(request: HttpRequest, form: ProposeForm, status: int = 200) -> HttpResponse:
    asked, scope = read_asked(request), request.actor.scope
    year = asked.period.from_on.year
    where = {"scope": scope, "area": asked.area, "year": year}
    waiting = list(queries.waiting_targets(**where))
    found = queries.targets_of(**where, on=request.on)
    taken = {row.indicator for row in (*(one.target for one in found), *waiting)}
    context = {
        "asked": asked,
        "year": year,
        "years": [request.on.year, request.on.year - 1],
        "area_name": area_heading(asked.area),
        "above": areas_above(asked.area, scope),
        "below": areas_below(asked.area),
        "lines": [_line(one, area_label(asked.area)) for one in found],
        "offered": _offered(asked, request.on, taken),
        "waiting": [(row, title_of(indicator_on(row.indicator, request.on))) for row in waiting],
        "form": form,
        "may_set": SET_TARGETS.code in request.rights,
        "address": asked.address(),
    }
    return render(request, "statistics/target_list.html", context, status=status)


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    scope, on = request.actor.scope, request.on
    row = get_object_or_404(Target.objects.visible_to(scope), pk=pk)
    indicator = indicator_on(row.indicator, on)
    points = queries.months_of(scope=scope, target=row, on=on)
    made = queries.forecast_of(points, indicator, on)
    below = queries.targets_below(scope=scope, target=row, on=on)
    found = {one.target.pk: one for one in queries.targets_of(scope=scope, area=row.area, year=row.year, on=on)}
    reached = found[row.pk].measured.value if row.pk in found else None
    made = queries.forecast_of(points, indicator, on, reached)
    return {
        "row": row,
        "now": _line(found[row.pk], area_label(row.area)) if row.pk in found else None,
        "title": title_of(indicator),
        "unit": unit_of(indicator),
        "area_name": area_heading(row.area),
        "versions": queries.versions_of(scope=scope, target=row),
        "points": [(month_words(one.month), one.measured, told_value(one.measured)) for one in points],
        "forecast": _whole(made) if indicator.kind == "count" else made,
        "forecast_percent": parameters().value("forecast_percent", on),
        "chart": line_chart(_series(points, row), names=[month_words(one.month) for one in points]),
        "below": [_line(one, area_label(one.target.area)) for one in below],
        "is_divided": bool(below) and not queries.adds_up(scope=scope, target=row, on=on),
        "bases": [] if indicator.has_denominator else WeightBasis.choices[:-1],
        "may_set": SET_TARGETS.code in request.rights,
        "is_own": has_hand_in(request.actor, row.proposed_hands),
        "address": f"area={row.area}&period={row.year}",
    }


def _whole(made: Forecast | None) -> Forecast | None:
    """A forecast of what is counted one by one, without parts of it."""
    return made and Forecast(*(Decimal(round(value)) for value in (made.value, made.low, made.high)))


def _series(points: list, row: Target) -> list[Line]:
    plans = [
        queries.standing(row, one.measured, one.month).plan for one in points
    ]  # fmt: skip
    return [
        Line(_("reached"), "a", [one.measured.value for one in points]),
        Line(_("plan of the day"), "b", list(plans)),
    ]


def _line(one: Standing, name: str) -> dict[str, Any]:
    return {
        "one": one,
        "target": one.target,
        "name": name,
        "title": title_of(one.measured.indicator),
        "unit": unit_of(one.measured.indicator),
        "value": told_value(one.measured),
        "tone": TONES[one.colour] if one.colour else "plain",
        "colour": one.colour.label if one.colour else "",
        "rows": f"area={one.target.area}&period={one.target.year}&indicator={one.target.indicator}",
    }
