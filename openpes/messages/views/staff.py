"""The list of staff: where messages stand, what becomes of those that could not be sent, who wants no more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.kernel.paging import KeyedPaginator
from openpes.messages import actions, queries
from openpes.messages.choices import StopWay
from openpes.messages.forms import StopForm
from openpes.messages.models import Message
from openpes.messages.permissions import DECIDE_MESSAGES, VIEW_MESSAGES

PAGE = 50


@permitted(VIEW_MESSAGES)
@require_safe
def list(request: HttpRequest) -> HttpResponse:
    """The messages of the area, the newest first; those in one state when the address says so."""
    return _list(request, StopForm())


@permitted(DECIDE_MESSAGES)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message again."""
    with absent_is_404(Message.DoesNotExist):
        actions.send_again(message=pk, by=request.actor, at=request.at)
    messages.success(request, _("The message goes out again."))
    return redirect("messages:list")


@permitted(DECIDE_MESSAGES)
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a message as it is."""
    with absent_is_404(Message.DoesNotExist):
        actions.leave_message(message=pk, by=request.actor, at=request.at)
    messages.success(request, _("The message stays as it is."))
    return redirect("messages:list")


@permitted(DECIDE_MESSAGES)
@require_POST
def stop_for(request: HttpRequest) -> HttpResponse:
    """Stop messages to somebody who asks for it at a counter."""
    form = StopForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    try:
        told = actions.stop_recipient(**form.cleaned_data, way=StopWay.COUNTER, by=request.actor, at=request.at)
    except Refused as refused:
        form.refuse(refused)
        return _list(request, form)
    messages.success(request, _("Nothing more goes there but codes.") if told else _("Messages were stopped already."))
    return redirect("messages:list")


def _list(request: HttpRequest, form: StopForm) -> HttpResponse:
    scope, chosen = request.actor.scope, request.GET.get("state", "")
    found = queries.messages_in(scope=scope, state=chosen)
    context = {
        "form": form,
        "rows": KeyedPaginator(found, PAGE).get_page(request.GET),
        "states": queries.states(scope=scope, chosen=chosen),
        "read_here": queries.channels_read_here(),
        "missing": queries.channels_missing(scope=scope),
        "may_decide": DECIDE_MESSAGES.code in request.rights,
    }
    return render(request, "messages/list.html", context, status=422 if form.errors else 200)
