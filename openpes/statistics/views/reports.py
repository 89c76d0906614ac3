"""The pages of the report: its tables and text, and the list behind a figure."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.codes.queries import occupation_label
from openpes.employers.queries import employer_names
from openpes.engine.indicators import KEYS
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_heading, areas_above, areas_below
from openpes.people.queries import masks_of
from openpes.statistics import queries
from openpes.statistics.choices import Origin, Side
from openpes.statistics.forms import Chosen, quarter_choices, read_choice, read_figure
from openpes.statistics.permissions import PUBLISH_REPORTS, VIEW_REPORTS
from openpes.statistics.queries import Compared, Figure, PrintedRow, PrintedTable, figure_of, printed_tables, row_name
from openpes.statistics.views.charts import chart_of


@permitted(VIEW_REPORTS)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """All twelve tables of an area and a period; every figure opens to its list."""
    scope = request.actor.scope
    chosen = read_choice(request.GET, scope=scope, on=request.on)
    made = queries.report(scope=scope, area=chosen.area, period=chosen.period, allotted=chosen.allotted)
    written = queries.written(scope=scope, made=made, on=request.on)
    first, *others = (_shown(table, chosen) for table in printed_tables(made.tables))
    quarters = queries.recent_quarters(scope=scope, area=chosen.area, period=chosen.period)
    context = {
        "made": made,
        "chosen": chosen,
        "area_name": area_heading(chosen.area),
        "above": areas_above(chosen.area, scope),
        "below": areas_below(chosen.area),
        "quarters": quarter_choices(request.on),
        "first": first,
        "tables": others,
        "written": written,
        "compared": [_beside(one, chosen) for one in (written.before, written.year_before)],
        "chart": chart_of(quarters, lambda period: _address(replace(chosen, period=period))),
        "address": _address(chosen),
        "may_publish": PUBLISH_REPORTS.code in request.rights,
    }
    return render(request, "statistics/report.html", context)


@permitted(VIEW_REPORTS)
@require_safe
def figure(request: HttpRequest) -> HttpResponse:
    """The rows behind one figure of the report, a page at a time."""
    scope = request.actor.scope
    chosen, opened = read_choice(request.GET, scope=scope, on=request.on), read_figure(request.GET)
    rows = queries.rows_behind(scope=scope, area=chosen.area, period=chosen.period, figure=opened)
    with within(CITY):  # the employer or the person of a row that is here may be at home in another area
        page = Paginator(rows, 50).get_page(request.GET.get("page"))
        found = list(page.object_list)
    here = set(rows.model.objects.filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
    with within(CITY):  # only of what the database shows to the reader
        lines = _lines([row for row in found if row.pk in here], opened.side)
    context = {
        "page": page,
        "chosen": chosen,
        "opened": opened,
        "is_demand": opened.side == Side.DEMAND,
        "side_name": Side(opened.side).label,
        "origin_name": Origin(opened.origin).label,
        "row_name": _row_of(opened),
        "area_name": area_heading(chosen.area),
        "address": _address(chosen),
        "lines": lines,
        "total": queries.total_behind(scope=scope, area=chosen.area, period=chosen.period, figure=opened),
        "is_spread": opened.table == 2,
    }
    return render(request, "statistics/figure.html", context)


def _shown(table: PrintedTable, chosen: Chosen) -> dict[str, Any]:
    """A table with the address behind each of its cells."""
    lines = [{"line": line, "cells": _cells(table, line, chosen)} for line in table.rows]
    return {"table": table, "lines": lines, "numbers": range(len(table.columns))}


def _cells(table: PrintedTable, line: PrintedRow, chosen: Chosen) -> list[dict[str, Any]]:
    cells = []
    for column, value in zip(table.columns, line.cells, strict=True):
        opens = figure_of(table, line, column)
        link = _address(chosen, **opens) if opens else ""
        cells.append({"value": value, "link": link, "is_count": isinstance(value, int)})
    return cells


def _beside(other: Compared, chosen: Chosen) -> dict[str, Any]:
    """Another period beside the one of the report, with the address of its own report."""
    there = replace(chosen, period=other.period)
    return {"title": there.title, "valid": other.valid, "address": _address(there)}


def _row_of(opened: Figure) -> str:
    if not opened.key:
        return row_name("合计")
    if opened.table in (6, 7):
        return row_name(opened.key)
    return row_name(KEYS[opened.table][opened.key])


def _address(chosen: Chosen, **more: str) -> str:
    return urlencode({**chosen.asked, **more})


def _lines(rows: list, side: str) -> list[dict]:
    """Rows with the names that their readers need; a firm or a person may have its own row in another area."""
    if side == Side.DEMAND:
        names = employer_names(pks={row.employer_id for row in rows})
        return [
            {"row": row, "name": names[row.employer_id], "occupation": occupation_label(row.occupation)} for row in rows
        ]
    masks = masks_of(pks={row.person_id for row in rows})
    return [
        {
            "row": row,
            "name": masks[row.person_id].name,
            "number": masks[row.person_id].id_mask,
            "occupation": occupation_label(row.occupations[0]) if row.occupations else _("No requirement"),
        }
        for row in rows
    ]
