"""Keys of the open interfaces, for the administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.exchange import actions, queries
from openpes.exchange.actions import KeyFacts
from openpes.exchange.forms import KeyForm
from openpes.exchange.models import ApiKey
from openpes.exchange.permissions import KEEP_KEYS
from openpes.exchange.rules import Secret
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404


@permitted(KEEP_KEYS)
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every key, and the form for a new one."""
    return _page(request, KeyForm())


@permitted(KEEP_KEYS)
@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a key and show its secret, this once."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        made, secret = actions.issue_key(facts=KeyFacts(**form.cleaned_data), by=request.actor, at=request.at)
    except Refused as refused:
        form.refuse(refused)
        return _page(request, form)
    return _shown_once(request, made.holder, secret)


@permitted(KEEP_KEYS)
@require_POST
def rotate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a key a new secret and show it, this once."""
    with absent_is_404(ApiKey.DoesNotExist):
        found, secret = actions.rotate_key(key=pk, by=request.actor, at=request.at)
    return _shown_once(request, found.holder, secret)


@permitted(KEEP_KEYS)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key."""
    with absent_is_404(ApiKey.DoesNotExist):
        actions.end_key(key=pk, by=request.actor, at=request.at)
    messages.success(request, _("The key opens nothing any more."))
    return redirect("exchange:keys")


def _shown_once(request: HttpRequest, holder: str, secret: Secret) -> HttpResponse:
    """The secret goes to the next page in the sealed cookie of messages: no table and no log has it."""
    told = {"holder": holder, "key": secret.text}
    messages.success(request, _("The key of %(holder)s, shown this once: %(key)s") % told)
    return redirect("exchange:keys")


def _page(request: HttpRequest, form: KeyForm) -> HttpResponse:
    context = {"form": form, "keys": queries.keys_of_city(), "at": request.at}
    return render(request, "exchange/keys.html", context, status=422 if form.errors else 200)
