"""What everybody may read: published reports without small numbers, as pages, PDF, CSV, Excel and open data."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openpes.access.permissions import public
from openpes.engine.calendars import Period
from openpes.kernel.absent import absent_is_404
from openpes.network.queries import area_heading, area_label
from openpes.statistics.choices import ReturnKind
from openpes.statistics.models import ReportEdition
from openpes.statistics.queries import editions as kept
from openpes.statistics.queries import from_stored
from openpes.statistics.queries.papers import Paper, book_of, rule_name, terms_of
from openpes.statistics.rules import period_title
from openpes.statistics.views.charts import public_chart
from openpes.statistics.views.editions import heading, plain
from openpes.statistics.views.files import XLSX, as_csv, attached, form_lines


@public
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Every published report, the newest first."""
    found = kept.published_reports(area=request.GET.get("area", ""))
    newest: dict[tuple, int] = {}
    for one in found:
        key = (one["kind"], one["area"], one["from_on"], one["until_on"])
        newest[key] = max(newest.get(key, 0), one["edition"])
    rows = [
        (
            one,
            area_label(one["area"]),
            period_title(Period(one["from_on"], one["until_on"])),
            one["edition"] < newest[one["kind"], one["area"], one["from_on"], one["until_on"]],
            ReturnKind(one["kind"]).label,
        )
        for one in found
    ]
    return render(request, "statistics/published.html", {"rows": rows})


@public
@require_safe
def published_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One published report."""
    found = _found(pk)
    tables, is_form = from_stored(found.public_tables), found.kind == ReturnKind.AGENCIES
    newest = kept.newest_published(kind=found.kind, area=found.area, period=found.period)
    context = {
        "edition": found,
        "seal": kept.public_seal(found),
        "newer": newest if newest[1] > found.edition else None,
        "area_name": area_heading(found.area),
        "title": period_title(found.period),
        "heading": heading(found.kind, found.area),
        "terms": terms_of(found.kind, found.allotted),
        "is_form": is_form,
        "chart": None if is_form else public_chart(tables[0]),
        "text": found.public_texts.get(get_language() or "zh-hans", []),
        "tables": [plain(table, is_public=True) for table in tables],
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
    tables, place, title = from_stored(found.public_tables), area_heading(found.area), period_title(found.period)
    if found.kind == ReturnKind.AGENCIES:
        return attached(form_lines(tables[0], place, title), f"{found.number}.csv")
    return attached(as_csv(tables, (place, title, rule_name(found.allotted))), f"{found.number}.csv")


@public
@require_safe
def published_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The tables as an Excel workbook in the official layout, with the mark in place of what is hidden."""
    found = _found(pk)
    paper = Paper(
        found.area, found.period, found.allotted, found.number, kept.public_seal(found), is_public=True, kind=found.kind
    )
    return attached(book_of(paper, from_stored(found.public_tables)), f"{found.number}.xlsx", XLSX)


@public
@require_safe
def published_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Tables and texts as open data with their seal: official names of rows, numbers as printed, nothing for hidden."""
    found = _found(pk)
    content = {**kept.public_content(found), "seal": kept.public_seal(found)}
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _found(pk: int) -> ReportEdition:
    with absent_is_404(ReportEdition.DoesNotExist):
        return kept.published_report(pk=pk)
