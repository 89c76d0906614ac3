"""Service points for everybody: which one serves me, when it is open, and how it looks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openpes.access.permissions import public
from openpes.kernel.absent import absent_is_404
from openpes.kernel.scope import CITY
from openpes.network import queries
from openpes.network.models import PointPicture, ServicePoint
from openpes.network.views.places import with_titles

ONE_YEAR = 365 * 24 * 3600


@public
@require_safe
def near(request: HttpRequest) -> HttpResponse:
    """Which points serve a place: chosen step by step, or found by a part of its name."""
    asked = request.GET.get("area", "") or CITY
    text = request.GET.get("q", "").strip()[:60]
    if not queries.area_exists(asked):
        raise Http404
    context = {
        "area": queries.area(asked),
        "above": queries.areas_above(asked, CITY),
        "below": queries.areas_below(asked),
        "q": text,
        "named": queries.areas_named(text),
        "offices": queries.offices_serving(area=asked, on=request.on),
    }
    return render(request, "network/near.html", context)


@public
@require_safe
def office(request: HttpRequest, pk: int) -> HttpResponse:
    """One open point: address, telephone, hours of the coming week, windows, pictures."""
    with absent_is_404(ServicePoint.DoesNotExist):
        found = queries.office(pk=pk, on=request.on)
    context = {
        "point": found,
        "area": queries.area(found.area),
        "sheet": queries.sheet(scope=CITY, point=found, on=request.on, inside=False),
        "results": with_titles(queries.published_acceptances(point=pk), request.LANGUAGE_CODE),
        "contact": queries.office(pk=found.contact_office_id, on=request.on) if found.contact_office_id else None,
    }
    return render(request, "network/office.html", context)


@public
@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture itself. Its bytes never change under its number, and no browser may take it for anything else."""
    with absent_is_404(PointPicture.DoesNotExist):
        found = queries.picture(scope=CITY, pk=pk)
    etag = f'"{found.digest}"'
    headers = {
        "Cache-Control": f"public, max-age={ONE_YEAR}, immutable",
        "ETag": etag,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    ending = found.media_type.rpartition("/")[2]
    headers["Content-Disposition"] = f'inline; filename="point-{pk}.{ending}"'
    return HttpResponse(bytes(found.content), content_type=found.media_type, headers=headers)
