"""An employer's own page: who applied or was introduced, interviews, answers, and whether the hired are still there."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.referrals import actions, queries
from openpes.referrals.forms import AnswerForm, HireForm
from openpes.referrals.models import Interview, Referral
from openpes.referrals.permissions import ANSWER_OWN
from openpes.referrals.views.parts import check_page, interview_page, reach_page, way_context, words_of
from openpes.resumes.actions import read_resume
from openpes.resumes.queries import resume_view, shown_to
from openpes.vacancies.models import Vacancy

PAGE = 20


@permitted(ANSWER_OWN)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Who applied or was introduced, the unanswered first; what happened, and who is asked about."""
    page = Paginator(queries.inbox(actor=request.actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.in_words([*page], on=request.on),
        "checks": queries.own_checks(actor=request.actor, on=request.on)[:PAGE],
        "vacancies": Vacancy.objects.seen_by(request.actor).open_on(request.on).order_by("-pk")[:PAGE],
        "news": queries.own_news(actor=request.actor),
    }
    return render(request, "referrals/inbox.html", context)


@permitted(ANSWER_OWN)
@never_cache
@require_safe
def inbox_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One application or introduction; opening it is told to the person."""
    get_object_or_404(Referral.objects.seen_by(request.actor), pk=pk)
    row = actions.note_seen(referral=pk, by=request.actor, at=request.at)
    has_resume = shown_to(person=row.person_id, met=True, on=request.on) is not None
    context = {**way_context(request, row), "has_resume": has_resume}
    return render(request, "referrals/inbox_detail.html", context)


@permitted(ANSWER_OWN)
@never_cache
@require_safe
def inbox_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """The CV of somebody who applied or was introduced, if the person lets it be read; the reading is journalled."""
    row = get_object_or_404(Referral.objects.seen_by(request.actor), pk=pk)
    found = read_resume(person=row.person_id, met=True, by=request.actor, at=request.at)
    context = {"row": row, "view": resume_view(found, on=request.on) if found else None}
    return render(request, "referrals/inbox_resume.html", context)


@permitted(ANSWER_OWN)
@require_http_methods(["GET", "POST"])
def inbox_invite(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Propose times for an interview."""
    return interview_page(request, pk, "referrals/inbox_invite.html", "referrals:inbox_detail")


@permitted(ANSWER_OWN)
@require_POST
def inbox_offer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Offer the place."""
    get_object_or_404(Referral.objects.seen_by(request.actor), pk=pk)
    actions.offer_job(referral=pk, words=words_of(request), by=request.actor, at=request.at)
    messages.success(request, _("The person is told of your offer. Report the hire with the facts of the contract."))
    return redirect("referrals:inbox_detail", pk=pk)


@permitted(ANSWER_OWN)
@require_POST
def inbox_cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Cancel an interview, with words."""
    row = get_object_or_404(Interview.objects.seen_by(request.actor), pk=pk)
    actions.cancel_interview(interview=pk, words=words_of(request), by=request.actor, at=request.at)
    messages.success(request, _("The interview is cancelled and the person is told."))
    return redirect("referrals:inbox_detail", pk=row.referral_id)


@permitted(ANSWER_OWN)
@require_POST
def inbox_held(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that an interview was held, or that the person did not come."""
    row = get_object_or_404(Interview.objects.seen_by(request.actor), pk=pk)
    came = request.POST.get("came") == "yes"
    actions.note_interview(interview=pk, came=came, words=words_of(request), by=request.actor, at=request.at)
    return redirect("referrals:inbox_detail", pk=row.referral_id)


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


@permitted(ANSWER_OWN)
@require_http_methods(["GET", "POST"])
def inbox_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say whether somebody whom the own firm hired is still there."""
    return check_page(request, pk, "referrals/own_check.html", "referrals:inbox")


@permitted(ANSWER_OWN)
@require_http_methods(["GET", "POST"])
def inbox_reach(request: HttpRequest) -> HttpResponseBase:
    """Choose how to be told of news beside the own page."""
    return reach_page(request, "referrals:inbox")


def _own_page(
    request: HttpRequest, template: str, row: Referral, form: AnswerForm | HireForm
) -> HttpResponse:
    context = {"form": form, "row": queries.in_words([row], on=request.on)[0]}
    return render(request, template, context, status=422 if form.errors else 200)
