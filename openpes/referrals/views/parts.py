"""What pages of several readers share: the way of a referral, a retention check, the choice of being told."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.kernel import Refused
from openpes.referrals import actions, queries
from openpes.referrals.forms import CheckForm, InterviewForm, ReachForm
from openpes.referrals.models import Referral

LONGEST_WORDS = 300


def way_context(request: HttpRequest, row: Referral) -> dict[str, Any]:
    """One referral in words, everything that happened to it, and its open interview with the times that are left."""
    talk = queries.open_interview_of(referral=row.pk)
    return {
        "row": queries.in_words([row], on=request.on)[0],
        "way": queries.way_of(referral=row),
        "interview": talk,
        "slots": queries.slots_offered(row=talk, at=request.at) if talk else [],
        "begun": bool(talk and talk.starts_at and talk.starts_at <= request.at),
    }


def words_of(request: HttpRequest) -> str:
    """The words of a one-line form, cut to what is kept."""
    return request.POST.get("words", "").strip()[:LONGEST_WORDS]


def interview_page(request: HttpRequest, pk: int, template: str, back: str) -> HttpResponseBase:
    """Propose times for an interview, or other ones."""
    row = get_object_or_404(Referral.objects.seen_by(request.actor), pk=pk)
    context = way_context(request, row)
    form = InterviewForm(request.POST or None, initial=_former(context["interview"]))
    if form.is_valid():
        try:
            actions.propose_interview(referral=pk, facts=form.facts(), by=request.actor, at=request.at)
            messages.success(request, _("The times are proposed; the person chooses one."))
            return redirect(back, pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, template, {**context, "form": form}, status=422 if form.errors else 200)


def check_page(request: HttpRequest, pk: int, template: str, back: str, *, by_staff: bool = False) -> HttpResponseBase:
    """Answer the question that is due about a hire."""
    if by_staff:
        due = queries.due_checks(scope=request.actor.scope, on=request.on)
    else:
        due = queries.own_checks(actor=request.actor, on=request.on)
    line = next((line for line in due if line.hire.pk == pk), None)
    if line is None:
        raise Http404
    form = CheckForm(request.POST or None, by_staff=by_staff)
    if form.is_valid():
        try:
            actions.answer_check(hire=pk, months=line.months, facts=form.facts(), by=request.actor, at=request.at)
            messages.success(request, _("Thank you, the answer is recorded."))
            return redirect(back)
        except Refused as refused:
            form.refuse(refused)
    return render(request, template, {"line": line, "form": form}, status=422 if form.errors else 200)


def reach_page(request: HttpRequest, back: str) -> HttpResponseBase:
    """Choose how to be told of news beside the own page."""
    present = queries.reach_of(actor=request.actor)
    told = {"by_sms": present.by_sms, "mail": actions.mail_of(present)} if present else {}
    form = ReachForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        language = get_language() or "zh-hans"
        actions.choose_reach(**form.cleaned_data, language=language, by=request.actor, at=request.at)
        messages.success(request, _("Your choice is kept. You may change it at any time."))
        return redirect(back)
    context = {"form": form, "back": back}
    return render(request, "referrals/reach.html", context, status=422 if form.errors else 200)


def paper_of(request: HttpRequest, row: Referral) -> HttpResponse:
    """The letter of an introduction, or the paper of an application."""
    check_url = request.build_absolute_uri(reverse("referrals:verify", args=[row.token]))
    typed_url = request.build_absolute_uri(reverse("referrals:check"))
    pdf = queries.letter(referral=row, check_url=check_url, typed_url=typed_url, at=request.at)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.letter_no}.pdf"'
    return response


def calendar_response(content: bytes, name: str) -> HttpResponse:
    """A calendar file to be taken in."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _former(talk: Any) -> dict[str, Any]:
    if talk is None:
        return {}
    slots = {f"slot_{number}": slot for number, slot in enumerate(talk.slots[:3], 1)}
    return {**slots, "minutes": talk.minutes, "way": talk.way, "place": talk.place, "note": talk.note}
