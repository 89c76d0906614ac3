"""Questions that nobody planned: what is counted by any two groupings, as a page and as files, and the rows behind."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.sheets import PlainPage, plain_workbook
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_heading, area_label, areas_above, areas_below
from openpes.statistics.choices import Dimension, FactKind, Stock
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.queries.cross import (
    MOST_COLUMNS,
    TIMES,
    CrossTable,
    Key,
    Question,
    cross_table,
    rows_behind_subjects,
    subjects_behind,
)
from openpes.statistics.queries.measures import RowWords
from openpes.statistics.views.asked import AskedFor, period_choices, read_asked
from openpes.statistics.views.files import XLSX, attached
from openpes.statistics.views.keys import AREAS, key_label, known_keys
from openpes.statistics.views.tables import as_lines
from openpes.statistics.views.words import rows_in_words

PAGE = 50
COUNTED: dict[str, FactKind | Stock] = {
    **{stock.value: stock for stock in Stock}, **{kind.name.lower(): kind for kind in FactKind},
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A question as an address tells it."""

    asked: AskedFor
    what: str
    question: Question

    @property
    def parts(self) -> list[str]:
        """Of which part alone, as addresses tell it."""
        return [f"{dimension.value}:{key}" for dimension, key in self.question.only]

    def address(self, **more: object) -> str:
        """The query of an address that asks for the same, and more."""
        told = {"what": self.what, "rows": self.question.rows.value, "columns": self.question.columns.value}
        only = {"only": self.parts[0]} if self.parts else {}
        return self.asked.address(**told, **only, **more)


@permitted(VIEW_REPORTS)
@require_safe
def cross(request: HttpRequest) -> HttpResponse:
    """What is counted by any two groupings; every number opens to its rows."""
    asked = _read(request)
    refused, table = _answer(request, asked)
    context = {
        "asked": asked.asked,
        "area_name": area_heading(asked.asked.area),
        "above": areas_above(asked.asked.area, request.actor.scope),
        "below": areas_below(asked.asked.area),
        "periods": period_choices(request.on),
        "what": asked.what,
        "counted": [(name, one.label) for name, one in COUNTED.items()],
        "title": asked.question.counted.label,
        "question": asked.question,
        "dimensions": Dimension.choices,
        "parts": [(title, list(keys)) for title, keys in groupby(_parts(), key=lambda part: part[0])],
        "part": next(iter(asked.parts), ""),
        "refused": refused,
        "heads": [key_label(asked.question.columns, key) for key in table.columns],
        "lines": [_line(table, row, asked) for row in table.rows],
        "sums": [(table.of_column(column), asked.address(column=column)) for column in table.columns],
        "total": table.total,
        "address": asked.address(),
    }
    return render(request, "statistics/cross.html", context)


@permitted(VIEW_REPORTS)
@require_safe
def cross_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file that Excel opens."""
    asked = _read(request)
    heads, rows = _as_table(asked, _answer(request, asked)[1])
    return attached(as_lines(heads, rows), f"facts-{asked.what}-{asked.asked.area}-{asked.asked.code}.csv")


@permitted(VIEW_REPORTS)
@require_safe
def cross_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as an Excel workbook."""
    asked = _read(request)
    heads, rows = _as_table(asked, _answer(request, asked)[1])
    book = plain_workbook([PlainPage(str(asked.question.counted.label), heads, rows)])
    return attached(book, f"facts-{asked.what}-{asked.asked.area}-{asked.asked.code}.xlsx", XLSX)


@permitted(VIEW_REPORTS)
@require_safe
def cross_rows(request: HttpRequest) -> HttpResponse:
    """The rows behind a cell, a row, a column or all of a table, each with what it counts as."""
    asked = _read(request)
    question = asked.question
    for side, dimension in (("row", question.rows), ("column", question.columns)):
        if key := request.GET.get(side, ""):
            question = replace(question, only=(*question.only, (dimension, _key(dimension, key))))
    behind = subjects_behind(scope=request.actor.scope, question=question)
    page = Paginator(behind, PAGE).get_page(request.GET.get("page"))
    told = list(page.object_list)
    with within(CITY):  # the employer or the person of a row that is here may be at home in another area
        subjects = [one["subject"] for one in told]
        rows = rows_behind_subjects(scope=request.actor.scope, question=question, subjects=subjects)
        words = {row.pk: (one, area_label(one.area)) for row, one in zip(rows, rows_in_words(rows), strict=True)}
    context = {
        "asked": asked.asked,
        "page": page,
        "title": question.counted.label,
        "parts": [f"{Dimension(dimension).label}: {key_label(dimension, key)}" for dimension, key in question.only],
        "area_name": area_heading(asked.asked.area),
        "lines": [(*words.get(one["subject"], _gone(one["since"])), one["counts"]) for one in told],
        "address": asked.address(),
    }
    return render(request, "statistics/cross_rows.html", context)


