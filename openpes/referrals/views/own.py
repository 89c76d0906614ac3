"""An employer's own page: who was introduced, and the answer."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.referrals import actions, queries
from openpes.referrals.forms import AnswerForm, HireForm
from openpes.referrals.models import Referral
from openpes.referrals.permissions import ANSWER_OWN

PAGE = 20


@permitted(ANSWER_OWN)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Who was introduced, the unanswered first."""
    page = Paginator(queries.inbox(actor=request.actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.in_words([*page], on=request.on),
    }
    return render(request, "referrals/inbox.html", context)


@permitted(ANSWER_OWN)
@require_http_methods(["GET", "POST"])
def inbox_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that the person did not suit or come, or that the place is taken."""
    row = get_object_or_404(Referral.objects.seen_by(request.actor), pk=pk)
    form = AnswerForm(request.POST or None, by_employer=True)
    if form.is_valid():
        try:
            actions.record_answer(referral=pk, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("referrals:inbox")
        except Refused as refused:
            form.refuse(refused)
    return _own_page(request, "referrals/inbox_answer.html", row, form)


@permitted(ANSWER_OWN)
@require_http_methods(["GET", "POST"])
def inbox_hire(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Report that the person was hired; the office confirms it."""
    row = get_object_or_404(Referral.objects.seen_by(request.actor), pk=pk)
    form = HireForm(request.POST or None, initial={"begins_on": request.on})
    if form.is_valid():
        try:
            actions.report_hire(referral=pk, facts=form.facts(), by=request.actor, at=request.at)
            return redirect("referrals:inbox")
        except Refused as refused:
            form.refuse(refused)
    return _own_page(request, "referrals/inbox_hire.html", row, form)


def _own_page(
    request: HttpRequest, template: str, row: Referral, form: AnswerForm | HireForm
) -> HttpResponse:
    context = {"form": form, "row": queries.in_words([row], on=request.on)[0]}
    return render(request, template, context, status=422 if form.errors else 200)
