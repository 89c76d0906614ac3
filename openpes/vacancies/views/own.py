"""An employer's own vacancies: the list, writing, asking for publication, closing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Reason, Refused
from openpes.vacancies import actions, queries
from openpes.vacancies.choices import State
from openpes.vacancies.forms import AppealForm, PublishForm, VacancyForm, WordsForm
from openpes.vacancies.models import Hold, Vacancy
from openpes.vacancies.permissions import MANAGE_OWN
from openpes.vacancies.queries import HoldCard, VacancyFilter
from openpes.vacancies.rules import completeness
from openpes.vacancies.views.editing import initial_of
from openpes.vacancies.views.words import facts_in_words, lines_of

PAGE = 20


@permitted(MANAGE_OWN)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The employer's vacancies, the newest first."""
    found = queries.vacancies_seen_by(actor=request.actor, narrowed=VacancyFilter(), on=request.on)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    columns = (_("Vacancy"), _("Place"), _("Filled"), _("State"), _("Last public day"))
    context = {
        "page": page,
        "lines": lines_of(page, request.on),
        "columns": [{"label": label, "number": label == _("Filled")} for label in columns],
    }
    return render(request, "vacancies/mine.html", context)


@permitted(MANAGE_OWN)
@require_http_methods(["GET", "POST"])
def new_mine(request: HttpRequest) -> HttpResponseBase:
    """Write a vacancy of the own firm."""
    form = VacancyForm(request.POST or None, actor=request.actor, initial={"openings": 1})
    if form.is_valid():
        try:
            made = actions.draft_vacancy(facts=form.facts(), by=request.actor, at=request.at)
            return redirect("vacancies:ask", pk=made.pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "vacancies/edit_mine.html", {"form": form}, status=422 if form.errors else 200)


@permitted(MANAGE_OWN)
@require_http_methods(["GET", "POST"])
def edit_mine(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a draft of the own firm."""
    row = get_object_or_404(Vacancy.objects.seen_by(request.actor), pk=pk)
    form = VacancyForm(request.POST or None, actor=request.actor, initial=initial_of(row))
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_vacancy(
                vacancy=pk, facts=form.facts(), version=version, by=request.actor, at=request.at
            )
            return redirect("vacancies:ask", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "vacancy": row}
    return render(request, "vacancies/edit_mine.html", context, status=422 if form.errors else 200)


@permitted(MANAGE_OWN)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One own vacancy: what is still missing, and the button that asks the office to publish it."""
    row = get_object_or_404(Vacancy.objects.seen_by(request.actor), pk=pk)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            actions.ask_publication(vacancy=pk, by=request.actor, at=request.at)
            messages.success(request, _("The office checks the vacancy and publishes it, or tells you what to change."))
            return redirect("vacancies:mine")
        except Refused as refused:
            reasons = refused.reasons
    return _own_page(request, row, reasons=reasons, form=WordsForm())


@permitted(MANAGE_OWN)
@require_http_methods(["POST"])
def close_mine(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End an own open vacancy today."""
    row = get_object_or_404(Vacancy.objects.seen_by(request.actor), pk=pk)
    form = WordsForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["note"]
        try:
            actions.close_vacancy(vacancy=pk, reason=reason, by=request.actor, at=request.at)
            messages.success(request, _("“%(title)s” is closed.") % {"title": row.title})
            return redirect("vacancies:mine")
        except Refused as refused:
            form.refuse(refused)
    return _own_page(request, row, reasons=(), form=form)


@permitted(MANAGE_OWN)
@require_http_methods(["POST"])
def appeal_mine(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Object to a hold of an own vacancy."""
    hold = get_object_or_404(Hold.objects.seen_by(request.actor), pk=pk)
    row = get_object_or_404(Vacancy.objects.seen_by(request.actor), pk=hold.vacancy_id)
    form = AppealForm(request.POST, prefix=f"hold-{hold.pk}")
    if form.is_valid():
        try:
            actions.appeal_hold(hold=hold.pk, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, _("Your appeal was sent; somebody else of the office decides it."))
            return redirect("vacancies:ask", pk=row.pk)
        except Refused as refused:
            form.refuse(refused)
    return _own_page(request, row, reasons=(), form=WordsForm(), appeal=form)


def _own_page(
    request: HttpRequest, row: Vacancy, *, reasons: tuple, form: WordsForm, appeal: AppealForm | None = None
) -> HttpResponse:
    cards = queries.holds_of(vacancy=row, actor=request.actor, on=request.on)
    line = lines_of([row], request.on)[0]
    last = row.closes_on or PublishForm.usual_last_day(request.on)
    checks = queries.publication_checks(row=row, closes_on=last, on=request.on)
    context = {
        "vacancy": row,
        "line": line,
        "reasons": reasons,
        "form": form,
        "facts": facts_in_words(row),
        "checks": sorted(checks, key=lambda check: (not check.stops, check.state == "ok")),
        "is_draft": line.state == State.DRAFT,
        "is_held": line.state == State.HELD,
        "is_open": line.state in (State.OPEN, State.HELD),
        "holds": [(card, _appeal_form(card, appeal)) for card in cards],
        "score": completeness(queries.facts_of(row)),
    }
    failed = reasons or form.errors or (appeal is not None and appeal.errors)
    return render(request, "vacancies/ask.html", context, status=422 if failed else 200)


def _appeal_form(card: HoldCard, sent: AppealForm | None) -> AppealForm | None:
    """The form of an open hold against which nobody appeals at the moment: what was sent, or an empty one."""
    if card.hold.ended_at is not None or card.waiting is not None:
        return None
    prefix = f"hold-{card.hold.pk}"
    return sent if sent is not None and sent.prefix == prefix else AppealForm(prefix=prefix)
