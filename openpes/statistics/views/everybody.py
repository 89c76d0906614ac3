"""The figures of the city as everybody may read them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from openpes.access.permissions import public
from openpes.engine.indicators import KEYS
from openpes.network.queries import area_label
from openpes.statistics.models import PublicBoard
from openpes.statistics.queries import row_name
from openpes.statistics.views.downloads import as_file
from openpes.statistics.views.drawn import age_words


@public
@require_safe
def public_board(request: HttpRequest) -> HttpResponse:
    """The newest public figures, small numbers hidden."""
    made = _newest()
    return render(request, "statistics/public_board.html", {"made": made, "tables": _tables(made) if made else []})


@public
@require_safe
def public_board_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file; what is hidden is empty."""
    return _file("csv")


@public
@require_safe
def public_board_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as an Excel workbook; what is hidden is empty."""
    return _file("xlsx")


def _file(kind: str) -> HttpResponse:
    made = _newest()
    rows = [
        (table["title"], name, head, cell)
        for table in (_tables(made) if made else [])
        for name, cells in table["rows"]
        for head, cell in zip(table["heads"], cells, strict=True)
    ]
    heads = (pgettext("figures", "Table"), _("Row"), _("Column"), pgettext("figures", "Number"))
    return as_file(kind, f"figures-{made.made_on if made else 'none'}", _("Figures for everybody"), heads, rows)


def _newest() -> PublicBoard | None:
    return PublicBoard.objects.order_by("-made_on").first()


def _tables(made: PublicBoard) -> list[dict]:
    told = made.content
    units, together = [area_label(path) for path in told["units"]], _("Together")
    alone, seekers, ages = told["unemployed"], told["seekers"], told["ages"]
    classes = [row_name(KEYS[5][key]) for key in told["classes"]]
    return [
        {
            "title": _("Registered unemployed by county"),
            "heads": [pgettext("figures", "Persons")],
            "rows": [*zip(units, [[cell] for cell in alone["values"]], strict=True), (together, [alone["total"]])],
        },
        _crossed(_("Job seekers of the running quarter by county and occupation"), units, classes, seekers),
        _crossed(
            _("Registered labour force by age and sex"), [age_words(one) for one in told["bands"]],
            [_("Men"), _("Women")], ages,
        ),
    ]  # fmt: skip


def _crossed(title: str, names: list[str], heads: list[str], told: dict) -> dict:
    lines = [[*cells, total] for cells, total in zip(told["cells"], told["rows"], strict=True)]
    rows = [*zip(names, lines, strict=True), (_("Together"), [*told["columns"], told["total"]])]
    return {"title": title, "heads": [*heads, _("Together")], "rows": rows}
