"""The board of the network, the lists behind its figures, and one area."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.network import actions, queries
from openpes.network.choices import PointKind
from openpes.network.forms import PopulationForm
from openpes.network.permissions import OPEN_POINT, VIEW_NETWORK
from openpes.network.views.places import columns, inside

PAGE = 50


@permitted(VIEW_NETWORK)
@require_safe
def board(request: HttpRequest, area: str = "") -> HttpResponse:
    """How many points are online inside an area, by kind and level, and in each unit below it."""
    place = inside(request, area)
    counts = (_("Online"), _("Not online"), _("Points"))
    context = {
        "board": queries.board(scope=request.actor.scope, on=request.on, inside=place),
        "above": queries.areas_above(place, request.actor.scope),
        "columns": columns(_("Area"), *counts, _("Share online"), numbers=counts),
        "kind_columns": columns(_("Kind"), _("Level"), *counts, _("Share online"), numbers=counts),
        "may_open": OPEN_POINT.code in request.rights,
    }
    return render(request, "network/board.html", context)


@permitted(VIEW_NETWORK)
@require_safe
def point_list(request: HttpRequest) -> HttpResponse:
    """The points behind a number of the board."""
    place = inside(request, request.GET.get("area", ""))
    online = {"yes": True, "no": False}.get(request.GET.get("online", ""))
    kind = request.GET.get("kind", "")
    kinds = (kind,) if kind in PointKind.values else ()
    found = queries.points(scope=request.actor.scope, on=request.on, inside=place, online=online, kinds=kinds)
    context = {
        "area": queries.area(place),
        "online": request.GET.get("online", ""),
        "kind": PointKind(kind) if kinds else None,
        "kinds": list(PointKind),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "columns": columns(_("Point"), _("Kind"), _("State"), _("Last working day")),
    }
    return render(request, "network/point_list.html", context)


@permitted(VIEW_NETWORK)
@require_safe
def area(request: HttpRequest, area: str) -> HttpResponse:
    """A unit of the city with every name and national code it has had; areas are public facts."""
    if not queries.area_exists(area):
        raise Http404
    return _area_page(request, area, _population_form(request, area))


@permitted(OPEN_POINT)
@require_POST
def record_population(request: HttpRequest, area: str) -> HttpResponseBase:
    """Record how many people a unit had on a day."""
    place, form = inside(request, area), PopulationForm(request.POST)
    if form.is_valid():
        try:
            actions.record_population(area=place, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("network:area", area=place)
        except Refused as refused:
            form.refuse(refused)
    return _area_page(request, place, form)


def _population_form(request: HttpRequest, area: str) -> PopulationForm | None:
    own = area.startswith(request.actor.scope)
    return PopulationForm() if own and OPEN_POINT.code in request.rights else None


def _area_page(request: HttpRequest, area: str, form: PopulationForm | None) -> HttpResponse:
    context = {
        "area": queries.area(area),
        "terms": queries.area_terms(area),
        "above": queries.areas_above(area, ""),
        "below": queries.areas_below(area),
        "populations": queries.populations(area),
        "form": form,
        "inside": area.startswith(request.actor.scope),
        "columns": columns(
            _("Name of the area"), _("National code"), _("In force from"), _("In force until"), _("Source"),
            numbers=(_("National code"),),
        ),
        "population_columns": columns(_("Day of the count"), _("People"), _("Source"), numbers=(_("People"),)),
    }  # fmt: skip
    return render(request, "network/area.html", context, status=422 if form and form.errors else 200)