def _gone(since: date) -> tuple[RowWords, str]:
    """What is told of a row that is no longer here; what it counted as stays."""
    return RowWords(_("Taken back since, or kept by another office by now"), "", since, ""), "–"


def _read(request: HttpRequest) -> Asked:
    """What an address asks: the registered unemployed by the units below and by sex without a choice.

    :raises Http404: what is counted, a grouping or a part is none
    """
    asked, query = read_asked(request), request.GET
    what = query.get("what") or Stock.UNEMPLOYED.value
    if what not in COUNTED:
        raise Http404
    below = next((one for length, one in AREAS.items() if length > len(asked.area)), Dimension.VILLAGE)
    until_on = min(asked.period.until_on or date.max, request.on + timedelta(days=1))
    question = Question(
        area=asked.area, from_on=asked.period.from_on, until_on=until_on, counted=COUNTED[what],
        rows=_dimension(query.get("rows") or below), columns=_dimension(query.get("columns") or Dimension.SEX),
        only=_only(query),
    )  # fmt: skip
    return Asked(asked, what, question)


def _dimension(code: str) -> Dimension:
    if code not in Dimension.values:
        raise Http404
    return Dimension(code)


def _only(query: QueryDict) -> tuple[tuple[Dimension, Key], ...]:
    told = query.get("only", "")
    if not told:
        return ()
    code, _colon, key = told.partition(":")
    dimension = _dimension(code)
    return ((dimension, _key(dimension, key)),)


def _key(dimension: Dimension, told: str) -> Key:
    if not (told.isascii() and told.isdigit() and len(told) <= 12):
        raise Http404
    if dimension in AREAS.values():
        return told
    if int(told) > 10_000_000:
        raise Http404
    return int(told)


def _answer(request: HttpRequest, asked: Asked) -> tuple[str, CrossTable]:
    """Why a question has no answer, in words, or the answer."""
    question, nothing = asked.question, CrossTable((), (), {})
    if question.rows == question.columns:
        return _("Choose two different groupings for rows and columns."), nothing
    if isinstance(question.counted, Stock) and {question.rows, question.columns} & set(TIMES):
        return _(
            "A stock is of one day, so it has no months; choose what began or ended, or another grouping."
        ), nothing
    table = cross_table(scope=request.actor.scope, question=question)
    if len(table.columns) > MOST_COLUMNS:
        told = _("These would be %(n)s columns; choose a coarser grouping for the columns, or take it for the rows.")
        return told % {"n": len(table.columns)}, nothing
    return "", table


def _line(table: CrossTable, row: Key, asked: Asked) -> dict[str, Any]:
    cells = [(table.numbers.get((row, column), 0), asked.address(row=row, column=column)) for column in table.columns]
    label = key_label(asked.question.rows, row)
    return {"label": label, "cells": cells, "sum": table.of_row(row), "rows": asked.address(row=row)}


def _as_table(asked: Asked, table: CrossTable) -> tuple[list[str], list[list[Any]]]:
    rows, columns, total = asked.question.rows, asked.question.columns, pgettext("cross", "Sum")
    heads = [str(rows.label), *(key_label(columns, key) for key in table.columns), total]
    lines = [
        [key_label(rows, row), *(table.numbers.get((row, column), 0) for column in table.columns), table.of_row(row)]
        for row in table.rows
    ]
    return heads, [*lines, [total, *(table.of_column(column) for column in table.columns), table.total]]


def _parts() -> list[tuple[str, str, str]]:
    """What a table can be restricted to: grouping, the part as an address tells it, its name."""
    return [
        (str(dimension.label), f"{dimension.value}:{key}", key_label(dimension, key))
        for dimension, keys in known_keys()
        for key in keys
    ]
