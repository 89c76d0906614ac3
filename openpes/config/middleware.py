"""What happens around every request: its language, and who asks."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from openpes.access.choices import ACTING_FOR
from openpes.access.models import Grant
from openpes.access.queries import standing_of
from openpes.kernel import Actor, clock

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
        if request.htmx:
            response.headers.setdefault("Vary", "HX-Request")
        return response

    return around


def _standing(request: HttpRequest) -> tuple[Actor, frozenset[str], Grant | None]:
    chosen = request.session.get(ACTING_FOR) if request.user.is_authenticated else None
    return standing_of(account=request.user, on=request.on, delegation=chosen)
