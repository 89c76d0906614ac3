"""Calling employers: who is next, what to say, and the outcome by one key."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from openpes.access.permissions import permitted
from openpes.employers.choices import Purpose
from openpes.employers.queries import agreeing_contact
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.reporting import actions, queries
from openpes.reporting.choices import CallOutcome
from openpes.reporting.models import Call
from openpes.reporting.permissions import KEEP_REPORTING


@permitted(KEEP_REPORTING)
@never_cache
def call(request: HttpRequest) -> HttpResponseBase:
    """The call that one has taken up, or the way to the next one."""
    if request.method == "POST":
        actions.take_next_call(by=request.actor, at=request.at)
        return redirect("reporting:call")
    return _shown(request, ())


@permitted(KEEP_REPORTING)
@require_POST
def call_tell(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Tell the outcome of one's call, and go on with the next employer."""
    told = {"outcome": request.POST.get("outcome", ""), "note": request.POST.get("note", "")[:300]}
    try:
        actions.tell_call(call=pk, **told, by=request.actor, at=request.at)
    except Call.DoesNotExist as absent:
        raise Http404 from absent
    except Refused as refused:
        return _shown(request, refused.reasons)
    actions.take_next_call(by=request.actor, at=request.at)
    return redirect("reporting:call")


@permitted(KEEP_REPORTING)
@require_POST
def call_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give one's call back without having made it."""
    with absent_is_404(Call.DoesNotExist):
        actions.give_back_call(call=pk, by=request.actor, at=request.at)
    return redirect("reporting:call")


def _shown(request: HttpRequest, reasons: tuple) -> HttpResponseBase:
    row = queries.open_call(actor=request.actor)
    context = {"call": row, "reasons": reasons, "waiting": queries.to_call(scope=request.actor.scope, on=request.on)}
    context["waiting"] = context["waiting"].count()
    if row:
        contact = agreeing_contact(employer=row.employer_id, purpose=Purpose.VACANCIES, on=request.on)
        context |= {
            "contact": contact,
            "phone": contact.phone().reveal() if contact else "",
            "running": queries.running_vacancies(employer=row.employer_id, on=request.on),
            "outcomes": [(number, one) for number, one in enumerate(CallOutcome, 1)],
            "calls": queries.calls_of(employer=row.employer_id, most=3),
        }
    return render(request, "reporting/call.html", context, status=422 if reasons else 200)
