"""Campaigns: the list, a new one, the board, its start and end, giving out villages, the lists behind figures."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.engine.areas import LENGTHS
from openpes.kernel import Reason, Refused
from openpes.network.queries import area, area_full_name, areas_above
from openpes.surveys import actions, queries
from openpes.surveys.choices import CampaignState, HouseholdState, Shown
from openpes.surveys.forms import AssignForm, CampaignForm
from openpes.surveys.models import Campaign
from openpes.surveys.permissions import ANSWER_SURVEYS, ORDER_SURVEYS, VIEW_SURVEYS
from openpes.surveys.queries import VillageLine
from openpes.surveys.views.places import campaign_or_404, columns, inside

PAGE, VILLAGES, LATE_ONES = 50, 40, 10
NAME_LENGTH = 50


@permitted(VIEW_SURVEYS)
@require_safe
def list(request: HttpRequest) -> HttpResponse:
    """The campaigns that concern the reader's area, and the reader's own villages."""
    found = queries.campaigns(scope=request.actor.scope)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    mine = queries.villages_in_hand(scope=request.actor.scope, accounts=request.actor.hands)
    context = {
        "page": page,
        "rows": [(one, area_full_name(one.area)) for one in page],
        "mine": len(mine),
        "may_order": ORDER_SURVEYS.code in request.rights,
        "may_answer": ANSWER_SURVEYS.code in request.rights,
    }
    return render(request, "surveys/list.html", context)


@permitted(ORDER_SURVEYS)
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Order a labour survey."""
    scope = request.actor.scope
    initial = {"area": scope, "from_on": request.on, "reference_on": request.on}
    form = CampaignForm(request.POST if request.method == "POST" else None, scope=scope, on=request.on, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            told = {"plan": form.plan(), "questionnaire": form.cleaned_data["questionnaire"]}
            planned = actions.plan_campaign(**told, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The survey is planned; start it when the officers are ready."))
            return redirect("surveys:campaign", planned.pk)
    return render(request, "surveys/plan.html", {"form": form}, status=422 if form.errors else 200)


@permitted(VIEW_SURVEYS)
@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """The board of a campaign: how far it is inside an area and in each unit below."""
    return _board(request, campaign_or_404(request, pk))


@permitted(ORDER_SURVEYS)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a planned campaign."""
    found = campaign_or_404(request, pk, own=True)
    try:
        actions.start_campaign(campaign=pk, by=request.actor, at=request.at)
    except Refused as refused:
        return _board(request, found, refused.reasons)
    messages.success(request, _("The survey is running; give the villages to their officers."))
    return redirect("surveys:assign", pk)


@permitted(ORDER_SURVEYS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a running campaign."""
    found = campaign_or_404(request, pk, own=True)
    try:
        actions.close_campaign(campaign=pk, by=request.actor, at=request.at)
    except Refused as refused:
        return _board(request, found, refused.reasons)
    messages.success(request, _("The survey is closed."))
    return redirect("surveys:campaign", pk)


@permitted(ORDER_SURVEYS)
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give villages to officers, several in one act."""
    found = campaign_or_404(request, pk)
    place = inside(request, found)
    lines = queries.village_lines(scope=request.actor.scope, campaign=found, inside=place, on=request.on)
    called = request.GET.get("officer", "").strip()[:NAME_LENGTH]
    officers, more = queries.surveyors(scope=request.actor.scope, inside=place, called=called, on=request.on)
    names = [(line.village.pk, line.name) for line in lines]
    form = AssignForm(request.POST if request.method == "POST" else None, villages=names, officers=officers)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.assign_villages(officers=_given(request, form, lines), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            said = ngettext("%(n)s village has a new officer.", "%(n)s villages have a new officer.", given)
            messages.success(request, said % {"n": given})
            return redirect(request.get_full_path())
    page = Paginator(lines, VILLAGES).get_page(request.GET.get("page"))
    suggested = queries.suggested_officers(
        scope=request.actor.scope, villages=[line.village for line in page], on=request.on
    )
    context = {
        "campaign": found, "form": form, "page": page, "area": area(place),
        "called": called, "more": more, "nobody": called and not officers,
        "above": areas_above(place, queries.inside_of(scope=request.actor.scope, campaign=found, wanted="")),
        "rows": [(line, suggested.get(line.village.pk)) for line in page],
        "columns": columns(
            _("Village"), _("Officer now"), _("Its own officer"), _("Households"), numbers=(_("Households"),)
        ),
    }  # fmt: skip
    return render(request, "surveys/assign.html", context, status=422 if form.errors else 200)


@permitted(VIEW_SURVEYS)
@require_safe
def household_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The households behind a figure of the board."""
    found = campaign_or_404(request, pk)
    place, shown = inside(request, found), _shown(request)
    rows = queries.households(scope=request.actor.scope, campaign=pk, inside=place, shown=shown)
    page = Paginator(rows.select_related("village__campaign", "household", "answer"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "campaign": found,
        "area": area(place),
        "shown": shown,
        "filters": Shown.choices,
        "page": page,
        "sheets": queries.sheets_of([*page], scope=request.actor.scope, on=request.on),
        "tones": TONES,
    }
    return render(request, "surveys/household_list.html", context)


TONES = {
    HouseholdState.CONFIRMED: "ok", HouseholdState.CHANGED: "ok", HouseholdState.MOVED: "ok",
    HouseholdState.NOT_MET: "wait", HouseholdState.REFUSED: "bad", HouseholdState.OPEN: "plain",
}  # fmt: skip


def _shown(request: HttpRequest) -> str:
    wanted = request.GET.get("show", "")
    return wanted if wanted in Shown.values else str(Shown.ALL)


def _given(request: HttpRequest, form: AssignForm, lines: Sequence[VillageLine]) -> dict[int, int]:
    """Who gets each ticked village.

    :raises Refused: a village has no officer of its own
    """
    chosen, officer = form.villages(), form.officer()
    if officer is not None:
        return dict.fromkeys(chosen, officer)
    ticked = {line.village.pk: line for line in lines if line.village.pk in chosen}
    own = queries.suggested_officers(
        scope=request.actor.scope, villages=[line.village for line in ticked.values()], on=request.on
    )
    without = [ticked[pk].name for pk in chosen if pk not in own]
    if without:
        text = _("No officer is posted in these villages: %(names)s.") % {"names": "、".join(without[:5])}
        raise Refused(
            Reason(text, field="to", next_step=_("Leave them out, or choose an officer of the town for them."))
        )
    return {pk: account.pk for pk, account in own.items()}


def _board(request: HttpRequest, found: Campaign, reasons: Any = ()) -> HttpResponse:
    place = inside(request, found)
    scope = request.actor.scope
    board = queries.board(scope=scope, campaign=found, inside=place, on=request.on)
    own = found.area.startswith(scope)
    may_order = own and ORDER_SURVEYS.code in request.rights
    checks = queries.checks_of(scope=scope, campaign=found.pk, inside=place)
    figures = [str(label) for _value, label in Shown.choices]
    near = len(place) >= LENGTHS["town"]
    context = {
        "campaign": found, "area": area(place), "board": board, "reasons": reasons,
        "villages": board.lines if near else (), "late": () if near else board.late[:LATE_ONES],
        "more_late": max(len(board.late) - LATE_ONES, 0),
        "above": areas_above(place, queries.inside_of(scope=scope, campaign=found, wanted="")),
        "area_of_campaign": area_full_name(found.area),
        "questions": found.asked.title(get_language() or "zh"),
        "checks": [(one, area_full_name(one.area)) for one in checks[:VILLAGES]],
        "columns": columns(
            _("Area"), *figures, _("Finished"), _("Late"), numbers=(*figures, _("Late")),
        ),
        "may_start": may_order and found.state == CampaignState.PLANNED,
        "may_close": may_order and found.state == CampaignState.RUNNING,
        "may_assign": ORDER_SURVEYS.code in request.rights and found.state == CampaignState.RUNNING,
    }  # fmt: skip
    return render(request, "surveys/campaign.html", context, status=422 if reasons else 200)
