"""Pages of the network: the board, lists of points, one point, one area."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.network import actions, queries
from openpes.network.forms import PointForm, PostingForm
from openpes.network.models import ServicePoint
from openpes.network.permissions import OPEN_POINT, POST_STAFF, VIEW_NETWORK

PAGE = 50


@permitted(VIEW_NETWORK)
@require_safe
def board(request: HttpRequest, area: str = "") -> HttpResponse:
    """How many points are online inside an area, and in each unit below it."""
    inside = _inside(request, area)
    context = {
        "board": queries.board(scope=request.actor.scope, on=request.on, inside=inside),
        "above": queries.areas_above(inside, request.actor.scope),
        "columns": [
            {"label": _("Area")},
            {"label": _("Online"), "number": True},
            {"label": _("Not online"), "number": True},
            {"label": _("Points"), "number": True},
            {"label": _("Share online")},
        ],
        "may_open": OPEN_POINT.code in request.rights,
    }
    return render(request, "network/board.html", context)


@permitted(VIEW_NETWORK)
@require_safe
def point_list(request: HttpRequest) -> HttpResponse:
    """The points behind a number of the board."""
    inside = _inside(request, request.GET.get("area", ""))
    online = {"yes": True, "no": False}.get(request.GET.get("online", ""))
    found = queries.points(scope=request.actor.scope, on=request.on, inside=inside, online=online)
    context = {
        "area": queries.area(inside),
        "online": request.GET.get("online", ""),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "columns": [{"label": label} for label in (_("Point"), _("Level"), _("State"), _("Last working day"))],
    }
    return render(request, "network/point_list.html", context)


@permitted(VIEW_NETWORK)
@require_safe
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """One point: who works there, and when it last worked."""
    found = get_object_or_404(ServicePoint.objects.visible_to(request.actor.scope), pk=pk)
    form = PostingForm(on=request.on) if POST_STAFF.code in request.rights else None
    return _point_page(request, found, form)


@permitted(POST_STAFF)
@require_POST
def post_staff(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Post a member of staff to a point from today on."""
    found = get_object_or_404(ServicePoint.objects.visible_to(request.actor.scope), pk=pk)
    form = PostingForm(request.POST, on=request.on)
    if form.is_valid():
        try:
            actions.post_staff(**form.cleaned_data, point=pk, by=request.actor, at=request.at)
            return redirect("network:point", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return _point_page(request, found, form)


@permitted(OPEN_POINT)
def open_point(request: HttpRequest) -> HttpResponseBase:
    """Open a counter, office or station."""
    form = PointForm(request.POST or None, initial={"area": request.GET.get("area", ""), "opened_on": request.on})
    if form.is_valid():
        try:
            opened = actions.open_service_point(
                **form.cleaned_data, level=form.level(), by=request.actor, at=request.at
            )
            return redirect("network:point", pk=opened.pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "network/open_point.html", {"form": form}, status=422 if form.errors else 200)


@permitted(VIEW_NETWORK)
@require_safe
def area(request: HttpRequest, area: str) -> HttpResponse:
    """A unit of the city with every name and national code it has had; areas are public facts."""
    if not queries.area_exists(area):
        raise Http404
    context = {
        "area": queries.area(area),
        "terms": queries.area_terms(area),
        "above": queries.areas_above(area, ""),
        "below": queries.areas_below(area),
        "inside": area.startswith(request.actor.scope),
        "columns": [
            {"label": _("Name of the area")},
            {"label": _("National code"), "number": True},
            {"label": _("In force from")},
            {"label": _("In force until")},
            {"label": _("Source")},
        ],
    }
    return render(request, "network/area.html", context)


def _inside(request: HttpRequest, area: str) -> str:
    inside = area or request.actor.scope
    if not inside.startswith(request.actor.scope) or not queries.area_exists(inside):
        raise Http404
    return inside


def _point_page(request: HttpRequest, found: ServicePoint, form: PostingForm | None) -> HttpResponse:
    scope = request.actor.scope
    context = {
        "point": found,
        "above": queries.areas_above(found.area, scope),
        "staff": queries.postings_at(scope=scope, point=found.pk, on=request.on),
        "last_worked_on": queries.last_working_day(scope=scope, point=found.pk),
        "form": form,
        "columns": [{"label": label} for label in (_("Name"), _("Window"), _("Since"))],
    }
    return render(request, "network/point.html", context, status=422 if form and form.errors else 200)
