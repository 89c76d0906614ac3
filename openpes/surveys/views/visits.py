"""At the door: one household at a time, and one that nobody knew."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.network.queries import area_full_name
from openpes.surveys import actions, queries
from openpes.surveys.forms import FoundForm, VisitForm
from openpes.surveys.models import CheckedHousehold
from openpes.surveys.permissions import ANSWER_SURVEYS
from openpes.surveys.queries import HouseholdSheet
from openpes.surveys.views.campaigns import TONES
from openpes.surveys.views.places import household_or_404, village_or_404


@permitted(ANSWER_SURVEYS)
@never_cache
@require_http_methods(["GET", "POST"])
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """Survey one household; afterwards the next one of the village that needs a visit."""
    try:
        sheet = household_or_404(request, pk)
    except Refused as refused:
        return _hidden(request, pk, refused)
    form = _form(request, sheet)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_visit(household=pk, visit=form.visit(), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Recorded: %(name)s.") % {"name": sheet.head})
            return _gone_on(request, _next(request, sheet))
    context = {
        "sheet": sheet,
        "form": form,
        "place": area_full_name(sheet.row.area),
        "tone": TONES[sheet.row.state],
        "visits": queries.visits_of(scope=request.actor.scope, hands=request.actor.hands, row=sheet.row, on=request.on),
        "is_open": sheet.row.village.closed_at is None,
    }
    return render(request, "surveys/household.html", context, status=422 if form.errors else 200)


@permitted(ANSWER_SURVEYS)
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a household that was met and not listed."""
    row = village_or_404(request, pk)
    form = FoundForm(request.POST if request.method == "POST" else None, on=request.on)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.find_household(village=pk, found=form.found(), by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The household is registered; now survey it."))
            return redirect("surveys:household", made.pk)
    context = {"row": row, "form": form, "place": area_full_name(row.area)}
    return render(request, "surveys/found.html", context, status=422 if form.errors else 200)


def _hidden(request: HttpRequest, pk: int, refused: Refused) -> HttpResponse:
    """A household that is to be asked again, with the way to its second answer instead of the first one."""
    rows = CheckedHousehold.objects.visible_to(request.actor.scope).blind_to(request.actor.hands)
    drawn = rows.filter(household=pk).first()
    if drawn is None:  # a colleague has asked it in this moment
        return redirect("surveys:household", pk)
    context = {"reasons": refused.reasons, "drawn": drawn}
    return render(request, "surveys/hidden.html", context, status=403)


def _gone_on(request: HttpRequest, address: str) -> HttpResponse:
    """The way to the next page: a redirect, or for the script that keeps what is typed its address alone."""
    if request.headers.get("X-Requested-With") != "survey":
        return redirect(address)
    return HttpResponse(status=204, headers={"HX-Redirect": address})


def _form(request: HttpRequest, sheet: HouseholdSheet) -> VisitForm:
    scope = request.actor.scope
    officers = {one.account for one in queries.assignments_of(scope=scope, village=sheet.row.village_id)}
    return VisitForm(
        request.POST if request.method == "POST" else None,
        sheet=sheet,
        columns=queries.columns_of(sheet.asked, area=scope, on=request.on),
        officers=sorted(officers - {None}, key=lambda one: one.pk),
        on=request.on,
    )


def _next(request: HttpRequest, sheet: HouseholdSheet) -> str:
    """The next household of the village that nobody visited, else the village."""
    rows = queries.households(
        scope=request.actor.scope, campaign=sheet.campaign.pk, inside=sheet.row.area, shown="open"
    ).order_by("number")  # fmt: skip
    following = rows.filter(number__gt=sheet.row.number).first() or rows.first()
    if following is None:
        return reverse("surveys:village", args=[sheet.row.village_id])
    return reverse("surveys:household", args=[following.pk])
