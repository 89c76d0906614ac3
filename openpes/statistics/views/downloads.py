"""A table as a file of the kind that is asked for: comma-separated lines or an Excel workbook."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.engine.sheets import PlainPage, plain_workbook
from openpes.statistics.permissions import VIEW_REPORTS
from openpes.statistics.views.files import XLSX, attached
from openpes.statistics.views.tables import as_lines


def as_file(
    kind: str, name: str, title: str, heads: Iterable[object], rows: Iterable[Iterable[object]]
) -> HttpResponse:  # fmt: skip
    """A table to be kept under a name, its `kind` (csv or xlsx) at the end; no text in it becomes a formula."""
    if kind == "csv":
        return attached(as_lines(heads, rows), f"{name}.csv")
    page = PlainPage(title, [str(head) for head in heads], [list(row) for row in rows])
    return attached(plain_workbook([page]), f"{name}.xlsx", XLSX)


def in_both_kinds(file: Callable[..., HttpResponse]) -> list[Callable[..., HttpResponseBase]]:
    """The two views of a table for whoever may see reports: as comma-separated lines, and as an Excel workbook."""

    def view_of(kind: str) -> Callable[..., HttpResponseBase]:
        @permitted(VIEW_REPORTS)
        @require_safe
        def download(request: HttpRequest, **named: Any) -> HttpResponse:
            return file(request, kind, **named)

        return download

    return [view_of(kind) for kind in ("csv", "xlsx")]
