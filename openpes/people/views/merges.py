"""One merge: the second officer's word, what it did, and its undoing by two officers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused, has_hand_in
from openpes.kernel.absent import absent_is_404
from openpes.people.actions.merging import confirm_merge, decline_merge
from openpes.people.actions.unmerging import confirm_unmerge, propose_unmerge
from openpes.people.choices import MergeState, Whose
from openpes.people.forms.merging import DeclineForm, UnmergeForm
from openpes.people.models import Merge, Person
from openpes.people.permissions import MERGE_PERSONS
from openpes.people.queries.duplicates import merge_of
from openpes.people.queries.merging import merge_plan
from openpes.people.queries.sides import (
    fact_label,
    facts_side_by_side,
    gone_file,
    lines_by_kind,
    officers,
    rows_by_kind,
)
from openpes.people.queries.unmerging import UndoPlan, undo_plan
from openpes.people.rules.merging import in_words


@permitted(MERGE_PERSONS)
@require_safe
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """A merge as it stands: proposed, carried out, or being undone."""
    return _page(request, _merge(request, pk))


@permitted(MERGE_PERSONS)
@require_POST
def merge_confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The second officer confirms exactly what was shown."""
    _merge(request, pk)
    done = confirm_merge(merge=pk, seen=request.POST.get("seen", ""), by=request.actor, at=request.at)
    messages.success(request, _("The two files are one. The old number leads to it."))
    return redirect("people:merge", done.pk)


@permitted(MERGE_PERSONS)
@require_POST
def merge_decline(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Decline or take back what waits for a second officer."""
    found, form = _merge(request, pk), DeclineForm(request.POST)
    if form.is_valid():
        try:
            decline_merge(merge=pk, reason=form.cleaned_data["reason"], by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Declined; both files stay as they are."))
            return redirect("people:merge", pk)
    return _page(request, found, decline_form=form)


@permitted(MERGE_PERSONS)
def merge_undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Propose to undo a merge: what goes back is shown, and to whom each row goes that was added since."""
    found = _merge(request, pk)
    if found.state != MergeState.DONE:
        return redirect("people:merge", pk)
    plan = undo_plan(merge=found, to_go=())
    name, mask = gone_file(found)
    sides = (plan.stays.name if plan.stays else "", f"{name} {mask}")
    rows = [(one.held.mark, _row_words(one.held), *sides) for one in plan.added if not one.bound]
    form = UnmergeForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        told = {"why": form.cleaned_data["why"], "to_go": form.to_go()}
        try:
            propose_unmerge(merge=pk, **told, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The undoing is proposed and waits for a second officer."))
            return redirect("people:merge", pk)
    context = _undo_context(found, plan) | {"merge": found, "form": form}
    return render(request, "people/merge_undo.html", context, status=422 if form.errors else 200)


@permitted(MERGE_PERSONS)
@require_POST
def merge_undone(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The second officer confirms the undoing."""
    _merge(request, pk)
    done = confirm_unmerge(merge=pk, seen=request.POST.get("seen", ""), by=request.actor, at=request.at)
    messages.success(request, _("The merge is undone; both files are as they were before it."))
    return redirect("people:merge", done.pk)


def _merge(request: HttpRequest, pk: int) -> Merge:
    with absent_is_404(Merge.DoesNotExist):
        return merge_of(scope=request.actor.scope, pk=pk)


def _page(request: HttpRequest, found: Merge, decline_form: DeclineForm | None = None) -> HttpResponse:
    first = found.undo_hands if found.state == MergeState.UNDOING else found.proposed_hands
    context: dict[str, Any] = {
        "merge": found, "officers": officers(found), "decline_form": decline_form or DeclineForm(),
        "is_mine": has_hand_in(request.actor, first), "waits": found.state in (MergeState.PROPOSED, MergeState.UNDOING),
        "stays": Person.objects.visible_to(request.actor.scope).filter(pk=found.stays).first(),
    }  # fmt: skip
    if found.state == MergeState.PROPOSED:
        context |= _proposed(request, found)
    elif found.state == MergeState.UNDOING:
        context |= _undo_context(found, undo_plan(merge=found, to_go=found.undo_kept.get("goes", ())))
    if found.state in (MergeState.DONE, MergeState.UNDOING, MergeState.UNDONE):
        context |= {"lines": lines_by_kind(found), "gone": gone_file(found)}
    return render(request, "people/merge.html", context, status=422 if decline_form else 200)


def _proposed(request: HttpRequest, found: Merge) -> dict[str, Any]:
    """What a proposed merge would do now; nothing when one of the files is not of the area any more."""
    told = {"stays": found.stays, "goes": found.goes, "kept": found.kept, "on": request.on, "besides": found.pk}
    try:
        plan = merge_plan(scope=request.actor.scope, **told)
    except Person.DoesNotExist:
        return {"plan": None}
    facts = [
        (fact.label, fact.mine if plan.kept.get(fact.name) == Whose.STAYS else fact.theirs, fact)
        for fact in facts_side_by_side(plan.stays, plan.goes)
        if fact.differs
    ]
    changed = plan.content_hash != found.content_hash
    return {"plan": plan, "facts": facts, "changed": changed, "seen": plan.content_hash,
            "moves": rows_by_kind(plan.moves), "aside": rows_by_kind(plan.aside)}  # fmt: skip


def _undo_context(found: Merge, plan: UndoPlan) -> dict[str, Any]:
    name, mask = gone_file(found)
    return {
        "undo": plan, "gone": (name, mask), "back": rows_by_kind(plan.back), "seen": plan.content_hash,
        "changed": bool(found.undo_hash) and plan.content_hash != found.undo_hash,
        "added": [(_row_words(one.held), one.goes, one.bound) for one in plan.added],
        "kept_facts": [fact_label(fact) for fact in plan.changed],
    }  # fmt: skip


def _row_words(held: Any) -> str:
    return f"{held.tie.title} {in_words(held.told)}"
