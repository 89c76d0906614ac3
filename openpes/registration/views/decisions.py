"""What was decided about a person: the file, refusals, appeals and their rulings, hand-overs between counties."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused, has_hand_in
from openpes.kernel.absent import absent_is_404
from openpes.registration import queries
from openpes.registration.actions import (
    answer_transfer,
    file_appeal,
    offer_transfer_again,
    refuse_registration,
    rule_appeal,
)
from openpes.registration.choices import Status
from openpes.registration.forms import AppealForm, ContactForm, RulingForm, TakeBackForm, TransferForm, UnemploymentForm
from openpes.registration.models import Appeal, Decision, Transfer
from openpes.registration.permissions import DECIDE, REGISTER_UNEMPLOYMENT, VIEW_REGISTRATIONS
from openpes.registration.views.pane import page, person_or_404

PAGE = 25


@permitted(VIEW_REGISTRATIONS)
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The registration file of a person: confirmation, hand-over, decisions with their appeals."""
    person = person_or_404(request, pk)
    scope = request.actor.scope
    status = queries.status_of(scope=scope, person=pk, on=request.on)
    unemployed = status is not None and status.status == Status.UNEMPLOYED and status.until_on is None
    waiting = queries.transfer_waits(person=pk)
    decisions = queries.decisions_of(scope=scope, person=pk, on=request.on)
    appeals = [row.appeal for row in decisions if row.appeal]
    context = {
        "status": status,
        "days": queries.contacts_in_words([status], on=request.on)[0] if unemployed and status else None,
        "contacts": queries.contacts_of(scope=scope, person=pk),
        "decisions": decisions,
        "transfer": queries.transfers_in_words([waiting], scope=scope, on=request.on)[0] if waiting else None,
        "out": queries.transfers_out_of(scope=scope, person=pk),
        "came_in": queries.transfers_in_of(scope=scope, person=pk),
        "take_back": TakeBackForm(auto_id="take_back_%s"),
        "contact_form": ContactForm(),
        "transfer_form": TransferForm(auto_id="transfer_%s"),
        "may_register": REGISTER_UNEMPLOYMENT.code in request.rights,
        "may_decide": DECIDE.code in request.rights,
        "own_decisions": {one.pk for one in appeals if has_hand_in(request.actor, one.first_hands)},
    }
    return page(request, "registration/file.html", person, context)


@permitted(REGISTER_UNEMPLOYMENT)
@require_POST
def unemployment_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse an unemployment registration in due form."""
    person = person_or_404(request, pk)
    form = UnemploymentForm(request.POST, on=request.on)
    if form.is_valid():
        try:
            refuse_registration(person=pk, facts=form.facts(), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The refusal is on file; the person may appeal."))
            return redirect("registration:file", pk)
    context = {"form": form, "rules": queries.eligibility(scope=request.actor.scope, person=pk, on=request.on)}
    return page(request, "registration/unemployment_new.html", person, context, form.errors)


@permitted(REGISTER_UNEMPLOYMENT)
@require_http_methods(["GET", "POST"])
def appeal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """File a person's appeal against a decision at the counter."""
    decision = _decision_or_404(request, pk)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        try:
            file_appeal(decision=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The appeal is filed; another officer rules it."))
            return redirect("registration:file", decision.person_id)
    context = {"form": form, "decision": decision, "about": queries.decision_words(decision)}
    return page(request, "registration/appeal_new.html", decision.person, context, form.errors)


@permitted(VIEW_REGISTRATIONS)
@require_safe
def appeal_list(request: HttpRequest) -> HttpResponse:
    """The appeals that wait for their ruling, each with its clock."""
    found = Paginator(queries.open_appeals(scope=request.actor.scope), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "rows": queries.appeals_in_words([*found], on=request.on),
        "columns": [{"label": label} for label in (_("Name"), _("Against"), _("Filed on"), _("Due on"))],
    }
    return render(request, "registration/appeal_list.html", context)


@permitted(DECIDE)
@require_http_methods(["GET", "POST"])
def appeal_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Rule an appeal with reasons."""
    with absent_is_404(Appeal.DoesNotExist):
        appeal = queries.appeal(scope=request.actor.scope, pk=pk)
    form = RulingForm(request.POST or None)
    if form.is_valid():
        try:
            rule_appeal(appeal=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Appeal.DoesNotExist:  # handed over to another office in this very moment
            raise Http404 from None
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The appeal is ruled."))
            here = appeal.person.area.startswith(request.actor.scope)
            return redirect("registration:file", appeal.person_id) if here else redirect("registration:appeal_list")
    row = queries.appeals_in_words([appeal], on=request.on)[0]
    context = {"form": form, "row": row, "own": has_hand_in(request.actor, appeal.first_hands)}
    return page(request, "registration/appeal_rule.html", appeal.person, context, form.errors)


@permitted(VIEW_REGISTRATIONS)
@require_safe
def transfer_list(request: HttpRequest) -> HttpResponse:
    """Hand-overs to this office that wait for an answer, and those that it made."""
    scope = request.actor.scope
    found = Paginator(queries.transfers_of_area(scope=scope), PAGE).get_page(request.GET.get("page"))
    made = [*queries.transfers_from_area(scope=scope)[:PAGE]]
    context = {
        "page": found,
        "rows": queries.transfers_in_words([*found], scope=scope, on=request.on),
        "made": queries.transfers_in_words(made, scope=scope, on=request.on),
        "may_answer": REGISTER_UNEMPLOYMENT.code in request.rights,
    }
    return render(request, "registration/transfer_list.html", context)


@permitted(REGISTER_UNEMPLOYMENT)
@require_POST
def transfer_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or return a hand-over."""
    accepts = request.POST.get("accepts") == "1"
    with absent_is_404(Transfer.DoesNotExist):
        found = answer_transfer(
            transfer=pk,
            accepts=accepts,
            note=request.POST.get("note", "")[:300],
            by=request.actor,
            at=request.at,
        )
    messages.success(request, _("The hand-over is accepted.") if accepts else _("The hand-over is returned."))
    return redirect("registration:file", found.person_id)


@permitted(REGISTER_UNEMPLOYMENT)
@require_POST
def transfer_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over once more what was returned."""
    with absent_is_404(Transfer.DoesNotExist):
        offer_transfer_again(transfer=pk, by=request.actor, at=request.at)
    messages.success(request, _("The matters are handed over again."))
    return redirect("registration:transfer_list")


def _decision_or_404(request: HttpRequest, pk: int) -> Decision:
    with absent_is_404(Decision.DoesNotExist):
        return queries.decision(scope=request.actor.scope, pk=pk)
