"""Registrations between cities: out with a certificate, taken back, in with another city's."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.registration import queries
from openpes.registration.actions import take_back_transfer_out
from openpes.registration.actions import transfer_in as take_over
from openpes.registration.actions import transfer_out as hand_out
from openpes.registration.choices import Status
from openpes.registration.forms import TakeBackForm, TransferInForm, TransferOutForm
from openpes.registration.models import TransferOut
from openpes.registration.permissions import REGISTER_UNEMPLOYMENT, VIEW_REGISTRATIONS
from openpes.registration.views.pane import page, person_or_404


@permitted(REGISTER_UNEMPLOYMENT)
@require_http_methods(["GET", "POST"])
def transfer_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Transfer an unemployment registration to another city."""
    person = person_or_404(request, pk)
    form = TransferOutForm(request.POST or None)
    if form.is_valid():
        try:
            hand_out(person=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The registration is transferred; print the certificate for the person."))
            return redirect("registration:file", pk)
    status = queries.status_of(scope=request.actor.scope, person=pk, on=request.on)
    is_open = status is not None and status.status == Status.UNEMPLOYED and status.until_on is None
    context = {"form": form, "status": status if is_open else None}
    return page(request, "registration/transfer_out.html", person, context, form.errors)


@permitted(REGISTER_UNEMPLOYMENT)
@require_http_methods(["GET", "POST"])
def transfer_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Register an unemployment with another city's certificate."""
    person = person_or_404(request, pk)
    form = TransferInForm(request.POST or None, on=request.on)
    if form.is_valid():
        try:
            made = take_over(person=pk, facts=form.facts(), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The person is registered; the time in the other city counts."))
            return redirect("registration:receipt", made.period_id)
    rules = queries.eligibility(scope=request.actor.scope, person=pk, on=request.on)
    return page(request, "registration/transfer_in.html", person, {"form": form, "rules": rules}, form.errors)


@permitted(VIEW_REGISTRATIONS)
@never_cache
@require_safe
def transfer_out_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificate of transfer as a PDF, while it was not taken back."""
    row = _row_or_404(request, pk)
    if row.taken_back_at is not None:
        raise Http404
    check_url = request.build_absolute_uri(reverse("registration:paper_scan", args=[row.token]))
    typed_url = request.build_absolute_uri(reverse("registration:paper_check"))
    pdf = queries.transfer_paper(row=row, check_url=check_url, typed_url=typed_url, at=request.at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.number}.pdf"'
    return response


@permitted(REGISTER_UNEMPLOYMENT)
@require_POST
def transfer_out_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a certificate of transfer back; the registration goes on here."""
    row = _row_or_404(request, pk)
    form = TakeBackForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    take_back_transfer_out(transfer_out=pk, why=why, by=request.actor, at=request.at)
    messages.success(request, _("The certificate is taken back; the registration goes on."))
    return redirect("registration:file", row.person_id)


def _row_or_404(request: HttpRequest, pk: int) -> TransferOut:
    with absent_is_404(TransferOut.DoesNotExist):
        return queries.transfer_paper_of(scope=request.actor.scope, pk=pk)
