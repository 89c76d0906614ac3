"""Pages of roles, one's own account, and long work."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.views import reauthenticate
from allauth.mfa.utils import is_mfa_enabled
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access import queries
from openpes.access.permissions import GRANT_ROLES, VIEW_ROLES, permitted, public, signed_in
from openpes.access.permissions import roles as all_roles
from openpes.kernel import long_work
from openpes.kernel.models import LongWork

PAGE = 50


@permitted(VIEW_ROLES)
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """All roles with everything they may do, on one page."""
    ordered = all_roles()
    permissions = sorted({p for role in ordered for p in role.permissions}, key=lambda permission: permission.code)
    rows = [(permission, [permission in role.permissions for role in ordered]) for permission in permissions]
    columns = [{"label": _("Right")}, *({"label": role.name} for role in ordered)]
    may_grant = GRANT_ROLES.code in request.rights
    context = {"roles": ordered, "rows": rows, "columns": columns, "may_grant": may_grant}
    return render(request, "access/roles.html", context)


@signed_in
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: roles, password, second factor."""
    context = {
        "held": queries.held_roles(account=request.actor.id, on=request.on),
        "acting": request.grant,
        "second_factor": is_mfa_enabled(request.user),
        "columns": _labels(_("Role"), _("Area"), _("Since")),
    }
    return render(request, "access/account.html", context)


@signed_in
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """The long work that somebody started, the newest first."""
    mine = LongWork.objects.filter(account_id=request.actor.id).order_by("-started_at", "pk")
    context = {
        "page": Paginator(mine, PAGE).get_page(request.GET.get("page")),
        "columns": _labels(_("Long work"), _("Started"), _("State"), _("Done")),
    }
    return render(request, "access/job_list.html", context)


@signed_in
@require_safe
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One piece of long work; the page asks again every second while it runs."""
    work = get_object_or_404(LongWork, pk=pk, account_id=request.actor.id)
    going_on = work.state in long_work.OPEN
    context = {
        "work": work,
        "shown_state": LongWork.State.RUNNING.value if going_on else work.state,
        "note": _("It stops at the next step.") if going_on and work.cancel_asked else work.message,
        "left": long_work.seconds_left(work, request.at),
    }
    return render(request, "access/_job.html" if request.htmx else "access/job.html", context)


@signed_in
@require_POST
def cancel_job(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Ask long work to stop; the job ends it at its next step."""
    get_object_or_404(LongWork, pk=pk, account_id=request.actor.id)
    long_work.ask_cancel(pk, account=request.actor.id, at=request.at)
    return redirect("access:job", pk=pk)


def confirm_again(request: HttpRequest) -> HttpResponseBase:
    """Ask once more for the password; whoever has none reads what to do instead."""
    if request.user.is_authenticated and not get_adapter().get_reauthentication_methods(request.user):
        return render(request, "access/no_password.html")
    return reauthenticate(request)


confirm_again.permission = "signed_in"  # type: ignore[attr-defined]


@public
def closed(request: HttpRequest, **_path: Any) -> HttpResponse:
    """Accounts are opened, and passwords renewed, by an administrator; nobody does it by mail."""
    return render(request, "access/closed.html")


def _labels(*labels: str) -> list[dict[str, str]]:
    return [{"label": label} for label in labels]
