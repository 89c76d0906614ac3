"""The file for newspapers and radio: ready sentences of a chosen length, as text or workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import public
from openpes.engine.sheets import PlainPage, plain_workbook
from openpes.kernel.scope import CITY
from openpes.network.queries import area_label
from openpes.screens import queries
from openpes.screens.choices import RULES, Group
from openpes.screens.forms import class_choices, places_below
from openpes.screens.queries import setting_of

LENGTHS = (300, 600, 1200, 3000, 100_000)  # characters; a speaker reads about 300 a minute
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public
@require_safe
def media(request: HttpRequest) -> HttpResponse:
    """The newest vacancies in sentences that can be printed or read aloud as they stand."""
    setting = setting_of(request.GET, ())
    asked = request.GET.get("length", "")
    length = int(asked) if asked in {str(one) for one in LENGTHS} else LENGTHS[1]
    found = queries.sentences(
        selection=queries.selection_of(setting), on=request.on, items=200, characters=length
    )
    name = f"vacancies-{setting.area}-{request.on:%Y%m%d}"
    if request.GET.get("form") == "text":
        return _file("\r\n".join(said for _told, said in found) + "\r\n", "text/plain; charset=utf-8", f"{name}.txt")
    if request.GET.get("form") == "xlsx":
        return _file(_workbook(found), WORKBOOK, f"{name}.xlsx")
    context = {
        "found": found, "setting": setting, "length": length, "lengths": LENGTHS, "area_name": area_label(setting.area),
        "characters": sum(len(said) for _told, said in found), "groups": list(Group), "classes": class_choices(),
        "places": places_below(CITY), "rule": RULES[Group(setting.group)] if setting.group else "",
    }  # fmt: skip
    return render(request, "screens/media.html", context)


def _workbook(found: list) -> bytes:
    heads = [
        _("Sentence"), _("Job"), _("Employer"), _("Place"), _("Least yuan a month"), _("Most yuan a month"),
        _("Places"), _("No."),
    ]  # fmt: skip
    rows = [
        [said, told.title, told.employer, told.place, told.pay_min, told.pay_max, told.places, told.id]
        for told, said in found
    ]
    return plain_workbook([PlainPage(_("Open vacancies"), heads, rows)])


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
