"""The pages of the report: its tables, the same as a file, and the list behind a figure."""

import csv
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.codes.queries import occupation_label
from openpes.employers.queries import employer_names
from openpes.engine.indicators import OfficialRow
from openpes.network.queries import area_heading, areas_above, areas_below
from openpes.people.queries import masks_of
from openpes.statistics import queries
from openpes.statistics.choices import Origin, Side
from openpes.statistics.forms import Chosen, quarter_choices, read_choice, read_figure
from openpes.statistics.permissions import VIEW_REPORTS

ORIGINS = {"上期结转": Origin.CARRIED, "本期新增": Origin.NEW}
CODES = {row: code for code, row in queries.CLASS_ROWS.items()} | {"合计": ""}


@permitted(VIEW_REPORTS)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Tables 1 and 5 of an area and a quarter; every figure opens to its list."""
    scope = request.actor.scope
    chosen = read_choice(request.GET, scope=scope, on=request.on)
    made = queries.report(scope=scope, area=chosen.area, period=chosen.period, allotted=chosen.allotted)
    context = {
        "made": made,
        "chosen": chosen,
        "area_name": area_heading(chosen.area),
        "above": areas_above(chosen.area, scope),
        "below": areas_below(chosen.area),
        "quarters": quarter_choices(request.on),
        "table_1": [_line(row, chosen, origin=ORIGINS.get(row.row, Origin.ALL)) for row in made.overall],
        "table_5": [_line(row, chosen, code=CODES[row.row]) for row in made.by_occupation],
        "address": _address(chosen),
    }
    return render(request, "statistics/report.html", context)


@permitted(VIEW_REPORTS)
@require_safe
def report_csv(request: HttpRequest) -> HttpResponse:
    """The same tables as a file that Excel opens."""
    chosen = read_choice(request.GET, scope=request.actor.scope, on=request.on)
    made = queries.report(scope=request.actor.scope, area=chosen.area, period=chosen.period, allotted=chosen.allotted)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="supply-demand-{chosen.area}-{chosen.code}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(_heads())
    told = (area_heading(chosen.area), chosen.title, _rule_name(made.allotted))
    for number, rows in ((1, made.overall), (5, made.by_occupation)):
        for row in rows:
            values = (row.demand, row.demand_pct, row.seekers, row.seekers_pct, row.ratio)
            writer.writerow([*told, number, class_name(row.row), *("" if value is None else value for value in values)])
    return response


@permitted(VIEW_REPORTS)
@require_safe
def figure(request: HttpRequest) -> HttpResponse:
    """The rows behind one figure of the report, a page at a time."""
    scope = request.actor.scope
    chosen, opened = read_choice(request.GET, scope=scope, on=request.on), read_figure(request.GET)
    rows = queries.rows_behind(scope=scope, area=chosen.area, period=chosen.period, figure=opened)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "opened": opened,
        "is_demand": opened.side == Side.DEMAND,
        "side_name": Side(opened.side).label,
        "origin_name": Origin(opened.origin).label,
        "row_name": class_name(queries.CLASS_ROWS.get(opened.occupation_class, "合计")),
        "area_name": area_heading(chosen.area),
        "address": _address(chosen),
        "lines": _lines(list(page.object_list), opened.side),
        "total": queries.total_behind(scope=scope, area=chosen.area, period=chosen.period, figure=opened),
    }
    return render(request, "statistics/figure.html", context)


def _heads() -> list[str]:
    return [
        _("Area"),
        _("Quarter"),
        _("Entries without a requirement"),
        _("Table no."),
        _("Item"),
        _("Demand (places)"),
        _("Share of demand, %"),
        _("Job seekers"),
        _("Share of seekers, %"),
        _("Ratio of demand to seekers"),
    ]


def _rule_name(allotted: bool) -> str:
    return _("allotted by the official rule") if allotted else _("not allotted (plain ratio)")


def class_name(row: str) -> str:
    """An official row in the language of the reader."""
    return {
        "单位负责人": _("Heads of units"),
        "专业技术人员": _("Professionals and technicians"),
        "办事人员和有关人员": _("Clerks and related workers"),
        "商业和服务业人员": _("Commerce and service workers"),
        "农林牧渔水利生产人员": _("Farming, forestry, fishery and water workers"),
        "生产运输设备操作工": _("Production and transport operators"),
        "其他": _("Others"),
        "无要求": _("No requirement"),
        "合计": _("Total"),
        "上期结转": _("Carried over from before"),
        "本期新增": _("New in the quarter"),
        "合计(本期有效数)": _("Valid in the quarter"),
    }[row]


def _line(row: OfficialRow, chosen: Chosen, *, code: str = "", origin: str = Origin.ALL) -> dict:
    narrow = {"class": code} if code else {}
    link = {side: _address(chosen, side=side, origin=origin, **narrow) for side in Side.values}
    return {"row": row, "name": class_name(row.row), "links": link}


def _address(chosen: Chosen, **more: str) -> str:
    allot = {True: "official", False: "none", None: ""}[chosen.allotted]
    return urlencode({"area": chosen.area, "quarter": chosen.code, **({"allot": allot} if allot else {}), **more})


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
