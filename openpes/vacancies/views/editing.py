"""Writing and changing vacancies at the counter."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from openpes.access.permissions import permitted
from openpes.codes.queries import occupation_words
from openpes.employers.queries import employer_card
from openpes.kernel import Refused
from openpes.vacancies import actions, queries
from openpes.vacancies.forms import VacancyForm
from openpes.vacancies.models import Vacancy
from openpes.vacancies.permissions import EDIT_VACANCIES


@permitted(EDIT_VACANCIES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Write down a vacancy; `?copy=` begins with what another one states, `?employer=` with a credit code."""
    initial = {"openings": 1, "employer": request.GET.get("employer", ""), "area": request.actor.scope}
    form = VacancyForm(request.POST or None, actor=request.actor, initial=initial | _copied(request))
    if form.is_valid():
        try:
            made = actions.draft_vacancy(facts=form.facts(), by=request.actor, at=request.at)
            return redirect("vacancies:publish", pk=made.pk)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "vacancies/edit.html", {"form": form}, status=422 if form.errors else 200)


@permitted(EDIT_VACANCIES)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a draft or an open vacancy."""
    row = get_object_or_404(Vacancy.objects.visible_to(request.actor.scope), pk=pk)
    form = VacancyForm(
        request.POST or None, actor=request.actor, fixed_employer=row.employer_id, initial=initial_of(row)
    )
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_vacancy(
                vacancy=pk, facts=form.facts(), version=version, by=request.actor, at=request.at
            )
            return redirect("vacancies:detail", pk=pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "vacancy": row, "employer": employer_card(pk=row.employer_id)}
    return render(request, "vacancies/edit.html", context, status=422 if form.errors else 200)


def initial_of(row: Vacancy) -> dict:
    """What a form shows of a stored vacancy: pay in yuan."""
    stated = asdict(queries.facts_of(row)) | {"version": row.version}
    for name in ("pay_min_fen", "pay_max_fen"):
        stated[name] = None if stated[name] is None else stated[name] // 100
    stated["occupation"] = occupation_words(row.occupation)
    return stated


def _copied(request: HttpRequest) -> dict:
    pk = request.GET.get("copy", "")
    if not pk.isdigit():
        return {}
    row = get_object_or_404(Vacancy.objects.visible_to(request.actor.scope), pk=pk)
    return initial_of(row) | {"employer": employer_card(pk=row.employer_id).credit_code, "version": None}
