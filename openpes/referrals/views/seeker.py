"""A person's own page: apply, choose an interview time, withdraw, say whether one is still at work."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.codes.queries import occupation_label
from openpes.kernel import Reason, Refused
from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_full_name
from openpes.people.models import Person
from openpes.referrals import actions, queries
from openpes.referrals.choices import Answer
from openpes.referrals.forms import ApplyForm, SlotForm, WithdrawForm
from openpes.referrals.models import Interview, Referral
from openpes.referrals.permissions import OWN_REFERRALS
from openpes.referrals.views.parts import check_page, paper_of, reach_page, way_context, words_of
from openpes.resumes.queries import shown_to
from openpes.vacancies.models import Vacancy


@permitted(OWN_REFERRALS)
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The own applications and introductions, what waits for oneself, what happened, and what costs nothing."""
    context = {
        "rows": queries.in_words(queries.own_referrals(actor=request.actor), on=request.on),
        "interviews": queries.interviews_in_words(queries.interviews_ahead(actor=request.actor, at=request.at)),
        "checks": queries.own_checks(actor=request.actor, on=request.on),
        "news": queries.own_news(actor=request.actor),
        "free": queries.own_free_services(actor=request.actor, on=request.on),
    }
    return render(request, "referrals/own.html", context)


@permitted(OWN_REFERRALS)
@never_cache
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Check what is sent to the employer, and apply."""
    form = ApplyForm(request.POST or None)
    reasons: tuple[Reason, ...] = ()
    with absent_is_404(Person.DoesNotExist, Vacancy.DoesNotExist):
        if request.method == "POST" and form.is_valid():
            try:
                made = actions.apply_for(vacancy=pk, **form.cleaned_data, by=request.actor, at=request.at)
                messages.success(request, _("Your application No. %(number)s was sent.") % {"number": made.letter_no})
                return redirect("referrals:own_detail", pk=made.pk)
            except Refused as refused:
                reasons = refused.reasons
        found = queries.own_prospect(actor=request.actor, vacancy=pk, on=request.on)
    context = {
        "prospect": found,
        "reasons": reasons or found.reasons,
        "form": form,
        "place": area_full_name(found.vacancy.area),
        "occupation": occupation_label(found.vacancy.occupation),
        "shown": shown_to(person=found.person.pk, met=True, on=request.on) is not None,
    }
    return render(request, "referrals/apply.html", context, status=422 if reasons or form.errors else 200)


@permitted(OWN_REFERRALS)
@never_cache
@require_safe
def own_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One own application or introduction: its state, its whole way, its interview."""
    row = get_object_or_404(Referral.objects.seen_by(request.actor), pk=pk)
    return _detail(request, row)


@permitted(OWN_REFERRALS)
@never_cache
@require_safe
def own_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The own letter or application on paper."""
    return paper_of(request, get_object_or_404(Referral.objects.seen_by(request.actor), pk=pk))


@permitted(OWN_REFERRALS)
@require_http_methods(["GET", "POST"])
def own_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take part no more, with a reason."""
    row = get_object_or_404(Referral.objects.seen_by(request.actor), pk=pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        answer = Answer.WITHDRAWN if row.is_application else Answer.DECLINED
        try:
            actions.record_answer(referral=pk, answer=answer, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, _("The employer is told that you take part no more."))
            return redirect("referrals:own_detail", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "row": queries.in_words([row], on=request.on)[0]}
    return render(request, "referrals/own_withdraw.html", context, status=422 if form.errors else 200)


@permitted(OWN_REFERRALS)
@require_POST
def own_slot(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one of the proposed times; what else falls into it is told."""
    row = get_object_or_404(Interview.objects.seen_by(request.actor), pk=pk)
    form = SlotForm(request.POST)
    if form.is_valid():
        try:
            made = actions.take_slot(interview=pk, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, _("The time of your interview is agreed; the employer is told."))
            for clash in queries.busy_times(
                person=made.person_id, begins=made.starts_at, ends=made.ends_at, apart_from=made.pk
            ):
                messages.warning(request, _("At this time you also have: %(what)s.") % {"what": clash.what})
            return redirect("referrals:own_detail", pk=row.referral_id)
        except Refused as refused:
            form.refuse(refused)
    held = get_object_or_404(Referral.objects.seen_by(request.actor), pk=row.referral_id)
    return _detail(request, held, form)


@permitted(OWN_REFERRALS)
@require_POST
def own_cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Cancel the own interview, with words."""
    row = get_object_or_404(Interview.objects.seen_by(request.actor), pk=pk)
    actions.cancel_interview(interview=pk, words=words_of(request), by=request.actor, at=request.at)
    messages.success(request, _("The interview is cancelled; the employer is told and may propose other times."))
    return redirect("referrals:own_detail", pk=row.referral_id)


@permitted(OWN_REFERRALS)
@require_http_methods(["GET", "POST"])
def own_check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say whether one is still at work where one was hired."""
    return check_page(request, pk, "referrals/own_check.html", "referrals:own")


@permitted(OWN_REFERRALS)
@require_http_methods(["GET", "POST"])
def own_reach(request: HttpRequest) -> HttpResponseBase:
    """Choose how to be told of news beside the own page."""
    return reach_page(request, "referrals:own")


def _detail(request: HttpRequest, row: Referral, form: SlotForm | None = None) -> HttpResponse:
    context = {**way_context(request, row), "form": form}
    wrong = form is not None and form.errors
    return render(request, "referrals/own_detail.html", context, status=422 if wrong else 200)
