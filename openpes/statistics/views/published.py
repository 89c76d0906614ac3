"""What everybody may read: published reports without small numbers, as pages, PDF, CSV and open data."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openpes.access.permissions import public
from openpes.engine.calendars import Period
from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_heading, area_label
from openpes.statistics.models import ReportEdition
from openpes.statistics.queries import editions as kept
from openpes.statistics.queries import from_stored
from openpes.statistics.queries.papers import rule_name
from openpes.statistics.rules import period_title
from openpes.statistics.views.editions import plain
from openpes.statistics.views.files import as_csv, attached


@public
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Every published report, the newest first."""
    found = kept.published_reports(area=request.GET.get("area", ""))
    rows = [(one, area_label(one["area"]), period_title(Period(one["from_on"], one["until_on"]))) for one in found]
    return render(request, "statistics/published.html", {"rows": rows})


@public
@require_safe
def published_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One published report."""
    found = _found(pk)
    context = {
        "edition": found,
        "area_name": area_heading(found.area),
        "title": period_title(found.period),
        "rule": rule_name(found.allotted),
        "text": found.public_texts.get(get_language() or "zh-hans", []),
        "tables": [plain(table, is_public=True) for table in from_stored(found.public_tables)],
    }
    return render(request, "statistics/published_report.html", context)


@public
@require_safe
def published_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The sealed file in the language of the reader."""
    with absent_is_404(ReportEdition.DoesNotExist):
        pages = kept.published_pages(pk=pk, language=get_language() or "zh-hans")
    answer = HttpResponse(pages, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{_found(pk).number}.pdf"'
    return answer


@public
@require_safe
def published_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables as CSV."""
    found = _found(pk)
    told = (area_heading(found.area), period_title(found.period), rule_name(found.allotted))
    return attached(as_csv(from_stored(found.public_tables), told), f"{found.number}.csv")


@public
@require_safe
def published_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables as open data: official names of rows, numbers as they are printed, nothing for what is hidden."""
    found = _found(pk)
    content = {
        "report": found.number,
        "area": found.area,
        "from": str(found.from_on),
        "until": str(found.until_on),
        "edition": found.edition,
        "reason": found.reason,
        "allotted": found.allotted,
        "definition": found.definition,
        "seal": found.digest,
        "rows_seal": found.seal,
        "published_at": found.published_at.isoformat(),
        "tables": found.public_tables,
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _found(pk: int) -> ReportEdition:
    with absent_is_404(ReportEdition.DoesNotExist):
        return kept.published_report(pk=pk)
