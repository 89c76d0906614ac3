"""The open interface: vacancies that are open, and what changed behind a cursor; OpenAPI describes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.views.decorators.http import require_safe

from openpes.exchange.api import feeds
from openpes.exchange.api.door import open_door
from openpes.exchange.api.operations import api

__all__ = ["addresses", "api", "feeds"]


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where the interface begins: at its page for developers."""
    return redirect("exchange:developers")


def addresses() -> list[URLPattern]:
    """The addresses of the interface, each behind the door."""
    found = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in found:
        pattern.callback = open_door(start if pattern.name == "api-root" else pattern.callback)
    return found
