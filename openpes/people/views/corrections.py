"""Requests for correction at the desk: those that wait, one of them with its answer, one written down for a person."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused, has_hand_in
from openpes.kernel.absent import absent_is_404
from openpes.kernel.days import spoken_moment
from openpes.people.actions import (
    Answer,
    answer_correction,
    appeal_correction,
    ask_correction,
    rule_correction,
)
from openpes.people.choices import ONE_VALUE, Fact
from openpes.people.forms.corrections import AnswerForm, CorrectionAppealForm, CorrectionForm, FactForm
from openpes.people.models import CorrectionRequest
from openpes.people.permissions import ANSWER_CORRECTIONS, CHANGE_PERSONS
from openpes.people.queries.acts import acts_since
from openpes.people.queries.corrections import CorrectionView, correction, is_own_file
from openpes.people.queries.steps import Step
from openpes.people.queries.waiting import matters_waiting
from openpes.people.views.files import page, person_or_404

BOTH = require_http_methods(["GET", "POST"])
PAGE = 25
# Where each fact is changed before the answer; what is not named stands on the person's page.
PAGES = {
    Fact.NAME: "people:name",
    Fact.ID_NUMBER: "people:number",
    Fact.HOME: "people:move",
    Fact.HOUSEHOLD: "people:household",
    Fact.EDUCATION: "people:records",
    Fact.QUALIFICATION: "people:records",
    Fact.GROUP: "people:records",
}


@permitted(ANSWER_CORRECTIONS)
@require_safe
def correction_list(request: HttpRequest) -> HttpResponse:
    """Requests and appeals that wait for the office, the nearest day first."""
    after = Step.read(request.GET.get("after", ""))
    found = matters_waiting(scope=request.actor.scope, on=request.on, after=after, limit=PAGE + 1)
    context = {
        "matters": found[:PAGE],
        "next": found[PAGE - 1].step if len(found) > PAGE else None,
        "after": after,
        "columns": [{"label": label} for label in (_("Name"), _("What is asked"), _("Asked on"), _("Answer by"))],
    }
    return render(request, "people/correction_list.html", context)


@permitted(ANSWER_CORRECTIONS)
@BOTH
def correction_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what is asked and by what it can be checked, the answer, and the ruling of an appeal."""
    view = _view_or_404(request, pk)
    rules_appeal = view.appeal is not None and not view.appeal.ruling
    open_now = not view.request.answer or rules_appeal
    acts = [(act.line, f"{act.title} · {spoken_moment(act.at)}") for act in acts_since(request=view.request)]
    form = AnswerForm(request.POST or None, acts=acts, ruling=rules_appeal)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, view, Answer(**form.cleaned_data), rules_appeal)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Answered; the person reads it on the own page."))
            return redirect("people:correction_list")
    one_value = view.request.fact in ONE_VALUE
    filed, first = (view.appeal.filed_hands, view.appeal.first_hands) if view.appeal else (None, None)
    context = {
        "view": view,
        "form": form,
        "open": open_now,
        "one_value": one_value,
        "acts": acts,
        "page_of_fact": _page_of(view.request),
        "own": has_hand_in(request.actor, view.request.asked_hands, filed)
        or is_own_file(person=view.request.person_id, by=request.actor),
        "refused_first": rules_appeal and has_hand_in(request.actor, first),
    }
    return page(request, "people/correction_answer.html", view.request.person, context, form.errors)


@permitted(CHANGE_PERSONS)
@BOTH
def correction_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down at the counter what a person wants corrected; another officer answers it."""
    person = person_or_404(request, pk)
    asked = request.GET.get("fact", "")
    if asked not in Fact.values:
        return page(request, "people/correction_fact.html", person, {"form": FactForm()})
    form = CorrectionForm(request.POST or None, fact=Fact(asked))
    if request.method == "POST" and form.is_valid():
        try:
            ask_correction(person=pk, fact=asked, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The request is written down; a colleague answers it."))
            return redirect("people:records", pk)
    return page(request, "people/correction_new.html", person, {"form": form, "fact": Fact(asked)}, form.errors)


@permitted(CHANGE_PERSONS)
@BOTH
def correction_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a person's appeal against a refused correction."""
    view = _view_or_404(request, pk)
    form = CorrectionAppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal_correction(request=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The appeal is written down; another officer rules it."))
            return redirect("people:records", view.request.person_id)
    context = {"form": form, "view": view}
    return page(request, "people/correction_appeal.html", view.request.person, context, form.errors)


def _decide(request: HttpRequest, view: CorrectionView, answer: Answer, rules_appeal: bool) -> None:
    told: dict[str, Any] = {"answer": answer, "by": request.actor, "at": request.at}
    if rules_appeal and view.appeal is not None:
        rule_correction(appeal=view.appeal.pk, **told)
    else:
        answer_correction(request=view.request.pk, **told)


def _view_or_404(request: HttpRequest, pk: int) -> CorrectionView:
    with absent_is_404(CorrectionRequest.DoesNotExist):
        return correction(scope=request.actor.scope, pk=pk, on=request.on)


def _page_of(asked: CorrectionRequest) -> str:
    named = PAGES.get(Fact(asked.fact))
    return reverse(named, args=[asked.person_id]) if named else asked.person.get_absolute_url()
