"""Villages of campaigns: one's own, and one with its figures, its officer, its households and its checks."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.engine.areas import contains
from openpes.engine.parameters import parameters
from openpes.network.queries import area_full_name
from openpes.surveys import actions, queries
from openpes.surveys.choices import Shown
from openpes.surveys.permissions import ANSWER_SURVEYS, CHECK_SURVEYS, VIEW_SURVEYS
from openpes.surveys.views.campaigns import TONES
from openpes.surveys.views.places import village_or_404

FORMS_AT_ONCE = 50
NEXT_ONES = 20


@permitted(ANSWER_SURVEYS)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The villages that the reader surveys, those that are late first."""
    found = queries.my_villages(scope=request.actor.scope, accounts=request.actor.hands, on=request.on)
    rows = [(campaign, line, max((campaign.until_on - request.on).days, 0)) for campaign, line in found]
    return render(request, "surveys/mine.html", {"rows": rows})


@permitted(VIEW_SURVEYS)
@require_safe
def village(request: HttpRequest, pk: int) -> HttpResponse:
    """A village: what is done, what is next, on paper and in Excel, its officers and its spot-checks."""
    row, scope = village_or_404(request, pk), request.actor.scope
    line = next(
        one
        for one in queries.village_lines(scope=scope, campaign=row.campaign, inside=row.area, on=request.on)
        if one.village.pk == row.pk
    )
    waiting = queries.households(scope=scope, campaign=row.campaign_id, inside=row.area)
    waiting = waiting.filter(state__in=("open", "not_met")).order_by("visits", "number")
    next_ones = waiting.select_related("village__campaign", "household", "answer")[:NEXT_ONES]
    visits = int(parameters().value("survey_visits_least", request.on))
    is_above = contains(scope, row.area) and len(scope) < len(row.area)
    context = {
        "row": row,
        "line": line,
        "place": area_full_name(row.area),
        "figures": [(shown, line.row.of(shown)) for shown in Shown],
        "days_left": max((row.campaign.until_on - request.on).days, 0),
        "next_ones": queries.sheets_of([*next_ones], scope=scope, on=request.on),
        "tones": TONES,
        "officers": queries.assignments_of(scope=scope, village=row.pk),
        "checks": queries.checks_of(scope=scope, campaign=row.campaign_id, inside=row.area),
        "unlisted": queries.unlisted_households(scope=scope, village=row, on=request.on) if not row.closed_at else 0,
        "portions": range(1, -(-line.row.known // FORMS_AT_ONCE) + 1),
        "may_answer": ANSWER_SURVEYS.code in request.rights and not row.closed_at,
        "may_draw": CHECK_SURVEYS.code in request.rights and is_above and not row.closed_at
        and not any(queries.unfinished(waiting, visits=visits)) and line.row.of(Shown.DONE) > 0
        and row.state in ("open", "again"),
    }  # fmt: skip
    return render(request, "surveys/village.html", context)


@permitted(ANSWER_SURVEYS)
@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take households that came into the register since the start into the list."""
    row = village_or_404(request, pk)
    taken = actions.take_in_households(village=row.pk, by=request.actor, at=request.at)
    said = ngettext("%(n)s household was taken in.", "%(n)s households were taken in.", taken)
    messages.success(request, said % {"n": taken})
    return redirect("surveys:village", pk)
