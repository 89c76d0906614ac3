"""Likely duplicates: the work list, two files side by side, and the pairs of one person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.kernel.absent import absent_is_404
from openpes.people.actions.duplicates import compare_files, tell_apart
from openpes.people.actions.merging import propose_merge
from openpes.people.forms.merging import ApartForm, CompareForm, MergeForm
from openpes.people.models import LikelyPair
from openpes.people.permissions import MERGE_PERSONS, VIEW_PERSONS
from openpes.people.queries import duplicates as queries
from openpes.people.queries import find_persons
from openpes.people.queries.merging import Plan, merge_plan, suggested, way_on
from openpes.people.queries.sides import facts_side_by_side, home_words, rows_by_kind, whose_rows
from openpes.people.views.files import page, person_or_404

SHOWN = 100


@permitted(MERGE_PERSONS)
@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """What waits for an officer: merges for a second word, then pairs, the most likely first."""
    scope = request.actor.scope
    context = {
        "pairs": queries.waiting_pairs(scope=scope, limit=SHOWN),
        "count": queries.waiting_pair_count(scope=scope),
        "waiting": queries.waiting_merges(scope=scope),
        "settled": queries.settled_merges(scope=scope, limit=25),
        "columns": [{"label": label} for label in (_("One file"), _("Other file"), _("Why"), _("Likelihood"))],
    }
    return render(request, "people/duplicates.html", context)


@permitted(MERGE_PERSONS)
def pair(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Two files side by side; the officer says which stays and, fact by fact, what is kept."""
    view, plan = _opened(request, pk)
    facts = facts_side_by_side(plan.stays, plan.goes)
    choices = [(fact.name, fact.label, fact.mine, fact.theirs) for fact in facts if fact.differs]
    kept = {f"kept_{name}": whose for name, whose in plan.kept.items()}
    form = MergeForm(request.POST or None, facts=[*choices, *whose_rows(plan)], initial=kept)
    if request.method == "POST" and form.is_valid():
        told = {"stays": plan.stays.pk, "goes": plan.goes.pk, "kept": form.kept(), "why": form.cleaned_data["why"]}
        try:
            merge = propose_merge(**told, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The merge is proposed and waits for a second officer."))
            return redirect("people:merge", merge.pk)
    context = {
        "view": view, "plan": plan, "form": form, "facts": facts, "apart_form": ApartForm(prefix="apart"),
        "moves": rows_by_kind(plan.moves), "aside": rows_by_kind(plan.aside), "homes": _homes(plan),
    }  # fmt: skip
    return render(request, "people/pair.html", context, status=422 if form.errors else 200)


@permitted(MERGE_PERSONS)
@require_POST
def apart(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Two files are of two persons; the pair is not proposed again while they say what they say."""
    _opened(request, pk)
    form = ApartForm(request.POST, prefix="apart")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    tell_apart(pair=pk, why=why, by=request.actor, at=request.at)
    messages.success(request, _("The two files stay apart; the reason is kept."))
    return redirect("people:duplicates")


@permitted(MERGE_PERSONS)
def of_person(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The likely duplicates and the merges of one person; another file is put beside it by its number."""
    person, scope = person_or_404(request, pk), request.actor.scope
    form = CompareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = [one for one in find_persons(scope=scope, text=form.cleaned_data["id_number"], limit=2) if one.pk != pk]
        if len(found) == 1:
            made = compare_files(first=pk, second=found[0].pk, by=request.actor, at=request.at)
            return redirect("people:pair", made.pk)
        form.add_error("id_number", _("No other file of your area has this identity number."))
    context = {
        "form": form,
        "pairs": queries.pairs_of(scope=scope, person=pk),
        "merges": queries.merges_of(scope=scope, person=pk),
    }
    return page(request, "people/of_person.html", person, context, form.errors)


@permitted(VIEW_PERSONS)
@require_safe
def merged(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The number of a merged file: it says so and leads to the one who stays, or to the office that holds it."""
    way = way_on(scope=request.actor.scope, person=pk)
    if way is None:
        raise Http404
    if way.person is not None:
        told = _("File No. %(number)s was merged into this one. What you had open there was not saved.")
        messages.info(request, told % {"number": pk})
        return redirect(way.person)
    return render(request, "people/merged.html", {"way": way})


def _opened(request: HttpRequest, pk: int) -> tuple[queries.PairView, Plan]:
    with absent_is_404(LikelyPair.DoesNotExist):
        view = queries.pair_of(scope=request.actor.scope, pk=pk)
    swapped = request.GET.get("stays") == str(view.second.pk)
    stays, goes = (view.second, view.first) if swapped else (view.first, view.second)
    kept: dict[str, Any] = suggested(stays, goes)
    kept |= {name.removeprefix("kept_"): told for name, told in request.POST.items() if name.startswith("kept_")}
    plan = merge_plan(scope=request.actor.scope, stays=stays.pk, goes=goes.pk, kept=kept, on=request.on)
    return view, plan


def _homes(plan: Plan) -> tuple[str, str]:
    return home_words(plan.stays), home_words(plan.goes)
