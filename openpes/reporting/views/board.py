"""Where the employers of an area stand with their reports, and the reporting page of one of them."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.employers.models import Employer
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.kernel.deadlines import clock_of
from openpes.kernel.paging import BoundedPaginator
from openpes.matching.permissions import VIEW_SUGGESTIONS
from openpes.matching.queries import Candidates, candidate_lists
from openpes.network.queries import area_name
from openpes.reporting import actions, queries
from openpes.reporting.choices import Rhythm, Still
from openpes.reporting.forms import DutyForm, VisitForm, WayForm, read_said
from openpes.reporting.models import Lead, ReportLine
from openpes.reporting.permissions import KEEP_REPORTING, VIEW_REPORTING
from openpes.vacancies.choices import SignWay
from openpes.vacancies.models import Vacancy

PAGE = 30


@permitted(VIEW_REPORTING)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Who owes a report in the area, the late ones first, and what else waits."""
    scope, on = request.actor.scope, request.on
    shown = request.GET.get("show", "late")
    found = queries.owing(scope=scope, on=on, late=shown != "due").select_related("employer").order_by("pk")
    page = BoundedPaginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": "due" if shown == "due" else "late",
        "rows": [
            (duty, area_name(duty.area), clock_of(queries.last_period(Rhythm(duty.rhythm), on).due_on, on))
            for duty in page
        ],
        "columns": [
            {"label": label} for label in (_("Employer"), _("Place"), _("Rhythm"), pgettext("report", "Due on"))
        ],
        "counts": {
            "late": queries.owing(scope=scope, on=on, late=True).count(),
            "due": queries.owing(scope=scope, on=on, late=False).count(),
            "held": queries.stale_holds(scope=scope),
            "calls": queries.to_call(scope=scope, on=on).count(),
            "visits": queries.planned_visits(scope=scope, on=on).count(),
            "leads": Lead.objects.visible_to(scope).filter(outcome="").count(),
        },
        "changes": queries.changes_to_settle(scope=scope),
        "may_keep": KEEP_REPORTING.code in request.rights,
    }
    return render(request, "reporting/board.html", context)


@permitted(VIEW_REPORTING)
def of_employer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One employer: its duty and reports, its open vacancies with what it says of them, calls and visits."""
    employer = get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    reasons: tuple = ()
    running = queries.running_vacancies(employer=pk, on=request.on)
    if request.method == "POST":
        try:
            _reported(request, pk, [one.vacancy.pk for one in running])
            return redirect("reporting:of_employer", pk=pk)
        except Refused as refused:
            reasons = refused.reasons
    return render(
        request, "reporting/employer.html", _page_of(request, employer, running) | {"reasons": reasons},
        status=422 if reasons else 200,
    )  # fmt: skip


@permitted(KEEP_REPORTING)
def duty(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Set how often an employer reports."""
    employer = get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    held = queries.duty_of(employer=pk, on=request.on)
    form = DutyForm(request.POST or None, initial={"rhythm": held.rhythm if held else ""})
    if form.is_valid():
        try:
            actions.set_duty(employer=pk, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("reporting:of_employer", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "employer": employer, "title": _("Duty to report vacancies")}
    return render(request, "reporting/form.html", context, status=422 if form.errors else 200)


@permitted(KEEP_REPORTING)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Note that a change was seen to."""
    with absent_is_404(ReportLine.DoesNotExist):
        actions.settle_change(line=pk, by=request.actor, at=request.at)
    return redirect("reporting:board")


def _reported(request: HttpRequest, pk: int, running: list[int]) -> None:
    if KEEP_REPORTING.code not in request.rights:
        raise Refused(_("Your role does not take reports."))
    form = WayForm(request.POST)
    way = SignWay(form.cleaned_data["way"]) if form.is_valid() else SignWay.COUNTER
    told = {"said": read_said(request.POST, running), "none_open": bool(request.POST.get("none_open"))}
    actions.report_vacancies(employer=pk, way=way, **told, by=request.actor, at=request.at)


def _page_of(request: HttpRequest, employer: Employer, running: list) -> dict:
    held = queries.duty_of(employer=employer.pk, on=request.on)
    owed = queries.owed_by(duty=held, on=request.on) if held else None
    return {
        "employer": employer,
        "duty": held,
        "owed": owed,
        "clock": clock_of(owed.period.due_on, request.on) if owed else None,
        "running": running,
        "choices": Still.choices,
        "way_form": WayForm(),
        "visit_form": VisitForm(initial={"planned_on": request.on}),
        "silence": queries.silence_of(employer=employer.pk, on=request.on),
        "reports": queries.reports_of(employer=employer.pk, actor=request.actor),
        "visits": queries.visits_of(employer=employer.pk),
        "calls": queries.calls_of(employer=employer.pk),
        "may_keep": KEEP_REPORTING.code in request.rights,
        "suited": _suited(request, running),
    }


def _suited(request: HttpRequest, running: list) -> list[tuple[Vacancy, Candidates]]:
    """Of each vacancy that is shown how many of the reader's area were among the best of the city in the last night."""
    if VIEW_SUGGESTIONS.code not in request.rights:
        return []
    rows = [one.vacancy for one in running if not one.held]
    found = candidate_lists(scope=request.actor.scope, vacancies=[row.pk for row in rows])
    return [(row, found[row.pk]) for row in rows if row.pk in found]
