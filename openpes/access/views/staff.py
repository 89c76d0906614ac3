"""Pages of the accounts and roles of staff: the list, one account, and what administrators do with them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from openpes.access import actions, queries
from openpes.access.forms import GrantForm, NewAccountForm
from openpes.access.models import Account, Grant
from openpes.access.permissions import GRANT_ROLES, KEEP_ACCOUNTS, permitted, signed_in
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.kernel.sensitive import seal, unseal

PAGE = 50
STATES = ("in_force", "waiting", "none")
SHOWN_ONCE, SHOWN_FOR = "shown-once", 120


@permitted(GRANT_ROLES)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Staff inside one's area with the roles they hold there, and the roles that wait for a second administrator."""
    text, state = request.GET.get("q", "").strip(), request.GET.get("state", STATES[0])
    state = state if state in STATES else STATES[0]
    found = queries.staff_accounts(scope=request.actor.scope, on=request.on, text=text, state=state)
    context = {
        "q": text,
        "state": state,
        "states": [("in_force", _("With a role")), ("waiting", _("Waiting for a role")), ("none", _("Without a role"))],
        "asked": queries.asked_roles(scope=request.actor.scope, on=request.on, actor=request.actor),
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "columns": _labels(_("User name"), _("Name"), _("Role"), _("Last sign-in")),
        "may_open": KEEP_ACCOUNTS.code in request.rights,
    }
    return render(request, "access/staff.html", context)


@permitted(GRANT_ROLES)
@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One account of staff: its roles, and what may be done with it."""
    return render(request, "access/member.html", _member(request, pk))


@permitted(KEEP_ACCOUNTS)
def open_account(request: HttpRequest) -> HttpResponseBase:
    """Open an account for a member of staff and ask for its role."""
    form = NewAccountForm(request.POST or None, inside=request.actor.scope)
    if form.is_valid():
        try:
            account, password = actions.open_staff_account(**form.cleaned_data, by=request.actor, at=request.at)
            return _password_once(account.pk, password)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "access/open.html", {"form": form}, status=422 if form.errors else 200)


@permitted(KEEP_ACCOUNTS)
@require_safe
@never_cache
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """The password that was just given, once: it comes sealed with the browser and is kept nowhere."""
    context = _member(request, pk) | {"password": _carried_password(request, pk)}
    response = render(request, "access/password.html", context)
    response.delete_cookie(SHOWN_ONCE, path=request.path, samesite="Strict")
    return response


@permitted(KEEP_ACCOUNTS)
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give an account a new password that is shown once."""
    with absent_is_404(Account.DoesNotExist):
        return _password_once(pk, actions.renew_password(account=pk, by=request.actor, at=request.at))


@permitted(KEEP_ACCOUNTS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Close an account: its sessions and roles end at once."""
    with absent_is_404(Account.DoesNotExist):
        actions.close_account(account=pk, by=request.actor, at=request.at)
    return redirect("access:member", pk=pk)


@permitted(GRANT_ROLES)
def grant(request: HttpRequest) -> HttpResponseBase:
    """Ask for a role for an area; a second administrator confirms it."""
    named = {"account": request.GET.get("account", "")}
    form = GrantForm(request.POST or None, initial=named, inside=request.actor.scope)
    if form.is_valid():
        try:
            asked = actions.grant_role(**form.cleaned_data, by=request.actor, at=request.at)
            return redirect("access:member", pk=asked.account_id)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "access/grant.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_safe
def area_options(request: HttpRequest) -> JsonResponse:
    """Suggestions of the fields for the area of a role or of a delegation."""
    found = queries.area_options(scope=request.actor.scope, text=request.GET.get("q", "")[:50])
    return JsonResponse([{"value": name, "label": name, "more": path} for path, name in found], safe=False)


@permitted(GRANT_ROLES)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Confirm a role that another administrator asked for."""
    shown = request.POST.get("content_hash", "")
    with absent_is_404(Grant.DoesNotExist):
        confirmed = actions.confirm_role(grant=pk, content_hash=shown, by=request.actor, at=request.at)
    return redirect("access:member", pk=confirmed.account_id)


@permitted(GRANT_ROLES)
@require_POST
def end_grant(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End a role from today on, or decline one that waits."""
    with absent_is_404(Grant.DoesNotExist):
        ended = actions.end_role(grant=pk, by=request.actor, at=request.at)
    return redirect("access:member", pk=ended.account_id)


def _member(request: HttpRequest, pk: int) -> dict[str, Any]:
    with absent_is_404(Account.DoesNotExist):
        found = queries.staff_member(account=pk, scope=request.actor.scope, on=request.on)
    return {
        "member": found,
        "own": pk == request.actor.id,
        "may_keep": KEEP_ACCOUNTS.code in request.rights,
        "columns": _labels(_("Role"), _("Area"), _("Since"), _("State")),
    }


def _password_once(account: int, password: str) -> HttpResponseBase:
    """Lead to the page that shows the password; the answer that is stored for a repeated request has none in it."""
    page = reverse("access:password", args=[account])
    sealed = urlsafe_b64encode(seal(password, context=_context(account))).decode()
    response = redirect(page)
    response.set_cookie(SHOWN_ONCE, sealed, max_age=SHOWN_FOR, path=page, httponly=True, samesite="Strict")
    return response


def _carried_password(request: HttpRequest, account: int) -> str:
    try:
        return unseal(urlsafe_b64decode(request.COOKIES[SHOWN_ONCE]), context=_context(account))
    except (KeyError, NotBase64, ValueError, IndexError, InvalidTag):
        return ""


def _context(account: int) -> str:
    return f"access.password.{account}"


def _labels(*labels: str) -> list[dict[str, str]]:
    return [{"label": label} for label in labels]
