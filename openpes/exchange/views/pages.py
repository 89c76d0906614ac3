"""The page for developers, and the sitemap."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openpes.access.permissions import public
from openpes.engine.parameters import parameters
from openpes.exchange import queries
from openpes.exchange.choices import Scope
from openpes.exchange.rules import MOST, MOST_IN_BULK, days_kept

XML = "application/xml; charset=utf-8"


@public
@require_safe
def developers(request: HttpRequest) -> HttpResponse:
    """How other systems read what is open here, with examples that work as they stand."""
    start = request.build_absolute_uri(reverse("exchange:developers"))
    context = {
        "start": start.rstrip("/"), "days": days_kept(request.on), "most": MOST, "bulk": MOST_IN_BULK,
        "times": parameters().value("feed_questions_a_minute", request.on), "scopes": Scope.choices,
        "grace": parameters().value("api_key_grace_days", request.on),
    }  # fmt: skip
    return render(request, "exchange/developers.html", context)


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the sitemap: one part for each fifty thousand numbers that hold an open vacancy."""
    parts = [
        (request.build_absolute_uri(reverse("exchange:sitemap_part", args=[part.number])), part.published_on)
        for part in queries.parts(on=request.on)
    ]
    return render(request, "exchange/sitemap.xml", {"parts": parts}, content_type=XML)


@public
@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """The addresses of the open vacancies of one part."""
    found = queries.addresses_in(number=number, on=request.on) if number < 2**40 else []
    if not found:
        raise Http404
    start = request.build_absolute_uri("/").rstrip("/")
    pages = [(start + reverse("portal:vacancy", args=[pk]), day) for pk, day in found]
    return render(request, "exchange/sitemap_part.xml", {"pages": pages}, content_type=XML)
