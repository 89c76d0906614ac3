"""Planning visits by area and silence, the sheet of a day, and what was learnt."""

import csv
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.employers.models import Employer
from openpes.engine.calendars import Period, quarter, working_days_after
from openpes.kernel import Reason, Refused
from openpes.network.queries import area_full_name, area_name
from openpes.reporting import actions, queries
from openpes.reporting.forms import CancelForm, LearntForm, PlanForm, VisitForm
from openpes.reporting.models import Visit
from openpes.reporting.permissions import KEEP_REPORTING, VIEW_REPORTING
from openpes.vacancies.models import Vacancy


@permitted(KEEP_REPORTING)
def planner(request: HttpRequest) -> HttpResponseBase:
    """Who to visit next and why; the chosen ones are planned for a day."""
    form = _plan_form(request)
    area, day = _where_and_when(form, request)
    found = queries.visit_candidates(scope=request.actor.scope, area=area, on=request.on)
    reasons: tuple = ()
    if request.method == "POST":
        reasons = _planned(request, found, day)
        if not reasons:
            return redirect(f"{reverse('reporting:visit_list')}?day={day.isoformat()}")
    context = {
        "form": form,
        "reasons": reasons,
        "rows": [(one, area_name(one.employer.area)) for one in found],
        "day": day,
        "area": area,
        "columns": [{"label": ""}, *({"label": text} for text in (_("Employer"), _("Place"), _("Last heard of"))),
                    {"label": pgettext("visit", "Why")}, {"label": pgettext("visit", "Points"), "number": True}],
    }  # fmt: skip
    return render(request, "reporting/planner.html", context, status=422 if reasons else 200)


@permitted(KEEP_REPORTING)
@require_safe
def planner_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file that Excel opens."""
    area, _day = _where_and_when(_plan_form(request), request)
    found = queries.visit_candidates(scope=request.actor.scope, area=area, on=request.on, most=200)
    rows = (
        (one.employer.name, one.employer.credit_code, area_full_name(one.employer.area), one.employer.address,
         one.heard_on or "", one.wanted.points, one.wanted.words)
        for one in found
    )  # fmt: skip
    heads = (
        _("Employer"),
        _("Credit code"),
        _("Place"),
        _("Address"),
        _("Last heard of"),
        pgettext("visit", "Points"),
        pgettext("visit", "Why"),
    )
    return csv_file(f"visits-{request.on.isoformat()}.csv", heads, rows)


@permitted(VIEW_REPORTING)
@require_safe
def visit_list(request: HttpRequest) -> HttpResponse:
    """The visits ahead, those of a day, and what visits brought in this quarter."""
    scope, on = request.actor.scope, request.on
    form = PlanForm(request.GET, scope=scope)
    day = form.cleaned_data.get("day") if form.is_valid() else None
    found = queries.planned_visits(scope=scope, on=day)
    period: Period = quarter(on)
    context = {
        "rows": [(one, area_name(one.area)) for one in found[:200]],
        "day": day,
        "form": form,
        "counted": queries.visits_counted(scope=scope, from_on=period.from_on, until_on=period.until_on),
        "columns": [{"label": label} for label in (_("Day"), _("Employer"), _("Place"), pgettext("visit", "Why"))],
        "may_keep": KEEP_REPORTING.code in request.rights,
    }
    return render(request, "reporting/visits.html", context)


@permitted(VIEW_REPORTING)
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The printed sheet of a day's visits."""
    form = PlanForm(request.GET, scope=request.actor.scope)
    day = (form.cleaned_data.get("day") if form.is_valid() else None) or request.on
    made = queries.visit_sheet(scope=request.actor.scope, on=day, officer=None, name=request.actor.name, at=request.at)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="visits-{day.isoformat()}.pdf"'
    return response


