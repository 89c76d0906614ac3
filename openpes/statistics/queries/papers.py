"""The report on paper and as an Excel workbook in the official layout."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openpes.engine.calendars import Period
from openpes.engine.indicators.agencies import UNMEASURED
from openpes.engine.indicators.publishing import REDACTED
from openpes.engine.sheets.returns import ReturnPage, ReturnRow, returns_workbook
from openpes.kernel.clock import day_of
from openpes.kernel.days import spoken_day
from openpes.look.queries import city_name, typeset
from openpes.network.queries import area_heading
from openpes.statistics.choices import ReturnKind
from openpes.statistics.queries.printed import Head, PrintedRow, PrintedTable
from openpes.statistics.rules import period_title


def rule_name(allotted: bool) -> str:
    """The rule of allotment in words."""
    return _("allotted by the official rule") if allotted else _("not allotted (plain ratio)")


def title_of(kind: str) -> str:
    """What a return is called."""
    if kind == ReturnKind.AGENCIES:
        return _("Employment agencies: annual form 7")
    return _("Supply and demand on the labour market")


def terms_of(kind: str, allotted: bool) -> str:
    """What the reader of a return must know about its cells."""
    if kind == ReturnKind.AGENCIES:
        return _("What nobody measures yet is marked; the total covers what is measured.")
    return _("Entries without a requirement: %(rule)s.") % {"rule": rule_name(allotted)}


@dataclass(frozen=True)
class Paper:
    """What a printed report is: of which kind, about what, by which rule, under which number and seal, for whom."""

    area: str
    period: Period
    allotted: bool
    number: str
    seal: str = ""
    is_public: bool = False
    kind: str = ReturnKind.SUPPLY_DEMAND


def pdf_of(paper: Paper, tables: Sequence[PrintedTable], text: Sequence[str], *, at: datetime) -> bytes:
    """The report as a PDF in the language in force; the same bytes for the same report."""
    period = paper.period
    days = {"first": spoken_day(period.from_on), "last": spoken_day(period.last_on or period.from_on)}
    values = {
        "language": get_language() or "zh-hans",
        "city": city_name(),
        "area": area_heading(paper.area),
        "number": paper.number,
        "title": title_of(paper.kind),
        "period": period_title(period),
        "days": _("%(first)s to %(last)s") % days,
        "printed": _("Printed %(day)s") % {"day": spoken_day(day_of(at))},
        "rule": terms_of(paper.kind, paper.allotted),
        "wide": paper.kind == ReturnKind.AGENCIES,
        "seal": _("Seal %(digest)s") % {"digest": paper.seal[:16]} if paper.seal else "",
        "small": _small_words() if paper.is_public else "",
        "text": list(text),
        "tables": [_paper_table(table, paper.is_public) for table in tables],
    }
    return typeset("statistics/report.typ", values, at)


def workbook_of(
    tables: Sequence[PrintedTable], *, area: str, period: Period, allotted: bool, kind: str = ReturnKind.SUPPLY_DEMAND
) -> bytes:
    """The report as an Excel workbook: one sheet a table, in the layout of the form."""
    return book_of(Paper(area, period, allotted, "", kind=kind), tables)


def book_of(paper: Paper, tables: Sequence[PrintedTable]) -> bytes:
    """A report as an Excel workbook, below each table its number and seal where it has them."""
    told = [
        _("Area: %(area)s") % {"area": area_heading(paper.area)},
        _("Reporting period: %(period)s") % {"period": period_title(paper.period)},
        _("Unit: persons"),
    ]
    foot = [terms_of(paper.kind, paper.allotted)]
    if paper.is_public:
        foot.append(_small_words())
    if paper.seal:
        foot.append(f"{paper.number} · {_('Seal %(digest)s') % {'digest': paper.seal}}")
    return returns_workbook(
        [
            ReturnPage(
                tab=tab_of(table),
                title=heading_of(table),
                told=tuple(told),
                headings=tuple(table.headings),
                head_rows=tuple(tuple((head.text, head.columns, head.rows) for head in row) for row in table.head_rows),
                rows=tuple(
                    ReturnRow(line.name, line.depth, line.is_sum, _kept(line, paper.is_public)) for line in table.rows
                ),
                unrecorded=table.unrecorded,
                foot=" ".join(foot),
            )
            for table in tables
        ]
    )


def tab_of(table: PrintedTable) -> str:
    """How a table is called in short."""
    return table.number if isinstance(table.number, str) else _("Table %(number)s") % {"number": table.number}


def heading_of(table: PrintedTable) -> str:
    """How a table is called."""
    if isinstance(table.number, str):
        return f"{table.number} {table.title}"
    return _("Table %(number)s: %(title)s") % {"number": table.number, "title": table.title}


def _kept(line: PrintedRow, is_public: bool) -> tuple[int | Decimal | str | None, ...] | None:
    if not line.recorded:
        return None
    words = (UNMEASURED, None) if is_public else (UNMEASURED,)  # what is no number stands as pages print it
    return tuple(cell_text(cell, is_public) if cell in words else cell for cell in line.cells)


def _small_words() -> str:
    return _("%(mark)s: a small number, or one that would give a small one away.") % {"mark": REDACTED}


def cell_text(cell: int | Decimal | str | None, is_public: bool = False) -> str:
    """A cell as it is printed."""
    if cell == UNMEASURED:
        return _("not yet measured")
    if cell is None:
        return REDACTED if is_public else "–"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _paper_table(table: PrintedTable, is_public: bool) -> dict[str, object]:
    return {
        "title": heading_of(table),
        "columns": len(table.columns),
        "heads": [[_paper_head(head) for head in row] for row in table.head_rows],
        "rows": [
            {
                "name": line.name,
                "depth": line.depth,
                "sum": line.is_sum,
                "cells": [cell_text(cell, is_public) for cell in line.cells] if line.recorded else [table.unrecorded],
                "recorded": line.recorded,
            }
            for line in table.rows
        ],
    }


def _paper_head(head: Head) -> dict[str, object]:
    return {"text": head.text, "columns": head.columns, "rows": head.rows}
