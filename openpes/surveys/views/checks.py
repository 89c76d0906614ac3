"""Spot-checks: drawing one, asking a household again, what differs, and the two marks."""

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused, has_hand_in
from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_full_name
from openpes.surveys import actions, queries
from openpes.surveys.choices import CheckState
from openpes.surveys.forms import AskAgainForm
from openpes.surveys.models import CheckedHousehold, SpotCheck
from openpes.surveys.permissions import ANSWER_SURVEYS, CHECK_SURVEYS, VIEW_SURVEYS
from openpes.surveys.queries import CheckSheet
from openpes.surveys.views.places import columns, village_or_404

SEED_BYTES = 8


@permitted(CHECK_SURVEYS)
@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw households of a finished village."""
    village_or_404(request, pk)
    seed = secrets.token_hex(SEED_BYTES)
    check = actions.draw_check(village=pk, seed=seed, by=request.actor, at=request.at)
    messages.success(request, _("The sample is drawn; another officer asks these households again."))
    return redirect("surveys:check", check.pk)


@permitted(VIEW_SURVEYS)
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """A spot-check: its households, its differences, its error rate, its marks."""
    return _page(request, _sheet(request, pk))


@permitted(CHECK_SURVEYS)
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the result that was shown; the second mark concludes it."""
    sheet = _sheet(request, pk)
    try:
        seen = int(request.POST.get("compared", "")), int(request.POST.get("different", ""))
    except ValueError:
        seen = (-1, -1)
    try:
        marked = actions.mark_check(check=pk, seen=seen, by=request.actor, at=request.at)
    except Refused as refused:
        return _page(request, sheet, refused)
    said = {
        CheckState.MARKED: _("Marked; another person gives the second mark."),
        CheckState.PASSED: _("The village has passed the spot-check."),
        CheckState.FAILED: _("Too many answers differ; the village is surveyed again."),
    }
    messages.success(request, said[CheckState(marked.state)])
    return redirect("surveys:check", pk)


@permitted(ANSWER_SURVEYS)
@never_cache
@require_http_methods(["GET", "POST"])
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a drawn household again, without a look at the first answers."""
    seen = CheckedHousehold.objects.visible_to(request.actor.scope).filter(pk=pk).values_list("check_of", flat=True)
    number = seen.first()
    if number is None:
        raise Http404
    line = next(one for one in _sheet(request, number).lines if one.row.pk == pk)
    columns_here = queries.columns_of(line.sheet.asked, area=request.actor.scope, on=request.on)
    form = AskAgainForm(request.POST if request.method == "POST" else None, sheet=line.sheet, columns=columns_here)
    if request.method == "POST" and form.is_valid():
        told = form.told() if form.was_met() else {}
        try:
            actions.ask_again(checked=pk, is_met=form.was_met(), told=told, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Recorded: %(name)s.") % {"name": line.sheet.head})
            return redirect("surveys:check", number)
    context = {
        "line": line,
        "sheet": line.sheet,
        "form": form,
        "place": area_full_name(line.row.area),
        "is_own": has_hand_in(request.actor, line.hands),
        "is_asked": bool(line.row.is_met),
    }
    return render(request, "surveys/ask_again.html", context, status=422 if form.errors else 200)


def _sheet(request: HttpRequest, pk: int) -> CheckSheet:
    with absent_is_404(SpotCheck.DoesNotExist):
        return queries.check_sheet(scope=request.actor.scope, hands=request.actor.hands, pk=pk, on=request.on)


def _page(request: HttpRequest, sheet: CheckSheet, refused: Refused | None = None) -> HttpResponse:
    check = sheet.check
    is_open = check.state in (CheckState.DRAWN, CheckState.MARKED)
    context = {
        "sheet": sheet,
        "check": check,
        "place": area_full_name(check.area),
        "first": sheet.names.get(check.first_by or 0, ""),
        "second": sheet.names.get(check.second_by or 0, ""),
        "drawn_by": sheet.names.get(check.drawn_by, "OpenPES"),
        "reasons": refused.reasons if refused else (),
        "may_ask": ANSWER_SURVEYS.code in request.rights and check.state == CheckState.DRAWN,
        "may_mark": CHECK_SURVEYS.code in request.rights and is_open and not sheet.left
        and not has_hand_in(request.actor, check.first_hands, sheet.surveyed),
        "marked_first": check.state == CheckState.MARKED and has_hand_in(request.actor, check.first_hands),
        "columns": columns(_("Member"), _("Question"), _("First answer"), _("Second answer")),
    }  # fmt: skip
    return render(request, "surveys/check.html", context, status=422 if refused else 200)
