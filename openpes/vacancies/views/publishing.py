"""Publishing a vacancy with its list of checks, closing it, giving a draft back."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.vacancies import actions, queries
from openpes.vacancies.forms import PublishForm, WordsForm
from openpes.vacancies.models import Vacancy
from openpes.vacancies.permissions import PUBLISH_VACANCIES
from openpes.vacancies.views.words import facts_in_words, lines_of


@permitted(PUBLISH_VACANCIES)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every rule with its answer, a preview, and the last day."""
    row = get_object_or_404(Vacancy.objects.visible_to(request.actor.scope), pk=pk)
    usual = {"closes_on": row.closes_on or PublishForm.usual_last_day(request.on)}
    form = PublishForm(request.POST or None, initial=usual)
    if form.is_valid():
        try:
            actions.publish_vacancy(vacancy=pk, **form.cleaned_data, by=request.actor, at=request.at)
            messages.success(request, _("“%(title)s” is published.") % {"title": row.title})
            return redirect("vacancies:detail", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    return _publish_page(request, row, form, usual["closes_on"])


@permitted(PUBLISH_VACANCIES)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End an open vacancy today."""
    row = get_object_or_404(Vacancy.objects.visible_to(request.actor.scope), pk=pk)
    form = WordsForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["note"]
        try:
            actions.close_vacancy(vacancy=pk, reason=reason, by=request.actor, at=request.at)
            messages.success(request, _("“%(title)s” is closed.") % {"title": row.title})
            return redirect("vacancies:detail", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "vacancy": row, "line": lines_of([row], request.on)[0]}
    return render(request, "vacancies/close.html", context, status=422 if form.errors else 200)


@permitted(PUBLISH_VACANCIES)
@require_http_methods(["POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a draft back to the employer that asked for its publication."""
    row = get_object_or_404(Vacancy.objects.visible_to(request.actor.scope), pk=pk)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            actions.return_vacancy(vacancy=pk, **form.cleaned_data, by=request.actor, at=request.at)
            told = _("“%(title)s” went back to the employer with your words.") % {"title": row.title}
            messages.success(request, told)
            return redirect("vacancies:list")
        except Refused as refused:
            form.refuse(refused)
    usual = PublishForm.usual_last_day(request.on)
    return _publish_page(request, row, PublishForm(initial={"closes_on": usual}), usual, back=form)


def _publish_page(
    request: HttpRequest, row: Vacancy, form: PublishForm, closes_on: date, back: WordsForm | None = None
) -> HttpResponse:
    chosen = form.cleaned_data.get("closes_on", closes_on) if form.is_bound and form.is_valid() else closes_on
    checks = queries.publication_checks(row=row, closes_on=chosen, on=request.on)
    context = {
        "form": form,
        "back": back or WordsForm(),
        "vacancy": row,
        "line": lines_of([row], request.on)[0],
        "checks": sorted(checks, key=lambda check: (not check.stops, check.state == "ok")),
        "facts": facts_in_words(row),
    }
    failed = form.errors or (back is not None and back.errors)
    return render(request, "vacancies/publish.html", context, status=422 if failed else 200)
