"""The campaign, village or household that a page is about, checked against the reader's own area."""

from django.http import Http404, HttpRequest

from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_exists
from openpes.surveys import queries
from openpes.surveys.models import Campaign, SurveyHousehold, SurveyVillage
from openpes.surveys.queries import HouseholdSheet


def campaign_or_404(request: HttpRequest, pk: int, *, own: bool = False) -> Campaign:
    """A campaign that concerns the reader's area; with `own` only one that its office may change."""
    found = queries.campaigns(scope=request.actor.scope).filter(pk=pk).first()
    if found is None or (own and not found.area.startswith(request.actor.scope)):
        raise Http404
    return found


def inside(request: HttpRequest, campaign: Campaign) -> str:
    """The area asked for, inside the campaign and the reader's own; without one the widest of those."""
    wanted = request.GET.get("area", "")
    found = queries.inside_of(scope=request.actor.scope, campaign=campaign, wanted=wanted)
    if wanted and (found != wanted or not area_exists(wanted)):
        raise Http404
    return found


def village_or_404(request: HttpRequest, pk: int) -> SurveyVillage:
    """A village of a campaign inside the reader's area."""
    rows = SurveyVillage.objects.visible_to(request.actor.scope).select_related("campaign")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def household_or_404(request: HttpRequest, pk: int) -> HouseholdSheet:
    """A household of a campaign inside the reader's area.

    :raises Refused: the reader may still ask it again for a spot-check
    """
    with absent_is_404(SurveyHousehold.DoesNotExist):
        return queries.household_sheet(
            scope=request.actor.scope, hands=request.actor.hands, pk=pk, on=request.on
        )


def columns(*labels: str, numbers: tuple[str, ...] = ()) -> list[dict[str, object]]:
    """Heads of a table; those in `numbers` stand over figures."""
    return [{"label": label, "number": label in numbers} for label in labels]
