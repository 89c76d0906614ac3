"""What recipients do: the link in a mail, and what they answer to an SMS."""

import hmac
import json
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from openpes.access.permissions import public
from openpes.kernel import Refused
from openpes.kernel.action import PLATFORM
from openpes.messages import queries
from openpes.messages.actions import stop_by_link, stop_recipient
from openpes.messages.choices import Channel, StopWay
from openpes.messages.rules import signature, stops

LONGEST_ANSWER = 10_000
CLOCKS_APART = 300  # seconds


@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mails like the one whose link was followed; only the button does it, so that no scanner of mails does."""
    number = _number(token)
    if not queries.is_known(number=number):
        raise Http404
    done = request.method == "POST"
    if done:
        stop_by_link(number=number, by=PLATFORM, at=request.at)
    return render(request, "messages/stop.html", {"done": done})


@csrf_exempt
@public
@require_POST
def inbound(request: HttpRequest) -> HttpResponse:
    """What somebody answered to an SMS, told by the gateway under the common key; “退订” stops messages."""
    if not _is_signed(request):
        return JsonResponse({"error": _("The signature is missing, wrong or too old.")}, status=HTTPStatus.FORBIDDEN)
    try:
        told = json.loads(request.body)
        sender, text = str(told["from"]), str(told["text"])
    except (ValueError, KeyError, TypeError):
        wrong = _("Send JSON with “from” and “text”.")
        return JsonResponse({"error": wrong}, status=HTTPStatus.BAD_REQUEST)
    stopped = False
    if stops(text):
        try:
            stop_recipient(channel=Channel.SMS, to=sender, way=StopWay.REPLY, by=PLATFORM, at=request.at)
        except Refused:
            return JsonResponse({"error": _("This is no mobile number.")}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        stopped = True
    return JsonResponse({"stopped": stopped})


def _number(token: str) -> UUID:
    try:
        return UUID(hex=token)
    except ValueError:
        raise Http404 from None


def _is_signed(request: HttpRequest) -> bool:
    key, moment = settings.MESSAGES["sms_key"], request.headers.get("X-Message-Time", "")
    if not key or not (moment.isascii() and moment.isdecimal()) or len(moment) > 12:
        return False
    if abs(int(moment) - request.at.timestamp()) > CLOCKS_APART or len(request.body) > LONGEST_ANSWER:
        return False
    told = request.headers.get("X-Message-Signature", "")
    return hmac.compare_digest(told.encode(), signature(key.encode(), moment, request.body).encode())
