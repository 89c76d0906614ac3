"""How often one address may ask what a public form answers, in words of its own."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openpes.kernel import Reason
from openpes.kernel.rates import seconds_to_wait

View = Callable[..., HttpResponseBase]


def limited(page: str) -> Callable[[View], View]:
    """A public view whose POST is counted by address before anything is looked up."""

    def mark(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            seconds = seconds_to_wait(page, request, request.at) if request.method == "POST" else 0
            return too_often(request, seconds) if seconds else view(request, *args, **kwargs)

        return counted

    return mark


def too_often(request: HttpRequest, seconds: int) -> HttpResponseBase:
    """The answer to an address that asked too often."""
    minutes = -(-seconds // 60)
    wait = ngettext("Try again in %(n)s minute.", "Try again in %(n)s minutes.", minutes) % {"n": minutes}
    reasons = [Reason(_("This was asked too often from here."), next_step=wait)]
    answer = render(request, "look/refused.html", {"reasons": reasons}, status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = str(seconds)
    return answer
