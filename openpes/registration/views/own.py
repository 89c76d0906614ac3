"""A registered person's own page: confirm, read the handbook and the decisions, appeal."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.registration import queries
from openpes.registration.actions import confirm_unemployment, file_appeal
from openpes.registration.choices import Status
from openpes.registration.forms import AppealForm
from openpes.registration.models import Decision
from openpes.registration.permissions import OWN_REGISTRATION


@permitted(OWN_REGISTRATION)
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The own registration: until when to confirm, what was decided, what the handbook says."""
    status = queries.own_status(actor=request.actor, on=request.on)
    unemployed = status is not None and status.status == Status.UNEMPLOYED and status.until_on is None
    context = {
        "status": status,
        "badge": queries.status_label(status),
        "days": queries.contacts_in_words([status], on=request.on)[0] if unemployed and status else None,
        "confirmed_today": unemployed and status is not None and status.contacted_on == request.on,
        "decisions": queries.own_decisions(actor=request.actor, on=request.on),
        "contacts": queries.own_contacts(actor=request.actor),
        "view": queries.own_handbook(actor=request.actor),
    }
    return render(request, "registration/own.html", context)


@permitted(OWN_REGISTRATION)
@require_POST
def own_confirm(request: HttpRequest) -> HttpResponse:
    """Confirm to be unemployed still."""
    if request.actor.person is None:
        raise Http404
    confirm_unemployment(person=request.actor.person, by=request.actor, at=request.at)
    messages.success(request, _("Thank you. Your registration goes on."))
    return redirect("registration:own")


@permitted(OWN_REGISTRATION)
@require_http_methods(["GET", "POST"])
def own_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal against a decision about oneself."""
    rows = {row.decision.pk: row for row in queries.own_decisions(actor=request.actor, on=request.on)}
    if pk not in rows:
        raise Http404
    form = AppealForm(request.POST or None)
    if form.is_valid():
        try:
            file_appeal(decision=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Decision.DoesNotExist:
            raise Http404 from None
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your appeal is filed; another officer rules it."))
            return redirect("registration:own")
    context = {"form": form, "row": rows[pk]}
    return render(request, "registration/own_appeal.html", context, status=422 if form.errors else 200)
