"""The coverage against its target, the rows behind each figure, and the same as a file."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.codes.queries import industry_label
from openpes.employers.queries import employer_names
from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.network.queries import area_heading, area_name, areas_above, areas_below
from openpes.people.queries import masks_of
from openpes.reporting import queries
from openpes.reporting.forms import Chosen, quarters_before, read_chosen
from openpes.reporting.permissions import VIEW_REPORTING
from openpes.reporting.queries import Hires, Measured
from openpes.reporting.rules import Coverage
from openpes.reporting.views.visits import csv_file

NEXT_LENGTH = {4: 6, 6: 9, 9: 12, 12: 12}
PAGE = 50


@permitted(VIEW_REPORTING)
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Of the hires for a year or more in a quarter, how many were for a vacancy that had been reported before."""
    scope = request.actor.scope
    chosen = read_chosen(request.GET, scope=scope, on=request.on)
    asked = _asked(chosen)
    gaps = queries.coverage_by_employer(scope=scope, asked=asked)
    names = employer_names(pks={pk for pk, _found in gaps})
    context = {
        "chosen": chosen,
        "area_name": area_heading(chosen.area),
        "above": areas_above(chosen.area, scope),
        "below": areas_below(chosen.area),
        "quarters": quarters_before(request.on),
        "found": queries.coverage(scope=scope, asked=asked),
        "by_area": [(area_name(key), found, _address(chosen, area=key)) for key, found in _areas(scope, asked)],
        "by_industry": [
            (industry_label(key) if key else _("Not stated"), found, _address(chosen, industry=key))
            for key, found in queries.coverage_by_industry(scope=scope, asked=asked).items()
        ],
        "gaps": [(names.get(pk, str(pk)), found, _address(chosen, employer=pk, shown="missing")) for pk, found in gaps],
        "address": _address(chosen),
        "columns": _columns(),
    }
    return render(request, "reporting/coverage.html", context)


@permitted(VIEW_REPORTING)
@require_safe
def coverage_rows(request: HttpRequest) -> HttpResponse:
    """The hires behind a figure of the coverage, a page at a time."""
    chosen = read_chosen(request.GET, scope=request.actor.scope, on=request.on)
    with within(CITY):
        page = Paginator(_rows(request, chosen), PAGE).get_page(request.GET.get("page"))
        rows = list(page.object_list)
    masks = masks_of(pks={row.person_id for row in rows})
    names = employer_names(pks={row.employer_id for row in rows})
    context = {
        "page": page,
        "chosen": chosen,
        "area_name": area_heading(chosen.area),
        "employer": names.get(chosen.employer or 0, ""),
        "rows": [
            (row, masks.get(row.person_id, ""), names.get(row.employer_id, ""), area_name(row.area))
            for row in rows
        ],
        "columns": [
            {"label": label}
            for label in (
                _("Person"), _("Employer"), _("Registered at"), pgettext("coverage", "Begins on"),
                _("Contract until"), _("Vacancy"),
            )
        ],
        "address": _address(chosen),
    }  # fmt: skip
    return render(request, "reporting/coverage_rows.html", context)


@permitted(VIEW_REPORTING)
@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The coverage by area, industry and employer as a file that Excel opens."""
    scope = request.actor.scope
    chosen = read_chosen(request.GET, scope=scope, on=request.on)
    asked = _asked(chosen)
    gaps = queries.coverage_by_employer(scope=scope, asked=asked, most=10_000)
    names = employer_names(pks={pk for pk, _found in gaps})
    by_industry = queries.coverage_by_industry(scope=scope, asked=asked).items()
    rows = [
        (_("Area"), area_heading(chosen.area), queries.coverage(scope=scope, asked=asked)),
        *((_("Area"), area_name(key), found) for key, found in _areas(scope, asked)),
        *((_("Industry"), industry_label(key) if key else _("Not stated"), found) for key, found in by_industry),
        *((_("Employer"), names.get(pk, str(pk)), found) for pk, found in gaps),
    ]
    heads = (_("Quarter"), _("By"), _("Which"), _("Hires for a year or more"), _("Reported before"), _("Per cent"),
             _("Target (per cent)"))  # fmt: skip
    told = ((chosen.code, kind, name, *_cells(found)) for kind, name, found in rows)
    return csv_file(f"coverage-{chosen.area}-{chosen.code}.csv", heads, told)


def _cells(found: Coverage) -> tuple:
    percent = _("no hire") if found.percent is None else found.percent
    return found.hires, found.reported, percent, found.target


def _asked(chosen: Chosen) -> Measured:
    return Measured(chosen.area, chosen.period, chosen.industry, chosen.employer)


def _areas(scope: str, asked: Measured) -> list[tuple[str, Coverage]]:
    length = NEXT_LENGTH.get(len(asked.area), 12)
    found = queries.coverage_by_area(scope=scope, asked=asked, length=length)
    return [(key, one) for key, one in found.items() if key != asked.area]


def _rows(request: HttpRequest, chosen: Chosen) -> Hires:
    reported = {"reported": True, "missing": False}.get(chosen.shown)
    rows = queries.hires_counted(scope=request.actor.scope, asked=_asked(chosen), reported=reported)
    return rows.order_by("-registered_at", "pk")


def _address(chosen: Chosen, **changes: object) -> str:
    stated = {
        "area": chosen.area,
        "quarter": chosen.code,
        "industry": chosen.industry,
        "employer": chosen.employer or "",
    }
    return urlencode({name: value for name, value in (stated | changes).items() if value})


def _columns() -> list[dict]:
    numbers = (_("Hires for a year or more"), _("Reported before"), _("Coverage"))
    return [{"label": ""}, *({"label": text, "number": True} for text in numbers)]
