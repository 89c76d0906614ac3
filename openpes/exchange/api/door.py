"""The door of the open interface: who asks, how often, and what a key opens."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page

from openpes.access.permissions import public
from openpes.engine.parameters import parameters
from openpes.exchange.actions import note_use
from openpes.exchange.queries import key_of
from openpes.kernel.action import PLATFORM
from openpes.kernel.rates import asker_of, count_asking

View = Callable[..., HttpResponseBase]
MINUTE = timedelta(minutes=1)
PAGE = "exchange"
METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Last-Modified, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"


def open_door(view: View) -> View:
    """A view of the open interface: counted by key or address, under the database role of the public, zipped.

    An answer that the reader has already (ETag, If-Modified-Since) is 304 without a body. HEAD is answered as GET
    would be, and a browser that asks first whether a page of another site may ask (OPTIONS) is told what it may.
    """
    inner = conditional_page(public(view))

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        shown = request.headers.get("Authorization", "")
        key = key_of(text=shown.removeprefix("Bearer ").strip(), at=request.at) if shown else None
        if shown and key is None:
            return _no_such_key()
        most = key.per_minute if key else parameters().value("feed_questions_a_minute", request.on)
        begun_at = request.at.replace(second=0, microsecond=0)
        times = count_asking(PAGE, f"key {key.pk}" if key else asker_of(request), begun_at)
        left = int((begun_at + MINUTE - request.at).total_seconds()) or 1
        if times > most:
            answer = _too_often(most, left)
        else:
            if key and key.used_on != request.on:
                note_use(key=key.pk, on=request.on, by=PLATFORM, at=request.at)
            request.key_scopes = frozenset(key.scopes) if key else frozenset()
            with override(_language(request)):
                answer = inner(request, *args, **kwargs)
        return _with_rate(answer, most, max(most - times, 0), left)

    opened = _by_method(gzip_page(counted))
    opened.permission = "public"  # type: ignore[attr-defined]
    return opened


def _by_method(view: View) -> View:
    @csrf_exempt
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _preflight()
        if request.method == "HEAD":
            return _without_body(view, request, *args, **kwargs)
        return view(request, *args, **kwargs)

    return opened


def _preflight() -> HttpResponse:
    """What pages of other sites may ask, and with which headers; the answer holds for a day and is not counted."""
    answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
    answer["Allow"] = answer["Access-Control-Allow-Methods"] = METHODS
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Headers"] = "Authorization, If-None-Match, If-Modified-Since"
    answer["Access-Control-Max-Age"] = str(int(timedelta(days=1).total_seconds()))
    return answer


def _without_body(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The status and headers of the answer to GET, its length among them."""
    request.method = "GET"
    try:
        answer = view(request, *args, **kwargs)
    finally:
        request.method = "HEAD"
    if isinstance(answer, StreamingHttpResponse):
        answer.streaming_content = ()
    elif isinstance(answer, HttpResponse):
        answer.headers.setdefault("Content-Length", str(len(answer.content)))
        answer.content = b""
    return answer


def _language(request: HttpRequest) -> str:
    """The language that the address asks for, else the reader's."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def problem(status: HTTPStatus, code: str, text: str, next_step: str = "") -> HttpResponse:
    """An answer that says why there is none."""
    told = {"code": code, "text": text, "next_step": next_step}
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


def _no_such_key() -> HttpResponse:
    answer = problem(
        HTTPStatus.UNAUTHORIZED, "unknown_key", _("This key is unknown, has ended or was replaced."),
        _("Send it as “Authorization: Bearer opk_…”, ask the city for a new one, or ask without a key."),
    )  # fmt: skip
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _too_often(most: int, seconds: int) -> HttpResponse:
    text = _("You asked more than %(n)s times in this minute.") % {"n": most}
    wait = ngettext("Ask again in %(n)s second.", "Ask again in %(n)s seconds.", seconds) % {"n": seconds}
    answer = problem(HTTPStatus.TOO_MANY_REQUESTS, "too_often", text, wait)
    answer["Retry-After"] = str(seconds)
    return answer


def _with_rate(answer: HttpResponseBase, most: int, left: int, seconds: int) -> HttpResponseBase:
    answer["RateLimit-Limit"], answer["RateLimit-Remaining"] = str(most), str(left)
    answer["RateLimit-Reset"] = str(seconds)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = EXPOSED
    answer.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(answer, ["Cookie", "Authorization"])
    return answer


__all__ = ["open_door", "problem"]
