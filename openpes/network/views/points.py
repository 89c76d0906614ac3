"""One service point for staff: its sheet, its staff, its pictures, its beginning and end."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.engine.checklists import lists_for
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.network import actions, queries
from openpes.network.choices import PointKind
from openpes.network.forms import (
    CloseForm,
    EndPostingForm,
    PictureForm,
    PointFactsForm,
    PointForm,
    PostingForm,
)
from openpes.network.models import PointPicture, Posting, ServicePoint
from openpes.network.permissions import DESCRIBE_POINT, OPEN_POINT, POST_STAFF, VIEW_NETWORK
from openpes.network.views.places import columns, title_of, with_titles


@permitted(VIEW_NETWORK)
@require_safe
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """One point: where it is, when it is open, who works there, and when it last worked."""
    return _point_page(request, _point_of(request, pk))


@permitted(OPEN_POINT)
def open_point(request: HttpRequest) -> HttpResponseBase:
    """Open a counter, office, station, centre or base."""
    form = PointForm(request.POST or None, initial={"area": request.GET.get("area", ""), "opened_on": request.on})
    if form.is_valid():
        try:
            opened = actions.open_service_point(**form.facts(), by=request.actor, at=request.at)
            return redirect("network:point", pk=opened.pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "network/open_point.html", {"form": form}, status=422 if form.errors else 200)


@permitted(DESCRIBE_POINT)
def describe(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write address, hours, windows and equipment of a point anew."""
    found = _point_of(request, pk)
    sheet = queries.sheet(scope=request.actor.scope, point=found, on=request.on)
    form = PointFactsForm(request.POST or None, sheet=sheet)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.describe_point(point=pk, facts=form.facts(), version=version, by=request.actor, at=request.at)
            return redirect("network:point", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "point": found, "above": queries.areas_above(found.area, request.actor.scope)}
    return render(request, "network/describe.html", context, status=422 if form.errors else 200)


@permitted(DESCRIBE_POINT)
@require_POST
def add_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a picture of a point to everybody."""
    found, form = _point_of(request, pk), PictureForm(request.POST, request.FILES)
    if form.is_valid():
        told = {"caption": form.cleaned_data["caption"], "file": form.content()}
        try:
            actions.add_picture(point=pk, **told, by=request.actor, at=request.at)
            return redirect("network:point", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return _point_page(request, found, picture_form=form)


@permitted(DESCRIBE_POINT)
@require_POST
def remove_picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a picture away."""
    with absent_is_404(PointPicture.DoesNotExist):
        point = actions.remove_picture(picture=pk, by=request.actor, at=request.at)
    return redirect("network:point", pk=point)


@permitted(POST_STAFF)
@require_POST
def post_staff(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Post a member of staff to a point from a day on."""
    found, form = _point_of(request, pk), PostingForm(request.POST, on=request.on)
    if form.is_valid():
        try:
            actions.post_staff(**form.cleaned_data, point=pk, by=request.actor, at=request.at)
            return redirect("network:point", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return _point_page(request, found, form=form)


@permitted(POST_STAFF)
@require_POST
def end_posting(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let a member of staff go from a day on, or call off a posting that has not begun."""
    rows = Posting.objects.visible_to(request.actor.scope).select_related("point")
    found, form = get_object_or_404(rows, pk=pk).point, EndPostingForm(request.POST)
    if form.is_valid():
        try:
            actions.end_posting(posting=pk, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("network:point", pk=found.pk)
        except Refused as refused:
            form.refuse(refused)
    return _point_page(request, found, end_form=form)


@permitted(OPEN_POINT)
@require_POST
def recognise(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make a township office a key township market."""
    _point_of(request, pk)
    actions.recognise_key_market(point=pk, by=request.actor, at=request.at)
    return redirect("network:point", pk=pk)


@permitted(OPEN_POINT)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close a point from today on."""
    found, form = _point_of(request, pk), CloseForm(request.POST)
    if form.is_valid():
        try:
            actions.close_service_point(point=pk, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("network:point", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return _point_page(request, found, close_form=form)


def _point_of(request: HttpRequest, pk: int) -> ServicePoint:
    return get_object_or_404(ServicePoint.objects.visible_to(request.actor.scope), pk=pk)


def _forms(request: HttpRequest, found: ServicePoint, given: dict[str, Any]) -> dict[str, Any]:
    """The forms that the reader may use; a closed point takes none."""
    if found.closed_on is not None and found.closed_on <= request.on:
        return {}
    rights = request.rights
    own = {
        "form": PostingForm(on=request.on) if POST_STAFF.code in rights else None,
        "end_form": EndPostingForm(initial={"on": request.on}) if POST_STAFF.code in rights else None,
        "picture_form": PictureForm() if DESCRIBE_POINT.code in rights else None,
        "close_form": CloseForm() if OPEN_POINT.code in rights else None,
    }
    return own | given


def _point_page(request: HttpRequest, found: ServicePoint, **given: Any) -> HttpResponse:
    scope = request.actor.scope
    forms = _forms(request, found, given)
    is_office = found.kind == PointKind.TOWN_OFFICE
    context = {
        "point": found,
        "sheet": queries.sheet(scope=scope, point=found, on=request.on),
        "above": queries.areas_above(found.area, scope),
        "staff": queries.postings_from(scope=scope, point=found.pk, on=request.on),
        "last_worked_on": queries.last_working_day(scope=scope, point=found.pk),
        "counted": queries.population(found.area, request.on) if is_office else None,
        "acceptances": with_titles(queries.acceptances_of(scope=scope, point=found.pk), request.LANGUAGE_CODE),
        "lists": [
            (one.code, title_of(one, request.LANGUAGE_CODE)) for one in lists_for(found.kind, request.on)
        ],
        "columns": columns(_("Name"), _("Window"), _("Since"), _("Until"), *_to_do(forms)),
        **forms,
    }
    wrong = any(form is not None and form.errors for form in forms.values())
    return render(request, "network/point.html", context, status=422 if wrong else 200)


def _to_do(forms: dict[str, Any]) -> tuple[Any, ...]:
    """The last column of the staff, for those who may let somebody go."""
    return (_("What to do"),) if forms.get("end_form") else ()
