"""Pages that everybody may open: the search, a vacancy, places of the city, and what search engines ask for."""

from dataclasses import asdict
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from openpes.access.permissions import public
from openpes.kernel.kept_answers import kept_until_changed
from openpes.look.queries import city_name, preferences_of
from openpes.matching.queries import SearchWish
from openpes.portal.choices import SERVICE_PHONE
from openpes.portal.queries import (
    found_openings,
    job_posting,
    json_ld,
    offer,
    public_addresses,
    typing_options,
    wish_of,
)

OPEN_VACANCIES = "open vacancy"
MOST_IN_SITEMAP = 50_000  # the protocol's limit for one file


@kept_until_changed(OPEN_VACANCIES)
@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Open vacancies with facets; htmx asks for the changing part alone. Large text begins with four buttons."""
    if not request.GET and preferences_of(request).is_elder:
        return render(request, "portal/start.html", {"phone": SERVICE_PHONE})
    found = found_openings(wish=wish_of(request.GET), on=request.on)
    partly = request.htmx and not request.htmx.history_restore_request
    if partly and request.htmx.target == "more":
        return render(request, "portal/_more.html", {"found": found, "partly": partly})
    template = "portal/_found.html" if partly else "portal/search.html"
    answer = render(request, template, {"found": found, "partly": partly})
    # The same address has two answers; without this, Back could show the fragment as a page.
    patch_vary_headers(answer, ["HX-Request"])
    if partly:
        answer["HX-Push-Url"] = reverse("portal:search") + found.address
    return answer


@public
@require_safe
def complete(request: HttpRequest) -> JsonResponse:
    """What somebody who types may want to write: the last word finished, as the search box shows it."""
    return JsonResponse([asdict(option) for option in typing_options(request.GET.get("q", ""))], safe=False)


@kept_until_changed(OPEN_VACANCIES)
@public
@require_safe
def vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """One open vacancy, for people and as JSON-LD; one that ended answers 410, one that never was 404."""
    found = offer(vacancy=pk, on=request.on)
    if found.opening is None:
        status = HTTPStatus.GONE if found.ended else HTTPStatus.NOT_FOUND
        return render(request, "portal/gone.html", {"offer": found}, status=status)
    url = request.build_absolute_uri(reverse("portal:vacancy", args=[pk]))
    posting = json_ld(job_posting(found.opening, url=url, publisher=city_name()))
    context = {"offer": found, "opening": found.opening, "posting": posting, "url": url, "phone": SERVICE_PHONE}
    return render(request, "portal/vacancy.html", context)


@kept_until_changed(OPEN_VACANCIES)
@public
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The counties as large buttons, each with its open vacancies."""
    found = found_openings(wish=SearchWish(), on=request.on)
    return render(request, "portal/places.html", {"found": found})


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of every open vacancy, in the sitemap protocol."""
    pages = [
        (request.build_absolute_uri(reverse("portal:vacancy", args=[pk])), day)
        for pk, day in public_addresses(on=request.on)[: MOST_IN_SITEMAP - 1]
    ]
    start = request.build_absolute_uri(reverse("portal:search"))
    context = {"start": start, "pages": pages}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml; charset=utf-8")


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may visit: the vacancies, and no endless combinations of facets."""
    context = {"search": reverse("portal:search"), "sitemap": request.build_absolute_uri(reverse("exchange:sitemap"))}
    return render(request, "portal/robots.txt", context, content_type="text/plain; charset=utf-8")
