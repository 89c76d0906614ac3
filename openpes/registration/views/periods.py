"""Registering unemployment and employment, ending either, the receipt and taking back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.codes.queries import code_label
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.kernel.days import spoken_day
from openpes.kernel.forms import HouseForm
from openpes.registration.actions import (
    end_status,
    register_employment,
    register_unemployment,
    supply_proofs,
    withdraw_registration,
)
from openpes.registration.choices import CATEGORY_SET, REASON_SET, Status
from openpes.registration.forms import (
    EmploymentEndForm,
    EmploymentForm,
    ProofsForm,
    UnemploymentEndForm,
    UnemploymentForm,
)
from openpes.registration.models import StatusPeriod
from openpes.registration.permissions import REGISTER_EMPLOYMENT, REGISTER_UNEMPLOYMENT, VIEW_REGISTRATIONS
from openpes.registration.queries import (
    eligibility,
    end_consequences,
    end_reason_label,
    proof_missing,
    withdrawal_deadline,
)
from openpes.registration.queries import period as period_of
from openpes.registration.views.pane import page, person_or_404


@permitted(REGISTER_UNEMPLOYMENT)
def unemployment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a person as unemployed; eligibility is shown before the form is filled."""
    person = person_or_404(request, pk)
    form = UnemploymentForm(request.POST or None, on=request.on)
    facts = None
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        try:
            period = register_unemployment(person=pk, facts=facts, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("registration:receipt", period.pk)
    rules = eligibility(scope=request.actor.scope, person=pk, on=request.on, facts=facts)
    context = {"form": form, "rules": rules, "stopped": any(rule.tone == "bad" for rule in rules)}
    return page(request, "registration/unemployment_new.html", person, context, form.errors)


@permitted(REGISTER_EMPLOYMENT)
def employment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a person as employed; an open unemployment ends by it."""
    person = person_or_404(request, pk)
    form = EmploymentForm(request.POST or None, initial={"from_on": request.on})
    if request.method == "POST" and form.is_valid():
        try:
            period = register_employment(person=pk, facts=form.facts(), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("registration:receipt", period.pk)
    return page(request, "registration/employment_new.html", person, {"form": form}, form.errors)


@permitted(REGISTER_UNEMPLOYMENT)
def unemployment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an unemployment registration with its day and reason."""
    return _end(request, pk, Status.UNEMPLOYED, UnemploymentEndForm)


@permitted(REGISTER_EMPLOYMENT)
def employment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an employment registration with its day and reason."""
    return _end(request, pk, Status.EMPLOYED, EmploymentEndForm)


@permitted(VIEW_REGISTRATIONS)
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a registration: number, QR code, what was registered, until when it can be taken back."""
    period = _period_or_404(request, pk)
    context = {
        "period": period,
        "rows": _receipt_rows(period),
        "link": request.build_absolute_uri(reverse("registration:receipt", args=[pk])),
        "deadline": withdrawal_deadline(period),
        "proofs": _proofs_form(period) if REGISTER_UNEMPLOYMENT.code in request.rights else None,
        "may_withdraw": period.registered_by == request.actor.id
        and period.ended_at is None
        and request.at <= withdrawal_deadline(period),
    }
    return page(request, "registration/receipt.html", period.person, context)


@permitted(REGISTER_UNEMPLOYMENT)
@require_POST
def proofs(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the proofs that a person handed in after the registration."""
    period = _period_or_404(request, pk)
    form = ProofsForm(request.POST)
    if form.is_valid():
        supply_proofs(period=pk, proofs=tuple(form.cleaned_data["proofs"]), by=request.actor, at=request.at)
        messages.success(request, _("The proof is entered."))
    return redirect("registration:receipt", period.pk)


@permitted(VIEW_REGISTRATIONS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a registration back, instead of an “are you sure” before it."""
    period = _period_or_404(request, pk)
    kept = withdraw_registration(period=pk, by=request.actor, at=request.at)
    messages.success(request, _("Registration No. %(number)s is taken back.") % {"number": kept.number})
    return redirect(period.person)


def _proofs_form(period: StatusPeriod) -> ProofsForm | None:
    """The form for proofs of an open unemployment registration, while some are missing."""
    if period.status != Status.UNEMPLOYED or period.ended_at or not proof_missing(period):
        return None
    return ProofsForm(initial={"proofs": period.proofs})


def _end(request: HttpRequest, pk: int, status: str, form_of: type[HouseForm]) -> HttpResponse:
    period = _period_or_404(request, pk)
    if period.status != status:
        raise Http404
    form = form_of(request.POST or None, initial={"on": request.on})
    if request.method == "POST" and form.is_valid():
        try:
            end_status(period=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The registration has ended."))
            return redirect(period.person)
    context = {"form": form, "period": period, "rows": _receipt_rows(period), "consequences": []}
    if status == Status.UNEMPLOYED:
        context["consequences"] = end_consequences()
    return page(request, "registration/end.html", period.person, context, form.errors)


def _period_or_404(request: HttpRequest, pk: int) -> StatusPeriod:
    with absent_is_404(StatusPeriod.DoesNotExist):
        return period_of(scope=request.actor.scope, pk=pk)


def _receipt_rows(period: StatusPeriod) -> list[tuple[str, Any]]:
    rows = [
        (_("Name"), period.person.name),
        (_("Identity no."), period.person.id_mask),
        (_("Registered as"), Status(period.status).label),
        (_("From"), period.from_on),
    ]
    if period.status == Status.UNEMPLOYED:
        rows.append((_("Reason"), code_label(REASON_SET, period.reason)))
    else:
        rows.append((_("Kind of employment"), code_label(CATEGORY_SET, period.category)))
        rows.append((_("Employer"), period.workplace))
    if period.until_on:
        rows.append((_("Ended"), f"{spoken_day(period.until_on)} {end_reason_label(period)}"))
    return [(label, value) for label, value in rows if value]