@permitted(KEEP_REPORTING)
@require_POST
def visit_new(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Plan a visit to one employer."""
    get_object_or_404(Employer.objects.visible_to(request.actor.scope), pk=pk)
    form = VisitForm(request.POST)
    if form.is_valid():
        made = actions.plan_visit(employer=pk, **form.cleaned_data, by=request.actor, at=request.at)
        return redirect("reporting:visit", pk=made.pk)
    raise Refused(*(Reason(text) for errors in form.errors.values() for text in errors))


@permitted(VIEW_REPORTING)
def visit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One visit: why, what was learnt, the vacancies that it won."""
    row = get_object_or_404(Visit.objects.visible_to(request.actor.scope).select_related("employer", "site"), pk=pk)
    learnt_form, cancel_form = LearntForm(initial={"made_on": request.on}), CancelForm()
    if request.method == "POST":
        learnt_form, cancel_form, done = _told(request, row)
        if done:
            return redirect("reporting:visit", pk=pk)
    won = queries.won_by(visit=pk)
    context = {
        "row": row,
        "place": area_full_name(row.site.area if row.site else row.area),
        "learnt_form": learnt_form,
        "cancel_form": cancel_form,
        "won": won,
        "fresh": _fresh(row, [one.vacancy_id for one in won]),
        "running": queries.running_vacancies(employer=row.employer_id, on=request.on),
        "ahead": row.made_on is None and row.cancelled_on is None,
        "may_keep": KEEP_REPORTING.code in request.rights,
    }
    bad = learnt_form.errors or cancel_form.errors
    return render(request, "reporting/visit.html", context, status=422 if bad else 200)


def csv_file(name: str, heads: Iterable[object], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A table as a file that Excel opens; no text is taken for a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return response


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value


def _plan_form(request: HttpRequest) -> PlanForm:
    return PlanForm(request.POST if request.method == "POST" else request.GET, scope=request.actor.scope)


def _where_and_when(form: PlanForm, request: HttpRequest) -> tuple:
    chosen = form.cleaned_data if form.is_valid() else {}
    day = chosen.get("day") or working_days_after(request.on, 1)
    return chosen.get("area") or request.actor.scope, day


def _planned(request: HttpRequest, found: list[queries.Candidate], day: object) -> tuple:
    """Plan the chosen ones, all or none; why not, when it does not happen."""
    why = {str(one.employer.pk): one.wanted.words[:300] for one in found}
    chosen = [pk for pk in request.POST.getlist("employer") if pk in why]
    if not chosen:
        return (Reason(_("Choose at least one employer."), next_step=_("Tick those that shall be visited.")),)
    try:
        for pk in chosen:
            actions.plan_visit(
                employer=int(pk), planned_on=day, why=why[pk] or _("planned visit"), by=request.actor, at=request.at
            )  # type: ignore[arg-type]
    except Refused as refused:
        return refused.reasons
    return ()


def _told(request: HttpRequest, row: Visit) -> tuple[LearntForm, CancelForm, bool]:
    learnt_form, cancel_form = LearntForm(initial={"made_on": request.on}), CancelForm()
    if KEEP_REPORTING.code not in request.rights:
        raise Refused(_("Your role does not take reports."))
    told = {"visit": row.pk, "by": request.actor, "at": request.at}
    act, form = request.POST.get("act", ""), None
    try:
        if act == "won":
            number = request.POST.get("vacancy", "")
            actions.note_won(vacancy=int(number) if number.isdigit() else 0, **told)
            return learnt_form, cancel_form, True
        form = CancelForm(request.POST) if act == "cancel" else LearntForm(request.POST)
        if isinstance(form, CancelForm) and form.is_valid():
            actions.cancel_visit(words=form.cleaned_data["words"], **told)
            return learnt_form, form, True
        if isinstance(form, LearntForm) and form.is_valid():
            actions.tell_visit(learnt=form.learned(), **told)
            return form, cancel_form, True
    except Refused as refused:
        if form is None:
            raise
        form.refuse(refused)
    return (learnt_form, form, False) if isinstance(form, CancelForm) else (form, cancel_form, False)  # type: ignore[return-value]


def _fresh(row: Visit, counted: list[int]) -> list[Vacancy]:
    """Vacancies of the employer that were written down since the visit and do not count yet."""
    if row.made_on is None:
        return []
    found = Vacancy.objects.filter(employer_id=row.employer_id, drafted_on__gte=row.made_on)
    return list(found.exclude(pk__in=counted).order_by("pk")[:20])
