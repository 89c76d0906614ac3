"""Pilot applications: the list by state, one application with its steps, and the next step."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.network import actions, queries
from openpes.network.choices import PilotState
from openpes.network.forms import PilotForm, StepForm
from openpes.network.models import PilotApplication
from openpes.network.permissions import PILOTS, VIEW_NETWORK
from openpes.network.rules import TRANSITIONS, steps_open
from openpes.network.views.places import columns

PAGE = 50


@permitted(VIEW_NETWORK)
@require_safe
def pilot_list(request: HttpRequest) -> HttpResponse:
    """Applications inside one's area, by state."""
    state = request.GET.get("state", "")
    counts = queries.pilot_counts(scope=request.actor.scope)
    found = queries.pilot_applications(scope=request.actor.scope, state=state if state in PilotState.values else "")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "state": state,
        "states": [(one, counts.get(one.value, 0)) for one in PilotState],
        "page": page,
        "rows": [(row, queries.area_full_name(row.area)) for row in page],
        "columns": columns(_("Application"), _("Area"), _("State")),
        "may_apply": PILOTS.code in request.rights,
    }
    return render(request, "network/pilot_list.html", context)


@permitted(PILOTS)
def apply(request: HttpRequest) -> HttpResponseBase:
    """Apply for a unit of one's area to become a pilot."""
    form = PilotForm(request.POST or None, initial={"area": request.actor.scope})
    if form.is_valid():
        told = {"area": form.cleaned_data["area"], "title": form.cleaned_data["title"], "facts": form.facts()}
        try:
            applied = actions.apply_as_pilot(**told, by=request.actor, at=request.at)
            return redirect("network:pilot", pk=applied.pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "network/apply_pilot.html", {"form": form}, status=422 if form.errors else 200)


@permitted(VIEW_NETWORK)
@require_safe
def pilot(request: HttpRequest, pk: int) -> HttpResponse:
    """One application with every step that it took and the steps that are open."""
    return _page(request, _application(request, pk))


@permitted(PILOTS)
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a step of the procedure."""
    row = _application(request, pk)
    form = StepForm(request.POST, steps=[(code, one.label) for code, one in TRANSITIONS.items()])
    if form.is_valid():
        told = {"step": form.cleaned_data["step"], "facts": form.facts()}
        try:
            actions.take_pilot_step(application=pk, **told, by=request.actor, at=request.at)
            return redirect("network:pilot", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return _page(request, row, form)


def _application(request: HttpRequest, pk: int) -> PilotApplication:
    found = queries.pilot_applications(scope=request.actor.scope).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, row: PilotApplication, form: Any = None) -> HttpResponse:
    scope = request.actor.scope
    steps = steps_open(row.state, row.area, scope) if PILOTS.code in request.rights else []
    steps_taken = queries.pilot_steps(scope=scope, application=row.pk)
    open_steps = [(code, TRANSITIONS[code].label) for code in steps]
    context = {
        "row": row,
        "area": queries.area(row.area),
        "taken": [(one, name, TRANSITIONS[one.step].label) for one, name in steps_taken],
        "needs": [TRANSITIONS[code] for code in steps],
        "form": form or (StepForm(steps=open_steps) if open_steps else None),
    }
    return render(request, "network/pilot.html", context, status=422 if form is not None and form.errors else 200)
