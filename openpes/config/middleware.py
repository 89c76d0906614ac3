"""What happens around every request: its language, and who asks."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation

from openpes.access.choices import ACTING_FOR
from openpes.access.models import Grant
from openpes.access.queries import standing_of
from openpes.kernel import Actor, clock
from openpes.look.views import form_only
from openpes.people.queries.merging import way_on

# Every page that is about one person, in whichever room, has the person's number in this place.
PERSON_PAGE = re.compile(r"^/(?:people|counter/person|registration/persons)/(\d{1,18})(?:/|$)")
Respond = Callable[[HttpRequest], HttpResponseBase]


def language(respond: Respond) -> Respond:
    """The chosen language, else Simplified Chinese: the city's language comes before the browser's."""

    def around(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            request.LANGUAGE_CODE = translation.get_language()
            response = respond(request)
        response.headers.setdefault("Content-Language", known)
        return response

    return around


def identify_request(respond: Respond) -> Respond:
    """Put the actor, its rights and the time on the request before any view runs."""

    def around(request: HttpRequest) -> HttpResponseBase:
        request.at = clock.now()
        request.on = clock.day_of(request.at)
        request.actor, request.rights, request.grant = _standing(request)
        response = respond(request)
        if response.status_code == HTTPStatus.NOT_FOUND:
            response = _led_on(request) or response
        elif response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and _wants_a_page(request):
            response = _in_words(request, response)
        if request.htmx:
            response.headers.setdefault("Vary", "HX-Request")
        return response

    return around


def _wants_a_page(request: HttpRequest) -> bool:
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "")


def _in_words(request: HttpRequest, bare: HttpResponseBase) -> HttpResponseBase:
    """An address that only takes forms was opened or reloaded: the same answer, with a page that says so."""
    page = form_only(request)
    page.headers["Allow"] = bare.headers.get("Allow", "POST")
    return page


def _led_on(request: HttpRequest) -> HttpResponseBase | None:
    """Where a page of a person leads whose file was merged into another one; nowhere when it was not."""
    found = PERSON_PAGE.match(request.path)
    if not found or "people.view" not in request.rights:
        return None
    person = int(found[1])
    with request.actor.standing():
        known = way_on(scope=request.actor.scope, person=person) is not None
    return redirect("people:merged", person) if known else None


def _standing(request: HttpRequest) -> tuple[Actor, frozenset[str], Grant | None]:
    chosen = request.session.get(ACTING_FOR) if request.user.is_authenticated else None
    return standing_of(account=request.user, on=request.on, delegation=chosen)
