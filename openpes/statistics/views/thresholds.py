"""Thresholds of an area: what is watched, what crossed, what was said about it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.engine.calendars import Period
from openpes.engine.indicators.declared import indicator_on
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.kernel.clock import day_of
from openpes.kernel.days import spoken_day
from openpes.network.queries import area_heading, area_label, areas_above, areas_below
from openpes.statistics.actions import watching as actions
from openpes.statistics.choices import Rhythm, Sense
from openpes.statistics.forms import ThresholdForm
from openpes.statistics.models import AlertEntry, FigureAlert, Threshold
from openpes.statistics.permissions import KEEP_THRESHOLDS, VIEW_REPORTS
from openpes.statistics.queries import following as queries
from openpes.statistics.queries.following import Watched
from openpes.statistics.queries.named import told_value
from openpes.statistics.rules import quarter_title
from openpes.statistics.views.asked import month_words, read_asked, title_of, unit_of


@permitted(VIEW_REPORTS)
@require_safe
def threshold_list(request: HttpRequest) -> HttpResponse:
    """What is watched in an area and in the units inside it, and which alerts are open."""
    return _list(request, ThresholdForm(on=request.on))


@permitted(KEEP_THRESHOLDS)
@require_POST
def threshold_set(request: HttpRequest) -> HttpResponseBase:
    """Have an indicator of an area watched."""
    form, asked = ThresholdForm(request.POST, on=request.on), read_asked(request)
    if form.is_valid():
        try:
            made = actions.set_threshold(facts=form.facts(asked.area), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("statistics:threshold", pk=made.pk)
    return _list(request, form, status=422)


@permitted(VIEW_REPORTS)
@require_safe
def threshold(request: HttpRequest, pk: int) -> HttpResponse:
    """One threshold: what it says, the values that it looks at now, and the history of its alerts."""
    return render(request, "statistics/threshold.html", _one(request, pk))


@permitted(KEEP_THRESHOLDS)
@require_POST
def threshold_end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Watch a figure no longer."""
    with absent_is_404(Threshold.DoesNotExist):
        actions.end_threshold(threshold=pk, by=request.actor, at=request.at)
    return redirect("statistics:threshold", pk=pk)


@permitted(KEEP_THRESHOLDS)
@require_POST
def alert_acknowledge(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say what is known about an alert or what will be done."""
    with absent_is_404(FigureAlert.DoesNotExist):
        alert = FigureAlert.objects.visible_to(request.actor.scope).get(pk=pk)
    try:
        actions.acknowledge_alert(alert=pk, words=request.POST.get("words", ""), by=request.actor, at=request.at)
    except Refused as refused:
        context = _one(request, alert.threshold_id) | {"refused": refused}
        return render(request, "statistics/threshold.html", context, status=422)
    return redirect("statistics:threshold", pk=alert.threshold_id)


def threshold_line(one: Threshold) -> dict[str, Any]:
    """A threshold as a list shows it."""
    return {"one": one, "area": area_label(one.area), "title": _title(one), "says": says(one)}


def says(one: Threshold) -> str:
    """What a threshold says, in a sentence of the reader's language."""
    told = {"bound": f"{one.bound.normalize():,f}", "unit": unit_of(indicator_on(one.indicator, day_of(one.begun_at)))}
    sentence = {
        Sense.ABOVE: _("above %(bound)s %(unit)s"), Sense.BELOW: _("below %(bound)s %(unit)s"),
        Sense.CHANGE: _("changed by more than %(bound)s %(unit)s"),
    }[Sense(one.sense)] % told  # fmt: skip
    if one.runs == 1:
        alone = {Rhythm.MONTH: _("%(what)s in a month"), Rhythm.QUARTER: _("%(what)s in a quarter")}
        return alone.get(Rhythm(one.rhythm), "%(what)s") % {"what": sentence}
    runs = {
        Rhythm.DAY: _("for %(n)s days running"), Rhythm.MONTH: _("for %(n)s months running"),
        Rhythm.QUARTER: _("for %(n)s quarters running"),
    }[Rhythm(one.rhythm)] % {"n": one.runs}  # fmt: skip
    return _("%(what)s, %(runs)s") % {"what": sentence, "runs": runs}


def alert_lines(scope: str, alerts: list[FigureAlert]) -> list[dict[str, Any]]:
    """Alerts with what their threshold says and their history; the threshold is read already."""
    entries = queries.entries_of(scope=scope, alerts=alerts)
    names = queries.names_of({entry.by for told in entries.values() for entry in told})
    return [
        {
            "alert": one, "area": area_label(one.area), "title": _title(one.threshold), "says": says(one.threshold),
            "entries": [(entry, names.get(entry.by, ""), _found(entry, one.threshold)) for entry in entries[one.pk]],
        }
        for one in alerts
    ]  # fmt: skip


def _title(one: Threshold) -> str:
    return title_of(indicator_on(one.indicator, day_of(one.begun_at)))


def _found(entry: AlertEntry, rule: Threshold) -> str:
    if entry.value is None or entry.from_on is None or entry.until_on is None:
        return ""
    when = _period_words(Period(entry.from_on, entry.until_on), rule.rhythm)
    told = {"when": when, "value": f"{entry.value.normalize():,f}"}
    if entry.before is None:
        return _("%(when)s: %(value)s") % told
    before = {"before": f"{entry.before.normalize():,f}"}
    return _("%(when)s: %(value)s, before %(before)s") % (told | before)


def _period_words(period: Period, rhythm: str) -> str:
    if rhythm == Rhythm.DAY:
        return spoken_day(period.from_on)
    return quarter_title(period) if rhythm == Rhythm.QUARTER else month_words(period.from_on)


def _list(request: HttpRequest, form: ThresholdForm, status: int = 200) -> HttpResponse:
    asked, scope = read_asked(request), request.actor.scope
    context = {
        "asked": asked,
        "area_name": area_heading(asked.area),
        "above": areas_above(asked.area, scope),
        "below": areas_below(asked.area),
        "lines": [threshold_line(one) for one in queries.thresholds_in(scope=scope, area=asked.area)],
        "alerts": alert_lines(scope, list(queries.alerts_in(scope=scope, area=asked.area))),
        "form": form,
        "may_keep": KEEP_THRESHOLDS.code in request.rights,
        "address": asked.address(),
    }
    return render(request, "statistics/threshold_list.html", context, status=status)


def _one(request: HttpRequest, pk: int) -> dict[str, Any]:
    scope = request.actor.scope
    with absent_is_404(Threshold.DoesNotExist):
        row = Threshold.objects.visible_to(scope).get(pk=pk)
    found = queries.held(threshold=row, on=request.on)
    alerts = list(queries.alerts_of(scope=scope, threshold=pk).select_related("threshold"))
    return {
        "row": row,
        "line": threshold_line(row),
        "area_name": area_heading(row.area),
        "unit": unit_of(found.at.measured.indicator),
        "holder": queries.names_of({row.account}).get(row.account, "–"),
        "seen": [_seen(one, row) for one in found.seen],
        "alerts": alert_lines(scope, alerts),
        "may_keep": KEEP_THRESHOLDS.code in request.rights,
    }


def _seen(one: Watched, row: Threshold) -> tuple[str, str, bool]:
    return _period_words(one.period, row.rhythm), told_value(one.measured), one.runs_on
