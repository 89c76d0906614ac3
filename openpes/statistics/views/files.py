"""The report as files: CSV, Excel in the official layout, open data, PDF."""

import csv
from io import StringIO
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.network.queries import area_heading
from openpes.statistics import queries
from openpes.statistics.forms import GAP_TABLES, Chosen, read_choice
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.queries import PrintedTable, papers, printed_tables
from openpes.statistics.views.tables import as_lines

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COUNTED = ("code", "demand", "demand_pct", "seekers", "seekers_pct", "gap", "ratio")


@permitted(VIEW_REPORTS)
@require_safe
def report_csv(request: HttpRequest) -> HttpResponse:
    """The tables as a file that Excel opens."""
    chosen, made = _made(request)
    told = (area_heading(chosen.area), chosen.title, papers.rule_name(made.allotted))
    return attached(as_csv(printed_tables(made.tables), told), f"supply-demand-{chosen.area}-{chosen.code}.csv")


def as_csv(tables: tuple[PrintedTable, ...], told: tuple[str, str, str]) -> str:
    """One line a row: area, period, rule, number of the table, item, and all columns."""
    buffer = StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerow(_heads())
    for table in tables:
        for line in table.rows:
            of: dict[str, Any] = dict(zip(table.columns, line.cells, strict=True))
            if table.number in GAP_TABLES:
                of["code"] = line.key
            cells = ["" if of.get(column) is None else of[column] for column in COUNTED]
            writer.writerow([*told, table.number, line.name, *cells])
    return buffer.getvalue()


def form_lines(table: PrintedTable, place: str, title: str) -> str:
    """The annual form as lines: area, period, the row, and every column."""
    heads = [_("Area"), _("Reporting period"), *table.headings]
    rows = (
        [place, title, line.name, *(papers.cell_text(cell) if isinstance(cell, str) else cell for cell in line.cells)]
        for line in table.rows
    )
    return as_lines(heads, rows)


def attached(content: str | bytes, name: str, kind: str = "text/csv; charset=utf-8") -> HttpResponse:
    """A file to be kept."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@permitted(VIEW_REPORTS)
@require_safe
def report_xlsx(request: HttpRequest) -> HttpResponse:
    """The tables as an Excel workbook in the official layout, one sheet a table."""
    chosen, made = _made(request)
    book = papers.workbook_of(
        printed_tables(made.tables), area=chosen.area, period=chosen.period, allotted=made.allotted
    )
    return attached(book, f"supply-demand-{chosen.area}-{chosen.code}.xlsx", XLSX)


@permitted(VIEW_REPORTS)
@require_safe
def report_pdf(request: HttpRequest) -> HttpResponse:
    """The report as it stands now, marked as not published."""
    chosen, made = _made(request)
    written = queries.written(scope=request.actor.scope, made=made, on=request.on)
    paper = papers.Paper(chosen.area, chosen.period, made.allotted, _("Not published"))
    text = [one.text for one in written.sentences]
    pages = papers.pdf_of(paper, printed_tables(made.tables), text, at=request.at)
    answer = HttpResponse(pages, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="supply-demand-{chosen.area}-{chosen.code}.pdf"'
    return answer


def _made(request: HttpRequest) -> tuple[Chosen, queries.Report]:
    scope = request.actor.scope
    chosen = read_choice(request.GET, scope=scope, on=request.on)
    return chosen, queries.report(scope=scope, area=chosen.area, period=chosen.period, allotted=chosen.allotted)


def _heads() -> list[str]:
    told = queries.column_names()
    rule = [_("Area"), _("Reporting period"), _("Entries without a requirement"), _("Table no."), _("Item")]
    return [*rule, *(told[column] for column in COUNTED)]
