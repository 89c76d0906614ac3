"""Pages of the own data: everything that is held, a copy to take along, requests for correction."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openpes.access.permissions import permitted
from openpes.kernel import Refused
from openpes.people.actions import appeal_correction, ask_correction, take_own_copy
from openpes.people.choices import Fact
from openpes.people.queries import own_corrections
from openpes.portal.forms import OwnAppealForm, OwnCorrectionForm
from openpes.portal.permissions import OWN_PAGE
from openpes.portal.queries.holdings import FORMS, as_json, as_workbook, own_holdings

SHOWN_READERS, SHOWN_ROWS = 20, 20
BOTH = require_http_methods(["GET", "POST"])


@permitted(OWN_PAGE)
@require_safe
@never_cache
def holdings(request: HttpRequest) -> HttpResponse:
    """Everything that the platform holds about me, by group, with source and since when; who read my file."""
    _person_or_404(request)
    found = own_holdings(actor=request.actor)
    sections = [
        (section, title, [(table, table.rows[:SHOWN_ROWS]) for table in tables if table.rows])
        for section, title, tables in found.sections
    ]
    context = {
        "sections": sections,
        "readers": found.readers[:SHOWN_READERS],
        "reader_count": len(found.readers),
        "left_out": found.left_out,
        "shown_rows": SHOWN_ROWS,
    }
    return render(request, "portal/holdings.html", context)


@permitted(OWN_PAGE, asks=True)
@require_POST
@never_cache
def own_copy(request: HttpRequest) -> HttpResponse:
    """The same as a file; that it was taken stands in the journal. The answer is not kept for a repeated request."""
    form = request.POST.get("form", "json")
    if form not in FORMS:
        raise Http404
    _person_or_404(request)
    found = own_holdings(actor=request.actor)
    take_own_copy(form=form, by=request.actor, at=request.at)
    content = as_json(found, at=request.at) if form == "json" else as_workbook(found)
    answer = HttpResponse(content, content_type=FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="my-file-{request.on.isoformat()}.{form}"'
    return answer


@permitted(OWN_PAGE)
@require_safe
@never_cache
def corrections(request: HttpRequest) -> HttpResponse:
    """My requests for correction with their clocks and answers, and the way to a new one."""
    _person_or_404(request)
    context = {"views": own_corrections(actor=request.actor, on=request.on), "facts": Fact.choices}
    return render(request, "portal/corrections.html", context)


@permitted(OWN_PAGE)
@BOTH
@never_cache
def correction_new(request: HttpRequest) -> HttpResponse:
    """Ask that a fact of my file be corrected."""
    person, asked = _person_or_404(request), request.GET.get("fact", "")
    if asked not in Fact.values:
        raise Http404
    form = OwnCorrectionForm(request.POST or None, fact=Fact(asked))
    if request.method == "POST" and form.is_valid():
        try:
            made = ask_correction(person=person, fact=asked, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your request is taken; No. %(number)s.") % {"number": made.pk})
            return redirect("portal:corrections")
    context = {"form": form, "fact": Fact(asked)}
    return render(request, "portal/correction_new.html", context, status=422 if form.errors else 200)


@permitted(OWN_PAGE)
@BOTH
@never_cache
def correction_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal against a refused correction."""
    _person_or_404(request)
    found: dict[int, Any] = {view.request.pk: view for view in own_corrections(actor=request.actor, on=request.on)}
    if pk not in found:
        raise Http404
    form = OwnAppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal_correction(request=pk, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your appeal is filed; another officer rules it."))
            return redirect("portal:corrections")
    context = {"form": form, "view": found[pk]}
    return render(request, "portal/correction_appeal.html", context, status=422 if form.errors else 200)


def _person_or_404(request: HttpRequest) -> int:
    if request.actor.person is None:
        raise Http404
    return request.actor.person
