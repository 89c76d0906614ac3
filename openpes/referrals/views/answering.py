"""What came of introductions: the follow-up list, answers, hires, and what employers reported."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Reason, Refused
from openpes.kernel.absent import absent_is_404
from openpes.people.models import Person
from openpes.people.queries import person as person_of_area
from openpes.referrals import actions, queries
from openpes.referrals.forms import AnswerForm, HireForm, WordsForm
from openpes.referrals.models import HireReport, Referral
from openpes.referrals.permissions import RECORD_ANSWERS, RECORD_HIRES, VIEW_REFERRALS
from openpes.vacancies.models import Vacancy
from openpes.vacancies.queries import vacancy_in_hand

PAGE = 30


@permitted(VIEW_REFERRALS)
@require_safe
def follow_up(request: HttpRequest) -> HttpResponse:
    """Introductions that nobody has answered, the longest wait first; hires that employers reported above them."""
    scope = request.actor.scope
    inside = request.GET.get("area", "")
    waiting = queries.follow_up(scope=scope)
    page = Paginator(waiting.visible_to(inside) if inside else waiting, PAGE).get_page(request.GET.get("page"))
    reported = {report.referral_id for report in queries.hires_to_confirm(scope=scope)}
    told = Referral.objects.visible_to(scope).filter(pk__in=reported)
    context = {
        "page": page,
        "rows": queries.in_words([*page], on=request.on),
        "reported": queries.in_words(told, on=request.on),
        "columns": [{"label": label} for label in (_("Person"), _("Vacancy"), _("Letter"), _("Waiting"))],
        "reported_columns": [
            {"label": label} for label in (_("Person"), _("Vacancy"), _("Letter"), _("Answer"))
        ],
        "may_hire": RECORD_HIRES.code in request.rights,
    }
    return render(request, "referrals/follow_up.html", context)


@permitted(RECORD_ANSWERS)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Record what came of an introduction."""
    row = get_object_or_404(Referral.objects.visible_to(request.actor.scope), pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            actions.record_answer(referral=pk, **form.cleaned_data, by=request.actor, at=request.at)
            return redirect("referrals:detail", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "row": queries.in_words([row], on=request.on)[0]}
    return render(request, "referrals/answer.html", context, status=422 if form.errors else 200)


@permitted(RECORD_HIRES)
@require_http_methods(["GET", "POST"])
def hire(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """Record a hire of an introduced person (`pk`), or of a person directly (`?person=&vacancy=`)."""
    with absent_is_404(Person.DoesNotExist, Vacancy.DoesNotExist):
        chosen, person, vacancy = _hired(request, pk)
    form = HireForm(
        request.POST or None, initial={"begins_on": request.on, "pay_fen": vacancy.pay_min_fen // 100}
    )
    if form.is_valid():
        try:
            made = actions.record_hire(**chosen, facts=form.facts(), by=request.actor, at=request.at)
            messages.success(request, _("The hire of %(name)s is recorded.") % {"name": person.name})
            return _after(made.referral_id)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "person": person, "vacancy": vacancy}
    return render(request, "referrals/hire.html", context, status=422 if form.errors else 200)


@permitted(RECORD_HIRES)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Confirm a hire that an employer reported: the facts that it stated, and one button."""
    report = get_object_or_404(HireReport.objects.visible_to(request.actor.scope), pk=pk)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            made = actions.confirm_hire(report=pk, by=request.actor, at=request.at)
            messages.success(request, _("The hire of %(name)s is confirmed.") % {"name": made.person.name})
            return redirect("referrals:detail", pk=report.referral_id)
        except Refused as refused:
            reasons = refused.reasons
    return _report_page(request, report, reasons=reasons, form=WordsForm())


@permitted(RECORD_HIRES)
@require_http_methods(["POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a reported hire back to the employer."""
    report = get_object_or_404(HireReport.objects.visible_to(request.actor.scope), pk=pk)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            actions.return_hire_report(report=pk, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, _("The report went back to the employer."))
            return redirect("referrals:follow_up")
        except Refused as refused:
            form.refuse(refused)
    return _report_page(request, report, reasons=(), form=form)


def _hired(request: HttpRequest, pk: int | None) -> tuple[dict, Person, object]:
    """Who is hired where: the arguments of the action, the person, and the vacancy."""
    if pk is not None:
        row = get_object_or_404(Referral.objects.visible_to(request.actor.scope), pk=pk)
        chosen, person, vacancy = {"referral": pk}, row.person_id, row.vacancy_id
    else:
        person, vacancy = (_number(request, name) for name in ("person", "vacancy"))
        chosen = {"person": person, "vacancy": vacancy}
    found = person_of_area(scope=request.actor.scope, pk=person)
    return chosen, found, vacancy_in_hand(pk=vacancy, on=request.on)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def _after(referral: int | None) -> HttpResponse:
    return redirect("referrals:detail", pk=referral) if referral else redirect("referrals:follow_up")


def _report_page(
    request: HttpRequest, report: HireReport, *, reasons: tuple, form: WordsForm
) -> HttpResponse:
    row = Referral.objects.visible_to(request.actor.scope).get(pk=report.referral_id)
    context = {
        "report": report,
        "row": queries.in_words([row], on=request.on)[0],
        "reasons": reasons,
        "form": form,
    }
    return render(request, "referrals/confirm.html", context, status=422 if reasons or form.errors else 200)
