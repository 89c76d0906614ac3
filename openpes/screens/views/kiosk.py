"""The kiosk: today's jobs for everybody, the own lines for whoever proves who they are; forgotten after a minute."""

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import public
from openpes.engine.identifiers import normalise_id
from openpes.engine.parameters import parameters
from openpes.kernel import within
from openpes.kernel.action import PLATFORM
from openpes.kernel.rates import count_asking, seconds_to_wait
from openpes.kernel.scope import CITY
from openpes.kernel.sensitive import blind_index
from openpes.look.choices import Size
from openpes.look.queries import preferences_of
from openpes.network.queries import area_label
from openpes.screens import actions, queries
from openpes.screens.queries import setting_of

SHOWN = 8
GUESSES, WINDOW = 5, timedelta(minutes=15)
LONGEST = 30


@public
@never_cache
@require_safe
def kiosk(request: HttpRequest) -> HttpResponse:
    """The first page of a kiosk: jobs of the area, the keypad, the telephone number of the service."""
    setting = setting_of(request.GET, ())
    rows = list(queries.selected(queries.selection_of(setting), on=request.on)[:SHOWN])
    context = {
        "rows": queries.told_of(rows, inside=setting.area), "setting": setting, "area_name": area_label(setting.area),
        "seconds": parameters().value("kiosk_idle_seconds", request.on), "keys": "123456789",
        "elder": Size.ELDER.value, "is_elder": preferences_of(request).is_elder,
    }  # fmt: skip
    return render(request, "screens/kiosk.html", context)


@public
@never_cache
@require_POST
def kiosk_own(request: HttpRequest) -> HttpResponse:
    """The own introductions and appointments, as a part that the page puts in: no address, no history, no cache."""
    number, tail = request.POST.get("number", "")[:LONGEST], request.POST.get("tail", "")[:LONGEST]
    wait = _seconds_to_wait(request, number)
    if wait:
        return _part(request, {"why": _too_often(wait)}, HTTPStatus.TOO_MANY_REQUESTS, wait)
    lines = actions.show_own_lines(id_number=number, tail=tail, by=PLATFORM, at=request.at)
    if lines is None:
        why = _("Number and telephone do not belong together, or the file has no telephone number.")
        return _part(request, {"why": why, "ask": True}, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _part(request, {"lines": lines}, HTTPStatus.OK)


def _seconds_to_wait(request: HttpRequest, number: str) -> int:
    """Counted by address and by the number that is tried, as digests, before anything is looked up."""
    digest = blind_index(normalise_id(number), context="kiosk.number").hex()
    begun_at = request.at - (request.at - request.at.min.replace(tzinfo=request.at.tzinfo)) % WINDOW
    with within(CITY):
        by_address = seconds_to_wait("kiosk", request, request.at)
        tried = count_asking("kiosk number", digest, begun_at)
    return by_address or (int((begun_at + WINDOW - request.at).total_seconds()) or 1 if tried > GUESSES else 0)


def _too_often(seconds: int) -> str:
    minutes = -(-seconds // 60)
    wait = ngettext("Try again in %(n)s minute.", "Try again in %(n)s minutes.", minutes) % {"n": minutes}
    return _("This was asked too often from here.") + " " + wait


def _part(request: HttpRequest, context: dict, status: HTTPStatus, wait: int = 0) -> HttpResponse:
    answer = render(request, "screens/kiosk_own.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    if wait:
        answer["Retry-After"] = str(wait)
    return answer
