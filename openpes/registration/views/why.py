"""Why: the decisions that governed a person on a day, asked again; and corrections of their facts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.registration import queries
from openpes.registration.actions import correct_fact
from openpes.registration.forms import CorrectionForm, DayForm
from openpes.registration.models import Decision
from openpes.registration.permissions import REGISTER_UNEMPLOYMENT, VIEW_REGISTRATIONS
from openpes.registration.views.pane import page, person_or_404


@permitted(VIEW_REGISTRATIONS)
@require_safe
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Which rule of that day's law with which facts decided (`?on=`, today without)."""
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": request.on})
    return _page(request, pk, form)


@permitted(REGISTER_UNEMPLOYMENT)
@require_POST
def fact_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that a fact of a decision was otherwise; the decision stays, both are shown."""
    with absent_is_404(Decision.DoesNotExist):
        decision = queries.decision(scope=request.actor.scope, pk=pk)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            correct_fact(decision=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The correction is written down; the decision keeps both."))
            return redirect("registration:why", decision.person_id)
    day = DayForm(initial={"on": decision.on})
    return _page(request, decision.person_id, day, correct=form, wrong=pk)


def _correction(decision: int, more: dict[str, Any]) -> CorrectionForm:
    """The form beside a decision: the one that was sent, or an empty one with names of its own on the page."""
    sent: CorrectionForm | None = more.get("correct") if more.get("wrong") == decision else None
    return sent or CorrectionForm(auto_id=f"fact_{decision}_%s")


def _page(request: HttpRequest, pk: int, form: DayForm, **more: Any) -> HttpResponse:
    person = person_or_404(request, pk)
    scope = request.actor.scope
    on = form.cleaned_data["on"] if form.is_bound and form.is_valid() else request.on
    rows = queries.why(scope=scope, person=pk, on=on)
    context: dict[str, Any] = {
        "form": form,
        "rows": [(row, _correction(row.decision.pk, more)) for row in rows],
        "would_be": [] if rows else queries.would_be(scope=scope, person=pk, on=on),
        "may_correct": REGISTER_UNEMPLOYMENT.code in request.rights,
    }
    wrong = form.errors or ("correct" in more and more["correct"].errors)
    return page(request, "registration/why.html", person, context | more, wrong)
