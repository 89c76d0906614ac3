"""The annual form of employment agencies: the page, the rows behind each cell, and the files."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.indicators.agencies import FORM, FORM_DEFINITION, Cells
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_heading, area_label, areas_above, areas_below
from openpes.statistics import queries
from openpes.statistics.choices import ReturnKind
from openpes.statistics.forms import YearChosen, read_year, year_choices
from openpes.statistics.permissions import PUBLISH_REPORTS, VIEW_REPORTS
from openpes.statistics.queries import papers
from openpes.statistics.queries.agencies import form_of, form_rows_behind
from openpes.statistics.queries.printed import PrintedTable, as_stored, printed_form
from openpes.statistics.rules import notices_of_days
from openpes.statistics.rules.agencies import form_sentences
from openpes.statistics.views.files import XLSX, attached, form_lines
from openpes.statistics.views.words import rows_in_words

PAGE = 50


@permitted(VIEW_REPORTS)
@require_safe
def agency_form(request: HttpRequest) -> HttpResponse:
    """The form of an area and a year; every cell opens to its rows."""
    chosen, cells = _made(request)
    heading = area_heading(chosen.area)
    context = {
        "chosen": chosen,
        "area_name": heading,
        "above": areas_above(chosen.area, request.actor.scope),
        "below": areas_below(chosen.area),
        "years": year_choices(request.on),
        "shown": _shown(printed_form(cells), chosen),
        "notices": _notices(request, chosen, cells),
        "sentences": form_sentences(place=heading, title=chosen.title, cells=cells),
        "terms": papers.terms_of(ReturnKind.AGENCIES, False),
        "address": urlencode(chosen.asked),
        "may_publish": PUBLISH_REPORTS.code in request.rights,
        "kind": ReturnKind.AGENCIES,
    }
    return render(request, "statistics/agency_form.html", context)


@permitted(VIEW_REPORTS)
@require_safe
def agency_rows(request: HttpRequest) -> HttpResponse:
    """The rows behind a cell, a page at a time, with their sum."""
    chosen = read_year(request.GET, scope=request.actor.scope, on=request.on)
    row, column = request.GET.get("row") or "all", request.GET.get("column") or "points"
    where: dict[str, Any] = {"scope": request.actor.scope, "area": chosen.area, "period": chosen.until(request.on)}
    try:
        found = form_rows_behind(**where, row=row, column=column)
    except KeyError:
        raise Http404 from None
    with within(CITY):  # persons and staff may be at home in other areas; which rows count is settled
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
        told = rows_in_words(rows)
    table = printed_form(form_of(**where))
    cell = next(line for line in table.rows if line.key == row)
    context = {
        "chosen": chosen,
        "page": page,
        "title": f"{cell.name} · {table.headings[1 + table.columns.index(column)]}",
        "area_name": area_heading(chosen.area),
        "lines": [(one, row.amount, area_label(one.area)) for one, row in zip(told, rows, strict=True)],
        "total": cell.cells[table.columns.index(column)],
        "address": urlencode(chosen.asked),
    }
    return render(request, "statistics/agency_rows.html", context)


@permitted(VIEW_REPORTS)
@require_safe
def agency_csv(request: HttpRequest) -> HttpResponse:
    """The form as a file that Excel opens."""
    chosen, cells = _made(request)
    lines = form_lines(printed_form(cells), area_heading(chosen.area), chosen.title)
    return attached(lines, f"agencies-{chosen.area}-{chosen.code}.csv")


@permitted(VIEW_REPORTS)
@require_safe
def agency_json(request: HttpRequest) -> HttpResponse:
    """The form as data: official names of rows, the keys of columns, a word for what nobody measures."""
    chosen, cells = _made(request)
    content = {
        "form": FORM,
        "definition": FORM_DEFINITION,
        "area": chosen.area,
        "from": str(chosen.period.from_on),
        "until": str(chosen.period.until_on),
        "tables": as_stored((printed_form(cells),)),
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


@permitted(VIEW_REPORTS)
@require_safe
def agency_xlsx(request: HttpRequest) -> HttpResponse:
    """The form as an Excel workbook in the official layout."""
    chosen, cells = _made(request)
    book = papers.workbook_of(
        [printed_form(cells)], area=chosen.area, period=chosen.period, allotted=False, kind=ReturnKind.AGENCIES
    )
    return attached(book, f"agencies-{chosen.area}-{chosen.code}.xlsx", XLSX)


@permitted(VIEW_REPORTS)
@require_safe
def agency_pdf(request: HttpRequest) -> HttpResponse:
    """The form as it stands now, marked as not published."""
    chosen, cells = _made(request)
    paper = papers.Paper(chosen.area, chosen.period, False, _("Not published"), kind=ReturnKind.AGENCIES)
    text = form_sentences(place=area_heading(chosen.area), title=chosen.title, cells=cells)
    pages = papers.pdf_of(paper, [printed_form(cells)], [one.text for one in text], at=request.at)
    answer = HttpResponse(pages, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="agencies-{chosen.area}-{chosen.code}.pdf"'
    return answer


def _made(request: HttpRequest) -> tuple[YearChosen, Cells]:
    scope = request.actor.scope
    chosen = read_year(request.GET, scope=scope, on=request.on)
    return chosen, form_of(scope=scope, area=chosen.area, period=chosen.until(request.on))


def _shown(table: PrintedTable, chosen: YearChosen) -> dict[str, Any]:
    """The table with the address behind each of its cells."""
    lines = []
    for line in table.rows:
        cells: list[dict[str, Any]] = []
        for column, value in zip(table.columns, line.cells, strict=True):
            if isinstance(value, str):
                cells.append({"value": value, "words": papers.cell_text(value)})
            else:
                asked = urlencode({**chosen.asked, "row": line.key, "column": column})
                cells.append({"value": value, "opens": asked})
        lines.append({"line": line, "cells": cells})
    return {"table": table, "lines": lines}


def _notices(request: HttpRequest, chosen: YearChosen, cells: Cells) -> list[str]:
    """What the reader must know: a period that runs or lies ahead, nothing counted, a new name inside it."""
    found = notices_of_days(chosen.period, request.on, queries.renamed_inside(chosen.area, chosen.period))
    whole = cells["all"]
    if not any(whole[column] for column in ("points", "places", "seekers", "hires")):
        found.append(_("No agency stood here at the end of the period and nothing was registered in it."))
    return found
