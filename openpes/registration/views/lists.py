"""The list of the registered unemployed and its export."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.kernel.paging import BoundedPaginator
from openpes.network.queries import areas_below
from openpes.registration.actions import export_unemployed
from openpes.registration.forms import UnemployedSieveForm
from openpes.registration.models import StatusPeriodQuerySet
from openpes.registration.permissions import EXPORT_REGISTRATIONS, VIEW_REGISTRATIONS
from openpes.registration.queries import UnemployedRow, UnemployedSieve, unemployed, unemployed_rows

PAGE = 25
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets then read the file as UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@permitted(VIEW_REGISTRATIONS)
@require_safe
def unemployed_list(request: HttpRequest) -> HttpResponse:
    """Who is registered as unemployed, narrowed by the address of the page, which can be shared."""
    form = _form(request)
    found = unemployed(scope=request.actor.scope, sieve=_sieve(form), on=request.on)
    page = _pages(found, _sieve(form)).get_page(request.GET.get("page"))
    pks = [period.pk for period in page]
    shown = found.filter(pk__in=pks)
    columns: list[dict[str, Any]] = [{"label": label} for label in (_("Name"), _("Identity no."), _("Sex"))]
    columns += [{"label": _("Age"), "number": True}]
    columns += [{"label": label} for label in (_("Area"), _("Unemployed since"), _("Reason"), _("Proof"))]
    context = {
        "form": form,
        "page": page,
        "rows": list(unemployed_rows(shown, on=request.on)),
        "columns": columns,
        "may_export": EXPORT_REGISTRATIONS.code in request.rights,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "registration/unemployed_list.html", context, status=status)


@permitted(EXPORT_REGISTRATIONS)
@require_safe
def unemployed_export(request: HttpRequest) -> HttpResponse:
    """The same list as a CSV file, masked; who exported how many rows is in the journal."""
    rows = export_unemployed(sieve=_sieve(_form(request)), by=request.actor, at=request.at)
    response = HttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="unemployed-{request.on.isoformat()}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _form(request: HttpRequest) -> UnemployedSieveForm:
    below = [(area.path, area.name) for area in areas_below(request.actor.scope)]
    return UnemployedSieveForm(request.GET or None, areas=below)


def _pages(found: StatusPeriodQuerySet, sieve: UnemployedSieve) -> Paginator:
    """All of an area are counted whole, as is the figure of the start page that opens to them."""
    is_figure = sieve == UnemployedSieve(area=sieve.area)
    return (Paginator if is_figure else BoundedPaginator)(found, PAGE)


def _sieve(form: UnemployedSieveForm) -> UnemployedSieve:
    return UnemployedSieve(**form.cleaned_data) if form.is_bound and form.is_valid() else UnemployedSieve()


def _csv(rows: Iterable[UnemployedRow]) -> str:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [_("No."), _("Name"), _("Identity no."), _("Sex"), _("Age"), _("Telephone"), _("Area"), _("Unemployed since"),
         _("Reason")]
    )  # fmt: skip
    for row in rows:
        cells = (row.number, row.name, row.id_mask, row.sex, row.age, row.phone_mask, row.area, row.from_on, row.reason)
        writer.writerow([_plain(cell) for cell in cells])
    return BYTE_ORDER_MARK + file.getvalue()


def _plain(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
