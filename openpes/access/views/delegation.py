"""Rights handed to a colleague for a time, and acting on behalf of somebody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access import actions, queries
from openpes.access.choices import ACTING_FOR
from openpes.access.forms import DelegationForm
from openpes.access.models import Delegation
from openpes.access.permissions import signed_in
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404


@signed_in
@require_safe
def delegations(request: HttpRequest) -> HttpResponse:
    """What one has handed on, what was handed to one, and the form to hand on more."""
    return _page(request, _form(request))


@signed_in
@require_POST
def delegate(request: HttpRequest) -> HttpResponseBase:
    """Hand rights to a colleague from today on."""
    form = _form(request, request.POST)
    if form.is_valid():
        try:
            actions.delegate_rights(facts=form.facts(), by=request.actor, at=request.at)
            return redirect("access:delegations")
        except Refused as refused:
            form.refuse(refused)
    return _page(request, form)


@signed_in
@require_POST
def end_delegation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End a delegation before its day."""
    with absent_is_404(Delegation.DoesNotExist):
        actions.end_delegation(delegation=pk, by=request.actor, at=request.at)
    return redirect("access:delegations")


@signed_in
@require_POST
def act_for(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Act on behalf of whoever handed one their rights, from the next page on."""
    if queries.delegation_in_force(pk=pk, taker=request.actor.id, on=request.on) is None:
        raise Http404
    request.session[ACTING_FOR] = pk
    return redirect("home")


@signed_in
@require_POST
def act_for_oneself(request: HttpRequest) -> HttpResponseBase:
    """Act for oneself again."""
    request.session.pop(ACTING_FOR, None)
    return redirect("home")


def _form(request: HttpRequest, data: Any = None) -> DelegationForm:
    grant, rights = queries.rights_to_hand_on(account=request.actor.id, on=request.on)
    choices = [(right.code, str(right.description)) for right in rights]
    return DelegationForm(data, on=request.on, rights=choices, scope=grant.scope if grant else "")


def _page(request: HttpRequest, form: DelegationForm) -> HttpResponse:
    given, taken = queries.delegations_of(account=request.actor.id, on=request.on)
    context = {
        "form": form,
        "given": [(one, queries.full_area_name(one.scope)) for one in given],
        "taken": [(one, queries.full_area_name(one.scope)) for one in taken],
        "acting": request.session.get(ACTING_FOR) if request.actor.behalf else None,
        "given_columns": _columns(_("To whom")),
        "taken_columns": _columns(_("From whom")),
    }
    return render(request, "access/delegations.html", context, status=422 if form.errors else 200)


def _columns(who: str) -> list[dict[str, str]]:
    return [{"label": label} for label in (who, _("Area"), _("Until"), _("Reason"), _("What to do"))]
