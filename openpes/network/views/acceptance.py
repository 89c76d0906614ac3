"""Acceptance: the board, the lists behind its figures, and one acceptance with its steps."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.engine.checklists import Checklist, checklist_on
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.network import actions, queries
from openpes.network.choices import AcceptanceState, Standing
from openpes.network.forms import EvidenceForm, PointsForm
from openpes.network.models import Acceptance, ServicePoint
from openpes.network.permissions import ASSESS, DESCRIBE_POINT, VIEW_NETWORK
from openpes.network.queries import AcceptanceSheet
from openpes.network.views.places import columns, inside, title_of

PAGE = 50


@permitted(VIEW_NETWORK)
@require_safe
def acceptance_board(request: HttpRequest) -> HttpResponse:
    """How many points of an area and of each unit below stand where with a check-list."""
    place, listed = inside(request, request.GET.get("area", "")), _list(request)
    scope = request.actor.scope
    rows = queries.acceptance_board(scope=scope, inside=place, checklist=listed, on=request.on)
    shown = [(row, [(state.value, row.counts.get(state.value, 0)) for state in Standing]) for row in rows]
    labels = tuple(state.label for state in Standing)
    context = _frame(request, place, listed) | {
        "total": shown[0],
        "stats": [(state, rows[0].counts.get(state.value, 0)) for state in Standing],
        "rows": shown[1:],
        "columns": columns(_("Area"), *labels, _("Share passed"), numbers=labels),
    }
    return render(request, "network/acceptance_board.html", context)


@permitted(VIEW_NETWORK)
@require_safe
def acceptance_list(request: HttpRequest) -> HttpResponse:
    """The points behind a figure of the board."""
    place, listed = inside(request, request.GET.get("area", "")), _list(request)
    found = queries.standing_points(scope=request.actor.scope, inside=place, checklist=listed, on=request.on)
    standing = request.GET.get("standing", "")
    if standing in Standing.values:
        found = found.filter(standing=standing)
    context = _frame(request, place, listed) | {
        "standing": standing,
        "standings": list(Standing),
        "labels": dict(Standing.choices),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "columns": columns(_("Point"), _("Kind"), _("State"), _("Re-check on")),
    }
    return render(request, "network/acceptance_list.html", context)


@permitted(VIEW_NETWORK)
@require_safe
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """One acceptance: evidence, points, signatures, and what comes next."""
    return _page(request, _sheet(request, pk))


@permitted(DESCRIBE_POINT)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin the acceptance of a point."""
    get_object_or_404(ServicePoint.objects.visible_to(request.actor.scope), pk=pk)
    wanted = request.POST.get("checklist", "")
    begun = actions.begin_acceptance(point=pk, checklist=wanted, by=request.actor, at=request.at)
    return redirect("network:acceptance", pk=begun.pk)


@permitted(DESCRIBE_POINT)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand in the evidence for every item."""
    sheet = _sheet(request, pk)
    form = EvidenceForm(request.POST, checklist=sheet.checklist, titles=_titles(request, sheet))
    if form.is_valid():
        try:
            actions.submit_acceptance(acceptance=pk, evidence=form.evidence(), by=request.actor, at=request.at)
            return redirect("network:acceptance", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return _page(request, sheet, evidence_form=form)


@permitted(DESCRIBE_POINT)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give up an acceptance that was begun by mistake."""
    _sheet(request, pk)
    point = actions.drop_acceptance(acceptance=pk, by=request.actor, at=request.at)
    return redirect("network:point", pk=point)


@permitted(ASSESS)
@require_POST
def assess(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give points to every item and sign them as the first assessor."""
    sheet = _sheet(request, pk)
    form = PointsForm(request.POST, checklist=sheet.checklist, titles=_titles(request, sheet))
    if form.is_valid():
        told = {"points": form.points(), "remarks": form.remarks()}
        try:
            actions.assess_acceptance(acceptance=pk, **told, by=request.actor, at=request.at)
            return redirect("network:acceptance", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return _page(request, sheet, points_form=form)


@permitted(ASSESS)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sign as the second assessor exactly what was shown."""
    _sheet(request, pk)
    actions.sign_acceptance(acceptance=pk, seen=request.POST.get("seen", ""), by=request.actor, at=request.at)
    return redirect("network:acceptance", pk=pk)


@permitted(ASSESS)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Do not agree with the first assessor; the points fall."""
    _sheet(request, pk)
    reason = request.POST.get("reason", "")[:200]
    actions.return_acceptance(acceptance=pk, reason=reason, by=request.actor, at=request.at)
    return redirect("network:acceptance", pk=pk)


@permitted(ASSESS)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the result on the public page of the point."""
    _sheet(request, pk)
    actions.publish_acceptance(acceptance=pk, by=request.actor, at=request.at)
    return redirect("network:acceptance", pk=pk)


def _list(request: HttpRequest) -> Checklist:
    known = queries.list_codes()
    wanted = request.GET.get("checklist", "")
    found = checklist_on(wanted if wanted in known else known[0], request.on)
    if found is None:
        raise Http404
    return found


def _frame(request: HttpRequest, place: str, listed: Checklist) -> dict[str, Any]:
    lists = [one for code in queries.list_codes() if (one := checklist_on(code, request.on))]
    return {
        "area": queries.area(place),
        "above": queries.areas_above(place, request.actor.scope),
        "listed": listed,
        "title": title_of(listed, request.LANGUAGE_CODE),
        "lists": [(one.code, title_of(one, request.LANGUAGE_CODE)) for one in lists],
    }


def _sheet(request: HttpRequest, pk: int) -> AcceptanceSheet:
    with absent_is_404(Acceptance.DoesNotExist):
        return queries.acceptance_sheet(scope=request.actor.scope, pk=pk)


def _titles(request: HttpRequest, sheet: AcceptanceSheet) -> dict[str, str]:
    return {item.code: title_of(item, request.LANGUAGE_CODE) for item in sheet.checklist.items}


def _page(request: HttpRequest, sheet: AcceptanceSheet, **given: Any) -> HttpResponse:
    row, titles, given_points = sheet.acceptance, _titles(request, sheet), pgettext("acceptance", "Points")
    may_assess = ASSESS.code in request.rights
    forms: dict[str, Any] = {}
    if row.state == AcceptanceState.PREPARED and DESCRIBE_POINT.code in request.rights:
        forms["evidence_form"] = EvidenceForm(checklist=sheet.checklist, titles=titles)
    if row.state == AcceptanceState.SUBMITTED and may_assess:
        forms["points_form"] = PointsForm(checklist=sheet.checklist, titles=titles)
    forms |= given
    context = {
        "row": row,
        "sheet": sheet,
        "title": title_of(sheet.checklist, request.LANGUAGE_CODE),
        "items": [(item, stored, titles[item.code]) for item, stored in sheet.items],
        "first": sheet.names.get(row.first_assessor or 0, ""),
        "second": sheet.names.get(row.second_assessor or 0, ""),
        "applicant": sheet.names.get(row.applied_by, "OpenPES"),
        "may_sign": may_assess and row.state == AcceptanceState.ASSESSED,
        "may_publish": may_assess and row.state in ("passed", "failed") and row.published_on is None,
        "columns": columns(_("Item"), _("Evidence"), given_points, _("Remark"), numbers=(given_points,)),
        **forms,
    }
    wrong = any(form.errors for form in given.values())
    return render(request, "network/acceptance.html", context, status=422 if wrong else 200)
