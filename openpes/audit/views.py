"""Pages of the journal and its seals."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openpes.access.permissions import permitted
from openpes.audit import queries
from openpes.audit.actions import head_line
from openpes.audit.forms import JournalFilterForm
from openpes.audit.permissions import VIEW_JOURNAL, VIEW_SEALS
from openpes.kernel.forms import LooseDateField

PAGE = 50


@permitted(VIEW_JOURNAL)
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """The journal of the area, the newest lines first, with filters in the address."""
    form = JournalFilterForm(request.GET)
    lines = queries.journal(scope=request.actor.scope, wanted=form.wanted(), limit=PAGE + 1)
    context = {
        "form": form,
        "lines": lines[:PAGE],
        "older": lines[PAGE - 1].id if len(lines) > PAGE else None,
        "columns": [{"label": label} for label in (_("Moment"), _("Who"), _("What"), _("Area"), _("Details"))],
        "may_see_seals": VIEW_SEALS.code in request.rights,
    }
    return render(request, "audit/journal.html", context, status=422 if form.errors else 200)


@permitted(VIEW_SEALS)
@require_safe
def seals(request: HttpRequest) -> HttpResponse:
    """The seals of a day, to be printed and compared with those outside the database."""
    on = _day(request)
    context = {
        "on": on,
        "seals": queries.seals_of_day(on),
        "day_before": on - timedelta(days=1),
        "day_after": on + timedelta(days=1) if on < request.on else None,
        "columns": [
            {"label": _("Seal"), "number": True},
            {"label": _("Sealed at")},
            {"label": _("Lines"), "number": True},
            {"label": _("Head")},
        ],
    }
    return render(request, "audit/seals.html", context)


@permitted(VIEW_SEALS)
@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """The heads of a day as the text file that the verifier reads."""
    on = _day(request)
    text = "".join(head_line(row) for row in reversed(queries.seals_of_day(on)))
    disposition = f'attachment; filename="{on}.txt"'
    return HttpResponse(text, content_type="text/plain", headers={"Content-Disposition": disposition})


def _day(request: HttpRequest) -> date:
    try:
        return LooseDateField(required=False).clean(request.GET.get("on", "")) or request.on
    except ValidationError:
        return request.on
