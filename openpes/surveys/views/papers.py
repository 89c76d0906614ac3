"""A village to take along: its workbook, its paper forms, one household's form."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.network.queries import area_name
from openpes.surveys import queries
from openpes.surveys.models import SurveyHousehold
from openpes.surveys.permissions import ANSWER_SURVEYS
from openpes.surveys.views.places import household_or_404, village_or_404
from openpes.surveys.views.villages import FORMS_AT_ONCE

MOST_PORTIONS = 1_000  # of a village: far above the largest
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permitted(ANSWER_SURVEYS)
@never_cache
@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The village as a workbook, filled in with what is known."""
    row = village_or_404(request, pk)
    content = queries.village_workbook(
        scope=request.actor.scope, hands=request.actor.hands, village=row, on=request.on
    )
    name = quote(f"{row.campaign.title}-{area_name(row.area)}.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@permitted(ANSWER_SURVEYS)
@never_cache
@require_safe
def village_forms(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper forms of a village, a portion at a time."""
    row = village_or_404(request, pk)
    try:
        portion = int(request.GET.get("page", "1"))
    except ValueError:
        raise Http404 from None
    if not 1 <= portion <= MOST_PORTIONS:
        raise Http404
    rows = queries.households(scope=request.actor.scope, campaign=row.campaign_id, inside=row.area)
    rows = rows.select_related("village__campaign", "household", "answer")
    chosen = [*rows[(portion - 1) * FORMS_AT_ONCE : portion * FORMS_AT_ONCE]]
    return _printed(request, chosen, f"survey-{row.pk}-{portion}.pdf")


@permitted(ANSWER_SURVEYS)
@never_cache
@require_safe
def household_form(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper form of one household."""
    return _printed(request, [household_or_404(request, pk).row], f"survey-household-{pk}.pdf")


def _printed(request: HttpRequest, rows: list[SurveyHousehold], name: str) -> HttpResponse:
    if not rows:
        raise Http404

    def link(pk: int) -> str:
        return request.build_absolute_uri(reverse("surveys:household", args=[pk]))

    reader = {"scope": request.actor.scope, "hands": request.actor.hands}
    content = queries.paper_forms(**reader, rows=rows, link=link, on=request.on, at=request.at)
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
